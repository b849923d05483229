import { DisposableStore, type Disposable } from '../../util/disposable';
import { Emitter } from '../../util/emitter';
import * as l10n from '../../util/l10n';
import type { Problem, Result } from '../../util/problem';
import type { CliConnections } from '../contexts/cliConnections';
import type { FormScope, ProfileSource } from '../messages';
import { relevantSecrets, type ReadDraft } from '../profile/draft';
import { serializeProfile } from '../profile/profileCodec';
import type { WrittenProfile } from '../profile/profile';
import type { UnresolvedProblem } from '../profile/resolveProfile';
import { secretsInUse, type ProfileSecrets, type Secrets } from '../profile/secrets';
import {
  ConnectionSettings,
  isSamePlace,
  written,
  type PlacedProfile,
  type SettingsPlace,
  type SettingsProfile,
  type StoredProfile,
  type WindowSettings,
} from './connectionSettings';
import type { MovedConnections } from './movedConnections';

/** The connections in the settings, with their secrets in the secret storage, and those of the NATS CLI. */
export class ConnectionStore implements Disposable {
  readonly #secrets: Secrets;
  readonly #settings: ConnectionSettings;
  readonly #cli: CliConnections;
  readonly #moved: MovedConnections;
  readonly #changed = new Emitter<undefined>();
  readonly #listening = new DisposableStore();

  /** Fires when a profile was added, changed or removed, in whatever way. */
  readonly onDidChange = this.#changed.event;

