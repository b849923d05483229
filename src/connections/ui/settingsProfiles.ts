import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import path from 'node:path';
import { ConfigurationTarget, workspace, type Uri, type WorkspaceFolder } from 'vscode';
import type { KnownProfile } from '../connectionService';
import type { WrittenProfile } from '../profile/profile';
import { parseProfiles, type ProfileEntry, type ProfileList } from '../profile/profileCodec';
import { resolveProfile, type UnresolvedProblem } from '../profile/resolveProfile';
import { secretDestination } from '../profile/secretDestination';
import type { OpenFolder, VariableContext } from '../profile/variables';
import type { ProfileSecrets } from '../profile/secrets';
import * as l10n from '../../util/l10n';
import type { Problem } from '../../util/problem';
import type { FormScope } from '../messages';
import { settings } from '../../shell/ids';

/** One place in which the setting can stand; a folder's own settings are one of their own in a multi-root workspace. */
export interface SettingsPlace {
  readonly source: FormScope;
  /** Set for `folder`. */
  readonly folder?: WorkspaceFolder;
}

/** A written profile as it can be used here. */
export interface PlacedProfile extends KnownProfile {
  /** Why it can't be used here and now; its profile is then as it is written. */
  readonly problem?: UnresolvedProblem;
}

/** A profile that stands in settings. */
export interface SettingsProfile extends PlacedProfile, SettingsPlace {
  readonly entry: ProfileEntry;
  readonly written: WrittenProfile;
}

/** The setting's whole name. */
export const connectionsSetting = `res.${settings.connections}`;

/** All places that count in this window, the user's first. */
export function settingsPlaces(): readonly SettingsPlace[] {
  // With a single folder, its settings are the workspace's.
  const folders = workspace.workspaceFile ? (workspace.workspaceFolders ?? []) : [];
  return [
    { source: 'user' },
    { source: 'workspace' },
    ...folders.map((folder) => ({ source: 'folder', folder }) as const),
  ];
}

/** Whether both are the same list of connections. */
export function isSamePlace(a: SettingsPlace, b: SettingsPlace): boolean {
  return a.source === b.source && a.folder?.uri.toString() === b.folder?.uri.toString();
}

/** Whether the profile with this id may stand where something can't be understood. */
export function mayBeDamaged(id: string): boolean {
  if (!/^(user|workspace):/.test(id)) return false;
  return settingsPlaces()
    .filter(({ source }) => (source === 'user') === id.startsWith('user:'))
    .map(profileList)
    .some(({ problem, entries }) => problem !== undefined || entries.some(({ profile }) => !profile));
}

/** All profiles in settings, the user's first; those that can't be used say why. */
export function settingsProfiles(): SettingsProfile[] {
  return settingsPlaces().flatMap((place) => {
    const ids = new Set<string>();
    return profileList(place).entries.flatMap((entry): SettingsProfile[] => {
      const { profile: written } = entry;
      if (!written) return [];
      const placed = placeProfile(place, written);
      const isTaken = ids.has(placed.id);
      const usable = isTaken ? unusable(place, written, sameName(placed.profile.name)) : placed;
      ids.add(usable.id);
      const ownSecrets = { ...entry.ownSecrets, ...usable.ownSecrets };
      const own = Object.keys(ownSecrets).length > 0 ? { ownSecrets } : {};
      return [{ ...place, entry, written, ...usable, ...own }];
    });
  });
}

/** The profile as it can be used from this place, with the place of its secrets. */
export function placeProfile(place: SettingsPlace, written: WrittenProfile): PlacedProfile {
  const resolved = resolveProfile(written, variableContext(place));
  if (!resolved.ok) return unusable(place, written, resolved.problem);
  const destination = secretDestination(place.source !== 'user', written, resolved.value);
  return {
    ...resolved.value,
    id: secretId(place, resolved.value.profile.name),
    ...(destination === undefined ? {} : { destination }),
  };
}

