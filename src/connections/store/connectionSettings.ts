import { createHash } from 'node:crypto';
import path from 'node:path';
import type { KnownProfile } from '../connectionService';
import type { CliProfile } from '../contexts/cliContexts';
import type { FormScope, ProfileSource } from '../messages';
import type { WrittenProfile } from '../profile/profile';
import { parseProfiles, type ProfileEntry, type ProfileList } from '../profile/profileCodec';
import { resolveProfile, type UnresolvedProblem } from '../profile/resolveProfile';
import { secretDestination } from '../profile/secretDestination';
import type { OpenFolder, VariableContext } from '../profile/variables';
import type { Event } from '../../util/emitter';
import * as l10n from '../../util/l10n';
import { reasonOf, type Result } from '../../util/problem';

/** A folder that is open, and may have settings of its own. */
interface SettingsFolder extends OpenFolder {
  readonly uri: string;
}

/** One place in which the setting can stand; a folder's own settings are one of their own in a multi-root workspace. */
export interface SettingsPlace {
  readonly source: FormScope;
  /** Set for `folder`. */
  readonly folder?: SettingsFolder;
}

/** What a window has open, and its settings as far as connections stand in them. */
export interface WindowSettings {
  readonly isTrusted: boolean;
  readonly folders: readonly SettingsFolder[];
  /** The `.code-workspace` file; without a path while it is saved nowhere. */
  readonly workspaceFile?: Omit<SettingsFolder, 'name'> | undefined;
  readonly env: VariableContext['env'];
  readonly home: string;
  /** Fires when the list of connections may be another one. */
  readonly onDidChange: Event<unknown>;
  read(place: SettingsPlace): unknown;
  write(place: SettingsPlace, list: readonly unknown[]): Promise<void>;
}

/** A written profile as it can be used here. */
export interface PlacedProfile extends KnownProfile {
  /** Why it can't be used here and now; its profile is then as it is written. */
  readonly problem?: UnresolvedProblem;
}

/** A profile, wherever it stands. */
export interface StoredProfile extends PlacedProfile {
  readonly source: ProfileSource;
  /** The folder in whose settings it stands. */
  readonly folder?: SettingsFolder;
  /** As it stands in settings. */
  readonly written?: WrittenProfile;
  /** What the NATS CLI's context says of itself. */
  readonly description?: string;
  /** What a command must name to run on it; without it, its servers. */
  readonly target?: NonNullable<CliProfile['target']>;
}

/** A profile that stands in settings. */
export interface SettingsProfile extends PlacedProfile, SettingsPlace {
  readonly entry: ProfileEntry;
  readonly written: WrittenProfile;
}

/** Whether both are the same list of connections. */
export function isSamePlace(a: SettingsPlace, b: SettingsPlace): boolean {
  return a.source === b.source && a.folder?.uri === b.folder?.uri;
}

/** The connections in the settings of a window. */
export class ConnectionSettings {
  readonly #window: WindowSettings;

  constructor(window: WindowSettings) {
    this.#window = window;
  }

  /** Whether a connection can be kept in the workspace's settings. */
  get hasWorkspace(): boolean {
    return this.#window.isTrusted && this.#window.folders.length > 0;
  }

  /** What the setting holds in all places that count in this window, the user's first. */
  lists(): readonly (SettingsPlace & ProfileList)[] {
    const { workspaceFile, folders } = this.#window;
    const places: SettingsPlace[] = [
      { source: 'user' },
      { source: 'workspace' },
      // With a single folder, its settings are the workspace's.
      ...(workspaceFile ? folders : []).map((folder) => ({ source: 'folder', folder }) as const),
    ];
    return places.map((place) => ({ ...place, ...this.list(place) }));
  }

  /** What the setting holds in one place; a workspace's counts for nothing until the workspace is trusted. */
  list(place: SettingsPlace): ProfileList {
    return parseProfiles(
      place.source === 'user' || this.#window.isTrusted ? this.#window.read(place) : undefined,
    );
  }

