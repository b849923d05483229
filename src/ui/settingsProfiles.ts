import { createHash } from 'node:crypto';
import { ConfigurationTarget, workspace } from 'vscode';
import type { KnownProfile } from '../nats/connectionService';
import type { ConnectionProfile } from '../nats/profile';
import { parseProfiles, type ProfileEntry, type ProfileList } from '../nats/profileSettings';
import { formScopes, type FormScope } from '../webview/messages';
import { settings } from './ids';

/** A profile that stands in settings. */
export interface SettingsProfile extends KnownProfile {
  readonly source: FormScope;
  readonly entry: ProfileEntry;
}

/** The setting's whole name. */
export const connectionsSetting = `res.${settings.connections}`;

/** All usable profiles in settings, the user's first. */
export function settingsProfiles(): SettingsProfile[] {
  return formScopes.flatMap((source) =>
    profileList(source).entries.flatMap((entry) => {
      const { profile, ownSecrets } = entry;
      if (!profile) return [];
      return [
        { source, profile, entry, ...(ownSecrets ? { ownSecrets } : {}), ...secretPlace(source, profile) },
      ];
    }),
  );
}

/** What the setting holds in one place; the workspace's counts for nothing until the workspace is trusted. */
export function profileList(source: FormScope): ProfileList {
  const found = workspace.getConfiguration('res').inspect<unknown>(settings.connections);
  if (source === 'user') return parseProfiles(found?.globalValue);
  return parseProfiles(workspace.isTrusted ? found?.workspaceValue : undefined);
}

/** Replaces what the setting holds in one place. */
export async function writeProfileList(source: FormScope, list: readonly unknown[]): Promise<void> {
  const target = source === 'user' ? ConfigurationTarget.Global : ConfigurationTarget.Workspace;
  const value = list.length === 0 ? undefined : list;
  await workspace.getConfiguration('res').update(settings.connections, value, target);
}

/**
 * Where the secrets of a profile are kept. A workspace's profile never shares an id, and so never a secret, with one of
 * the user or of another workspace; and its secrets are for its servers and its TLS settings only. Otherwise a folder
 * could send a known password to a server of its own choice.
 */
export function secretPlace(
  source: FormScope,
  { name, servers, tls }: ConnectionProfile,
): Pick<KnownProfile, 'id' | 'destination'> {
  if (source === 'user') return { id: `user:${name}` };
  const place = workspace.workspaceFile ?? workspace.workspaceFolders?.[0]?.uri;
  const hash = createHash('sha256')
    .update(place?.toString() ?? '')
    .digest('hex')
    .slice(0, 16);
  return { id: `workspace:${hash}:${name}`, destination: JSON.stringify([servers, tls]) };
}
