import { workspace } from 'vscode';
import { serializeProfile } from '../profile/profileCodec';
import { relevantSecrets, type ProfileSecrets, type Secrets } from '../profile/secrets';
import { DisposableStore, type Disposable } from '../../util/disposable';
import { Emitter } from '../../util/emitter';
import * as l10n from '../../util/l10n';
import type { Problem, Result } from '../../util/problem';
import type { FormScope, ProfileSource } from '../messages';
import type { CliProfileWatch } from './cliProfileWatch';
import type { StoredProfile } from './storedProfile';
import type { ReadDraft } from '../profile/draft';
import {
  cannotWrite,
  connectionsSetting,
  isSamePlace,
  mayBeDamaged,
  placeProfile,
  profileList,
  refusalToSave,
  settingsPlaces,
  settingsProfiles,
  writeProfileList,
  type PlacedProfile,
  type SettingsPlace,
  type SettingsProfile,
} from './settingsProfiles';

/** The connections in the settings, with their secrets in the secret storage, and those of the NATS CLI. */
export class ConnectionStore implements Disposable {
  readonly #secrets: Secrets;
  readonly #cli: CliProfileWatch;
  readonly #changed = new Emitter<undefined>();
  readonly #listening = new DisposableStore();

  /** Fires when a profile was added, changed or removed, in whatever way. */
  readonly onDidChange = this.#changed.event;