/** What can't be used here may be saved for others, but not what no one can use, and no secret without a destination. */
export function refusalToSave(problem: UnresolvedProblem, secrets: ProfileSecrets): Problem | undefined {
  if (!problem.elsewhere) return { ...problem, what: l10n.t('This connection cannot be saved') };
  const [field] = Object.keys(secrets);
  if (field === undefined) return undefined;
  const remedy = l10n.t('Leave it empty; you will be asked for it when you connect.');
  return { ...problem, what: l10n.t('The secret cannot be stored yet'), remedy, field };
}

/** What the setting holds in one place; a workspace's counts for nothing until the workspace is trusted. */
export function profileList({ source, folder }: SettingsPlace): ProfileList {
  const found = workspace.getConfiguration('res', folder?.uri).inspect<unknown>(settings.connections);
  if (source === 'user') return parseProfiles(found?.globalValue);
  const shared = source === 'workspace' ? found?.workspaceValue : found?.workspaceFolderValue;
  return parseProfiles(workspace.isTrusted ? shared : undefined);
}

/** Replaces what the setting holds in one place. */
export async function writeProfileList(
  { source, folder }: SettingsPlace,
  list: readonly unknown[],
): Promise<void> {
  const value = list.length === 0 ? undefined : list;
  await workspace.getConfiguration('res', folder?.uri).update(settings.connections, value, targets[source]);
}

/** The problem of a list that could not be written. */
export function cannotWrite(error: unknown): { ok: false; problem: Problem } {
  const why = error instanceof Error ? error.message : String(error);
  return {
    ok: false,
    problem: {
      what: l10n.t('The settings cannot be written'),
      why,
      remedy: l10n.t('Correct the settings file.'),
    },
  };
}

const targets: Readonly<Record<FormScope, ConfigurationTarget>> = {
  user: ConfigurationTarget.Global,
  workspace: ConfigurationTarget.Workspace,
  folder: ConfigurationTarget.WorkspaceFolder,
};

/**
 * Under what the secrets of a profile are kept. A workspace's profile never shares an id, and so never a secret, with
 * one of the user or of another workspace. Otherwise a folder could send a known password to a server of its own choice.
 * A folder has the same secrets whether it is opened alone or with others.
 */
function secretId({ source, folder }: SettingsPlace, name: string): string {
  if (source === 'user') return `user:${name}`;
  const place = folder?.uri ?? workspace.workspaceFile ?? workspace.workspaceFolders?.[0]?.uri;
  const hash = createHash('sha256')
    .update(place?.toString() ?? '')
    .digest('hex')
    .slice(0, 16);
  return `workspace:${hash}:${name}`;
}

function unusable(place: SettingsPlace, profile: WrittenProfile, problem: UnresolvedProblem): PlacedProfile {
  // Nothing was ever kept for this destination, and nothing is handed out for it.
  return { id: secretId(place, profile.name), profile, destination: '', problem };
}

function sameName(name: string): UnresolvedProblem {
  const what = l10n.t('A second connection named "{0}" can\'t be used', name);
  return {
    what,
    why: l10n.t('that is its name once variables are replaced'),
    remedy: l10n.t('Rename one of them.'),
    elsewhere: true,
  };
}

function variableContext({ source, folder }: SettingsPlace): VariableContext {
  const folders = (workspace.workspaceFolders ?? []).map(openFolder);
  const { workspaceFile } = workspace;
  const [first] = folders;
  const common = { env: process.env, home: homedir(), folders };
  if (source === 'user') return { ...common, place: { kind: 'user' } };
  if (folder) return { ...common, place: { kind: 'folder', folder: openFolder(folder) } };
  if (!workspaceFile && first) return { ...common, place: { kind: 'folder', folder: first } };
  const file = workspaceFile && pathOnDisk(workspaceFile);
  return {
    ...common,
    place: { kind: 'workspaceFile', ...(file === undefined ? {} : { folder: path.dirname(file) }) },
  };
}

function openFolder({ name, uri }: WorkspaceFolder): OpenFolder {
  const found = pathOnDisk(uri);
  return { name, ...(found === undefined ? {} : { path: found }) };
}

function pathOnDisk({ scheme, fsPath }: Uri): string | undefined {
  return scheme === 'file' ? fsPath : undefined;
}