  /** Replaces what the setting holds in one place. */
  async write(place: SettingsPlace, list: readonly unknown[]): Promise<void> {
    await this.#window.write(place, list);
  }

  /** All profiles in settings, the user's first; those that can't be used say why. */
  profiles(): SettingsProfile[] {
    return this.lists().flatMap(({ source, folder, entries }) => {
      const place = { source, ...(folder && { folder }) };
      const ids = new Set<string>();
      return entries.flatMap((entry): SettingsProfile[] => {
        const { profile: written } = entry;
        if (!written) return [];
        const placed = this.place(place, written);
        const isTaken = ids.has(placed.id);
        const usable = isTaken ? this.#unusable(place, written, sameName(placed.profile.name)) : placed;
        ids.add(usable.id);
        const ownSecrets = { ...entry.ownSecrets, ...usable.ownSecrets };
        const own = Object.keys(ownSecrets).length > 0 ? { ownSecrets } : {};
        return [{ ...place, entry, written, ...usable, ...own }];
      });
    });
  }

  /** Whether the profile with this id may stand where something can't be understood. */
  mayBeDamaged(id: string): boolean {
    if (!/^(user|workspace):/.test(id)) return false;
    return this.lists()
      .filter(({ source }) => (source === 'user') === id.startsWith('user:'))
      .some(({ problem, entries }) => problem !== undefined || entries.some(({ profile }) => !profile));
  }

  /** The profile as it can be used from this place, with the place of its secrets. */
  place(place: SettingsPlace, written: WrittenProfile): PlacedProfile {
    const resolved = resolveProfile(written, this.#variables(place));
    if (!resolved.ok) return this.#unusable(place, written, resolved.problem);
    const destination = secretDestination(place.source !== 'user', written, resolved.value);
    return {
      ...resolved.value,
      id: this.#secretId(place, resolved.value.profile.name),
      ...(destination === undefined ? {} : { destination }),
    };
  }

  #unusable(place: SettingsPlace, profile: WrittenProfile, problem: UnresolvedProblem): PlacedProfile {
    // Nothing was ever kept for this destination, and nothing is handed out for it.
    return { id: this.#secretId(place, profile.name), profile, destination: '', problem };
  }

  /**
   * Under what the secrets of a profile are kept. A workspace's profile never shares an id, and so never a secret, with
   * one of the user or of another workspace. Otherwise a folder could send a known password to a server of its own choice.
   * A folder has the same secrets whether it is opened alone or with others.
   */
  #secretId({ source, folder }: SettingsPlace, name: string): string {
    if (source === 'user') return `user:${name}`;
    const { uri = '' } = folder ?? this.#window.workspaceFile ?? this.#window.folders[0] ?? {};
    const hash = createHash('sha256').update(uri).digest('hex').slice(0, 16);
    return `workspace:${hash}:${name}`;
  }

  #variables({ source, folder }: SettingsPlace): VariableContext {
    const { env, home, folders, workspaceFile } = this.#window;
    const common = { env, home, folders };
    if (source === 'user') return { ...common, place: { kind: 'user' } };
    const own = folder ?? (workspaceFile ? undefined : folders[0]);
    if (own) return { ...common, place: { kind: 'folder', folder: own } };
    const file = workspaceFile?.path;
    return {
      ...common,
      place: { kind: 'workspaceFile', ...(file === undefined ? {} : { folder: path.dirname(file) }) },
    };
  }
}

/** The outcome of writing settings; a refusal is a problem that a person can mend. */
export async function written<T>(write: () => Promise<T>): Promise<Result<T>> {
  try {
    return { ok: true, value: await write() };
  } catch (error) {
    const what = l10n.msg('The settings cannot be written');
    return {
      ok: false,
      problem: { what, why: reasonOf(error), remedy: l10n.msg('Correct the settings file.') },
    };
  }
}

function sameName(name: string): UnresolvedProblem {
  const what = l10n.msg('A second connection named "{0}" can\'t be used', name);
  return {
    what,
    why: l10n.msg('that is its name once variables are replaced'),
    remedy: l10n.msg('Rename one of them.'),
    elsewhere: true,
  };
}