  constructor(secrets: Secrets, cli: CliProfileWatch) {
    this.#secrets = secrets;
    this.#cli = cli;
    const changed = (): void => {
      this.#changed.fire(undefined);
    };
    this.#listening.add(
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(connectionsSetting)) changed();
      }),
    );
    this.#listening.add(workspace.onDidGrantWorkspaceTrust(changed));
    this.#listening.add(workspace.onDidChangeWorkspaceFolders(changed));
    this.#listening.add(cli.onDidChange(changed));
  }

  /** Whether a connection can be kept in the workspace's settings. */
  get hasWorkspace(): boolean {
    return workspace.isTrusted && (workspace.workspaceFolders ?? []).length > 0;
  }

  /** The user's profiles, the workspace's, its folders', the NATS CLI's and the environment's. */
  profiles(): readonly StoredProfile[] {
    return [...settingsProfiles(), ...this.#cli.profiles];
  }

  /** Those that stand in settings. */
  saved(): readonly SettingsProfile[] {
    return settingsProfiles();
  }

  /** What is wrong in settings, and with the files of the NATS CLI. */
  problems(): readonly Problem[] {
    const inSettings = settingsPlaces().flatMap((place) => {
      const { problem, entries } = profileList(place);
      return [...(problem ? [problem] : []), ...entries.flatMap((entry) => entry.problems)];
    });
    return [...inSettings, ...this.#cli.problems];
  }

  find(id: string | undefined): StoredProfile | undefined {
    return this.profiles().find((stored) => stored.id === id);
  }

  /** One that stands in settings. */
  findSaved(id: string | undefined): SettingsProfile | undefined {
    return settingsProfiles().find((stored) => stored.id === id);
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

  /** Why there is no usable profile with this id; it is gone where nothing of it stands anywhere, usable or not. */
  missing(id: string): { readonly problem: Problem; readonly isGone: boolean } {
    const name = id.replace(/^(workspace:[0-9a-f]+|[a-z]+):/, '');
    const ofCli = this.#cli.unusable.find((one) => `${one.source}:${one.name}` === id);
    const unusable = this.findSaved(id)?.problem ?? ofCli?.problem;
    const problem = unusable ?? { what: l10n.t('The connection "{0}" no longer exists', name) };
    return { problem, isGone: !unusable && !mayBeDamaged(id) };
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
    { profile: written, secrets }: ReadDraft,
    place: SettingsPlace,
    replacing?: string,
  ): Promise<Result<StoredProfile>> {
    const placed = placeProfile(place, written);
    const old = this.findSaved(replacing);
    if (replacing !== undefined && !old) {
      return refused(l10n.t('The connection was removed in the meantime'), l10n.t('Save it as a new one.'));
    }
    const unusable = placed.problem && refusalToSave(placed.problem, secrets);
    if (unusable) return { ok: false, problem: unusable };
    const { id } = placed;
    const inTheWay = this.findSaved(id);
    if (id !== replacing && inTheWay) {
      const what = l10n.t('Another connection is already named "{0}"', placed.profile.name);
      return { ok: false, problem: { what, remedy: l10n.t('Choose another name.'), field: 'name' } };
    }
    const list = profileList(place);
    if (list.problem) return { ok: false, problem: list.problem };

    const kept = old ? await this.secretsOf(old) : {};
    const before = inTheWay ? await this.secretsOf(inTheWay) : {};
    const stays = old && isSamePlace(old, place);
    const inPlace = stays ? old.entry.index : undefined;
    const raw = serializeProfile(written, old?.entry.raw);
    const next = list.entries.map((entry) => (entry.index === inPlace ? raw : entry.raw));
    if (inPlace === undefined) next.push(raw);
    try {
      // The secrets first: a profile without its secret would be the worse half.
      const all = relevantSecrets(written, { ...old?.entry.ownSecrets, ...kept, ...secrets });
      await this.#setSecrets(placed, all);
      await writeProfileList(place, next);
      if (old && old.id !== id) {
        if (!stays) await this.#removeEntry(old);
        await this.#secrets.set(old.id, {});
      }
    } catch (error) {
      await this.#setSecrets(inTheWay ?? placed, before);
      return cannotWrite(error);
    }
    this.#changed.fire(undefined);
    const stored = this.findSaved(id);
    return stored
      ? { ok: true, value: stored }
      : refused(l10n.t('The connection could not be saved'), l10n.t('Check the settings file.'));
  }

  /** Makes every reset on a connection ask first, or no longer; that of a NATS CLI context is kept in a setting of its own. */
  async protect(id: string, on: boolean): Promise<Result<unknown>> {
    const saved = this.findSaved(id);
    if (saved) return this.save({ profile: { ...saved.written, protected: on }, secrets: {} }, saved, id);
    const stored = this.find(id);
    if (!stored) return { ok: true, value: undefined };
    try {
      return await this.#cli.protect(stored, on);
    } catch (error) {
      return cannotWrite(error);
    }
  }

  /** Removes a connection and its secrets. */
  async remove(id: string): Promise<Result<undefined>> {
    const stored = this.findSaved(id);
    if (!stored) return { ok: true, value: undefined };
    try {
      await this.#removeEntry(stored);
      await this.#secrets.set(id, {});
    } catch (error) {
      return cannotWrite(error);
    }
    return { ok: true, value: undefined };
  }

  /** Moves a connection before or behind its neighbour in the same settings. */
  async move(id: string, by: -1 | 1): Promise<Result<undefined>> {
    const stored = this.findSaved(id);
    if (!stored) return { ok: true, value: undefined };
    const { entry } = stored;
    const neighbours = settingsProfiles().filter((other) => isSamePlace(other, stored));
    const other = neighbours[neighbours.findIndex((one) => one.id === id) + by];
    if (!other) return { ok: true, value: undefined };
    const list = profileList(stored).entries.map(({ raw }) => raw);
    [list[entry.index], list[other.entry.index]] = [other.entry.raw, entry.raw];
    try {
      await writeProfileList(stored, list);
    } catch (error) {
      return cannotWrite(error);
    }
    return { ok: true, value: undefined };
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
    const { entries } = profileList(stored);
    return writeProfileList(
      stored,
      entries.filter(({ index }) => index !== stored.entry.index).map(({ raw }) => raw),
    );
  }
}

function refused(what: string, remedy: string): { ok: false; problem: Problem } {
  return { ok: false, problem: { what, remedy } };
}
