import { defaultTls, type ConnectionProfile, type ProfileTls } from './profile';

/**
 * The entry for settings: the fields of the profile, and whatever else stood in the entry before that this version
 * does not know.
 */
export function serializeProfile(profile: ConnectionProfile, before: unknown = {}): Record<string, unknown> {
  const unknownFields = isRecord(before)
    ? Object.entries(before).filter(([field]) => !(knownFields as readonly string[]).includes(field))
    : [];
  const { name, servers, auth, color, icon, inboxPrefix } = profile;
  const tls = serializeTls(profile.tls);
  return {
    name,
    servers: [...servers],
    ...(auth.kind === 'none' ? {} : { auth: auth.kind }),
    ...(auth.kind === 'password' && auth.user !== undefined ? { user: auth.user } : {}),
    ...(auth.kind === 'creds' ? { credsFile: auth.file } : {}),
    ...(auth.kind === 'nkey' && auth.file !== undefined ? { nkeyFile: auth.file } : {}),
    ...(Object.keys(tls).length > 0 ? { tls } : {}),
    ...(profile.protected ? { protected: true } : {}),
    ...(color === undefined ? {} : { color }),
    ...(icon === undefined ? {} : { icon }),
    ...(inboxPrefix === undefined ? {} : { inboxPrefix }),
    ...Object.fromEntries(unknownFields),
  };
}

const knownFields = [
  'name',
  'servers',
  'auth',
  'user',
  'credsFile',
  'nkeyFile',
  'tls',
  'protected',
  'color',
  'icon',
  'inboxPrefix',
] as const;

function serializeTls(tls: ProfileTls): Record<string, unknown> {
  const { mode, handshakeFirst, verify, ...texts } = tls;
  return {
    ...(mode === defaultTls.mode ? {} : { mode }),
    ...texts,
    ...(handshakeFirst ? { handshakeFirst } : {}),
    ...(verify ? {} : { verify }),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
