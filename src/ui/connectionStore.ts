import { createHash } from 'node:crypto';
import { ConfigurationTarget, workspace } from 'vscode';
import type { KnownProfile } from '../nats/connectionService';
import { parseProfiles, serializeProfile, type ProfileEntry } from '../nats/profileSettings';
import type { ProfileSecrets, Secrets } from '../nats/secrets';
import type { Disposable } from '../util/disposable';
import { Emitter } from '../util/emitter';
import type { Problem, Result } from '../util/problem';
import type { FormScope } from '../webview/messages';
import { relevantSecrets, type ReadDraft } from './connectionDraft';
import { connectionsSetting } from './connectionIds';

/** A profile that stands in settings. */
export interface StoredProfile extends KnownProfile {
  readonly scope: FormScope;
  readonly entry: ProfileEntry;
}

const scopes: readonly FormScope[] = ['user', 'workspace'];

/** The connections in the user's and the workspace's settings, and their secrets in the secret storage. */
export class ConnectionStore implements Disposable {
  readonly #secrets: Secrets;
  readonly #changed = new Emitter<undefined>();
  readonly #listening: readonly Disposable[];

  /** Fires when a profile was added, changed or removed, in whatever way. */
  readonly onDidChange = this.#changed.event;

  constructor(secrets: Secrets) {
    this.#secrets = secrets;
    this.#listening = [
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(`${connectionsSetting.section}.${connectionsSetting.name}`))
          this.#changed.fire(undefined);
      }),
      workspace.onDidGrantWorkspaceTrust(() => {
        this.#changed.fire(undefined);
      }),
    ];
  }

  /** Whether a connection can be kept in the workspace's settings. */
  get hasWorkspace(): boolean {
    return workspace.isTrusted && (workspace.workspaceFolders ?? []).length > 0;
  }

  /** All usable profiles, the user's first. */
  profiles(): readonly StoredProfile[] {
    return scopes.flatMap((scope) =>
      parseProfiles(this.#raw(scope)).entries.flatMap((entry) => {
        if (!entry.profile) return [];
        const { profile, ownSecrets } = entry;
        const id = profileId(scope, profile.name);
        return [{ id, scope, profile, entry, ...(ownSecrets ? { ownSecrets } : {}) }];
      }),
    );
  }

  /** What is wrong in settings. */
  problems(): readonly Problem[] {
    return scopes.flatMap((scope) => {
      const { problem, entries } = parseProfiles(this.#raw(scope));
      return [...(problem ? [problem] : []), ...entries.flatMap((entry) => entry.problems)];
    });
  }

  find(id: string | undefined): StoredProfile | undefined {
    return this.profiles().find((stored) => stored.id === id);
  }

  /** Looks a connection up by its name; the workspace's own goes before the user's. */
  findByName(name: string): StoredProfile | undefined {
    const named = this.profiles().filter(({ profile }) => profile.name === name);
    return named.find(({ scope }) => scope === 'workspace') ?? named[0];
  }

  /** What is kept for it, from the secret storage. */
  secretsOf(id: string): Promise<ProfileSecrets> {
    return this.#secrets.get(id);
  }

  /** Adds a connection, or puts it in the place of the one with the id `replacing`. */
  async save(
    { profile, secrets }: ReadDraft,
    scope: FormScope,
    replacing?: string,
  ): Promise<Result<StoredProfile>> {
    const id = profileId(scope, profile.name);
    const old = this.find(replacing);
    if (replacing !== undefined && !old) {
      return refused('The connection has been removed meanwhile', 'Save it as a new one.');
    }
    if (id !== replacing && this.find(id)) {
      return refused(`Another connection is named "${profile.name}" already`, 'Choose another name.');
    }
    const list = parseProfiles(this.#raw(scope));
    if (list.problem) return { ok: false, problem: list.problem };

    const kept = old ? await this.#secrets.get(old.id) : {};
    const before = await this.#secrets.get(id);
    const inPlace = old?.scope === scope ? old.entry.index : undefined;
    const raw = serializeProfile(profile, old?.entry.raw);
    const next = list.entries.map((entry) => (entry.index === inPlace ? raw : entry.raw));
    if (inPlace === undefined) next.push(raw);
    try {
      // The secrets first: a profile without its secret would be the worse half.
      await this.#secrets.set(id, relevantSecrets(profile, { ...old?.ownSecrets, ...kept, ...secrets }));
      await this.#write(scope, next);
      if (old && old.id !== id) {
        if (old.scope !== scope) await this.#removeEntry(old);
        await this.#secrets.set(old.id, {});
      }
    } catch (error) {
      if (!this.find(id)) await this.#secrets.set(id, before);
      return cannotWrite(error);
    }
    this.#changed.fire(undefined);
    const stored = this.find(id);
    return stored
      ? { ok: true, value: stored }
      : refused('The settings did not take the connection', 'Check the settings file.');
  }

  /** Removes a connection and its secrets. */
  async remove(id: string): Promise<Result<undefined>> {
    const stored = this.find(id);
    if (!stored) return { ok: true, value: undefined };
    try {
      await this.#removeEntry(stored);
      await this.#secrets.set(id, {});
    } catch (error) {
      return cannotWrite(error);
    }
    return { ok: true, value: undefined };
  }

  dispose(): void {
    for (const item of this.#listening) item.dispose();
    this.#changed.dispose();
  }

  #removeEntry({ scope, entry }: StoredProfile): Promise<void> {
    const { entries } = parseProfiles(this.#raw(scope));
    return this.#write(
      scope,
      entries.filter(({ index }) => index !== entry.index).map(({ raw }) => raw),
    );
  }

  #raw(scope: FormScope): unknown {
    const { section, name } = connectionsSetting;
    const found = workspace.getConfiguration(section).inspect<unknown>(name);
    if (scope === 'user') return found?.globalValue;
    return workspace.isTrusted ? found?.workspaceValue : undefined;
  }

  async #write(scope: FormScope, list: readonly unknown[]): Promise<void> {
    const target = scope === 'user' ? ConfigurationTarget.Global : ConfigurationTarget.Workspace;
    const { section, name } = connectionsSetting;
    await workspace.getConfiguration(section).update(name, list.length === 0 ? undefined : list, target);
  }
}

/**
 * A workspace's profile never shares an id, and so never a secret, with a profile of the user or of another workspace:
 * otherwise a folder could send a known password to a server of its own choice.
 */
function profileId(scope: FormScope, name: string): string {
  if (scope === 'user') return `user:${name}`;
  const place = workspace.workspaceFile ?? workspace.workspaceFolders?.[0]?.uri;
  const hash = createHash('sha256')
    .update(place?.toString() ?? '')
    .digest('hex')
    .slice(0, 16);
  return `workspace:${hash}:${name}`;
}

function refused(what: string, remedy: string): { ok: false; problem: Problem } {
  return { ok: false, problem: { what, remedy } };
}

function cannotWrite(error: unknown): { ok: false; problem: Problem } {
  const why = error instanceof Error ? error.message : String(error);
  return {
    ok: false,
    problem: { what: 'The settings cannot be written', why, remedy: 'Repair the settings file.' },
  };
}