  constructor(secrets: Secrets, window: WindowSettings, cli: CliConnections, moved: MovedConnections) {
    this.#secrets = secrets;
    this.#settings = new ConnectionSettings(window);
    this.#cli = cli;
    this.#moved = moved;
    for (const event of [window.onDidChange, cli.onDidChange])
      this.#listening.add(
        event(() => {
          this.#changed.fire(undefined);
        }),
      );
  }

  /** Whether a connection can be kept in the workspace's settings. */
  get hasWorkspace(): boolean {
    return this.#settings.hasWorkspace;
  }

  /** The user's profiles, the workspace's, its folders', the NATS CLI's and the environment's. */
  profiles(): readonly StoredProfile[] {
    return [...this.saved(), ...this.#cli.profiles];
  }

  /** Those that stand in settings. */
  saved(): readonly SettingsProfile[] {
    return this.#settings.profiles();
  }

  /** What is wrong in settings, and with the files of the NATS CLI. */
  problems(): readonly Problem[] {
    const inSettings = this.#settings
      .lists()
      .flatMap(({ problem, entries }) => [
        ...(problem ? [problem] : []),
        ...entries.flatMap((entry) => entry.problems),
      ]);
    return [...inSettings, ...this.#cli.problems];
  }

  find(id: string | undefined): StoredProfile | undefined {
    return this.profiles().find((stored) => stored.id === id);
  }

  /** The one that has this id, or had it before it was renamed or moved to other settings. */
  findMoved(id: string): StoredProfile | undefined {
    return this.find(id) ?? this.find(this.#moved.idNow(id));
  }

  /** One that stands in settings. */
  findSaved(id: string | undefined): SettingsProfile | undefined {
    return this.saved().find((stored) => stored.id === id);
  }

  /**
   * Looks a connection up by its name: the workspace's own goes before its folders', those before the user's, and that
   * before the CLI's.
   */
  findByName(name: string): StoredProfile | undefined {
    const named = this.profiles().filter(({ profile }) => profile.name === name);
    const from = (wanted: ProfileSource): StoredProfile | undefined =>
      named.find(({ source }) => source === wanted);
    return from('workspace') ?? from('folder') ?? named[0];
  }

  /** The place for what the form says, where it edits the connection with that id. */
  placeOf(source: FormScope, editing?: string): SettingsPlace {
    const edited = this.findSaved(editing);
    return edited?.source === source ? edited : { source };
  }

  /** The profile as it could be used from there, saved or not. */
  place(place: SettingsPlace, profile: WrittenProfile): PlacedProfile {
    return this.#settings.place(place, profile);
  }

  /** Why there is no usable profile with this id; it is gone where nothing of it stands anywhere, usable or not. */
  missing(id: string): { readonly problem: Problem; readonly isGone: boolean } {
    const name = id.replace(/^(workspace:[0-9a-f]+|[a-z]+):/, '');
    const ofCli = this.#cli.unusable.find((one) => one.id === id);
    const unusable = this.findSaved(id)?.problem ?? ofCli?.problem;
    const problem = unusable ?? { what: l10n.msg('The connection "{0}" no longer exists', name) };
    return { problem, isGone: !unusable && !this.#settings.mayBeDamaged(id) };
  }

  /** What is kept for it, from the secret storage. */
  secretsOf({ id, destination }: StoredProfile): Promise<ProfileSecrets> {
    return this.#secrets.get(id, destination);
  }

  /** Keeps these secrets for a profile instead of those that were kept. */
  async keepSecrets({ id, destination }: StoredProfile, secrets: ProfileSecrets): Promise<void> {
    await this.#secrets.set(id, secrets, destination);
    this.#changed.fire(undefined);
  }

  /** Adds a connection, or puts it in the place of the one with the id `replacing`. */
  async save(
    { profile, secrets }: ReadDraft,
    place: SettingsPlace,
    replacing?: string,
  ): Promise<Result<StoredProfile>> {
    const placed = this.#settings.place(place, profile);
    const old = this.findSaved(replacing);
    if (replacing !== undefined && !old) {
      return refused(
        l10n.msg('The connection was removed in the meantime'),
        l10n.msg('Save it as a new one.'),
      );
    }
    const unusable = placed.problem && refusalToSave(placed.problem, secrets);
    if (unusable) return { ok: false, problem: unusable };
    const { id } = placed;
    const inTheWay = this.findSaved(id);
    if (id !== replacing && inTheWay) {
      const what = l10n.msg('Another connection is already named "{0}"', placed.profile.name);
      return { ok: false, problem: { what, remedy: l10n.msg('Choose another name.'), field: 'name' } };
    }
    const list = this.#settings.list(place);
    if (list.problem) return { ok: false, problem: list.problem };

    const kept = old ? await this.secretsOf(old) : {};
    const ofOther = inTheWay ? await this.secretsOf(inTheWay) : {};
    const stays = old && isSamePlace(old, place);
    const inPlace = stays ? old.entry.index : undefined;
    const raw = serializeProfile(profile, old?.entry.raw);
    const next = list.entries.map((entry) => (entry.index === inPlace ? raw : entry.raw));
    if (inPlace === undefined) next.push(raw);
    const saved = await written(async () => {
      // The secrets first: a profile without its secret would be the worse half.
      const before = old ? secretsInUse({ profile, ownSecrets: old.entry.ownSecrets }, kept) : {};
      const all = relevantSecrets(profile, { ...before, ...secrets });
      await this.#setSecrets(placed, all);
      await this.#settings.write(place, next);
      if (old && old.id !== id) {
        if (!stays) await this.#removeEntry(old);
        await this.#secrets.set(old.id, {});
      }
    });
    if (!saved.ok) {
      await this.#setSecrets(inTheWay ?? placed, ofOther);
      return saved;
    }
    if (!old) await this.#moved.take(id);
    else if (old.id !== id) await this.#moved.move(old.id, id);
    this.#changed.fire(undefined);
    const stored = this.findSaved(id);
    return stored
      ? { ok: true, value: stored }
      : refused(l10n.msg('The connection could not be saved'), l10n.msg('Check the settings file.'));
  }

  /** Makes every reset on a connection ask first, or no longer; that of a NATS CLI context is kept in a setting of its own. */
  async protect(id: string, on: boolean): Promise<Result<unknown>> {
    const saved = this.findSaved(id);
    if (saved) return this.save({ profile: { ...saved.written, protected: on }, secrets: {} }, saved, id);
    const stored = this.find(id);
    return stored ? this.#cli.protect(stored, on) : done;
  }

  /** Removes a connection and its secrets. */
  async remove(id: string): Promise<Result<undefined>> {
    const stored = this.findSaved(id);
    if (!stored) return done;
    return written(async () => {
      await this.#removeEntry(stored);
      await this.#secrets.set(id, {});
      return undefined;
    });
  }

  /** Moves a connection before or behind its neighbour in the same settings. */
  async move(id: string, by: -1 | 1): Promise<Result<undefined>> {
    const stored = this.findSaved(id);
    const neighbours = this.saved().filter((other) => stored && isSamePlace(other, stored));
    const other = neighbours[neighbours.findIndex((one) => one.id === id) + by];
    if (!stored || !other) return done;
    const list = this.#settings.list(stored).entries.map(({ raw }) => raw);
    [list[stored.entry.index], list[other.entry.index]] = [other.entry.raw, stored.entry.raw];
    return written(async () => {
      await this.#settings.write(stored, list);
      return undefined;
    });
  }

  dispose(): void {
    this.#listening.dispose();
    this.#changed.dispose();
  }

  /** Of one that can't be used here, nothing is known about where its secrets may go: what was kept stays as it was. */
  async #setSecrets({ id, destination, problem }: PlacedProfile, secrets: ProfileSecrets): Promise<void> {
    if (!problem) await this.#secrets.set(id, secrets, destination);
  }

  #removeEntry(stored: SettingsProfile): Promise<void> {
    const others = this.#settings.list(stored).entries.filter(({ index }) => index !== stored.entry.index);
    return this.#settings.write(
      stored,
      others.map(({ raw }) => raw),
    );
  }
}

const done = { ok: true, value: undefined } as const;

/** A profile that is only unusable here may be saved for others, though without secrets, which need a destination. */
function refusalToSave(problem: UnresolvedProblem, secrets: ProfileSecrets): Problem | undefined {
  if (!problem.elsewhere) return { ...problem, what: l10n.msg('This connection cannot be saved') };
  const [field] = Object.keys(secrets);
  if (field === undefined) return undefined;
  const remedy = l10n.msg('Leave it empty; you will be asked for it when you connect.');
  return { ...problem, what: l10n.msg('The secret cannot be stored yet'), remedy, field };
}

function refused(what: l10n.Text, remedy: l10n.Text): { ok: false; problem: Problem } {
  return { ok: false, problem: { what, remedy } };
}
