import * as l10n from '../../util/l10n';
import type { Result } from '../../util/problem';
import type { ConnectionProblem } from '../connectionProblem';
import { jwtClaims } from './jwt';
import type { Credentials } from './linkOptions';
import type { TlsMode } from '../profile/fields';
import type { ConnectionProfile, ProfileOrigin } from '../profile/profile';
import { readCreds, readNkey, readPem } from '../profile/profileFiles';
import { fields, type KeptField } from '../profile/fields';
import type { ProfileSecrets } from '../profile/secrets';
import type { ServerAuth } from './serverAuth';

/** A profile with its secrets and the contents of its files: all that is needed to connect, for this moment. */
export interface Access {
  readonly credentials: Credentials;
  /** Those of each of the profile's servers, where they are not the same for all; `credentials` then count for none. */
  readonly perServer?: ReadonlyMap<string, Credentials>;
  readonly tls: AccessTls;
  readonly inboxPrefix?: string;
  /** Where the profile is changed, if not in the settings. */
  readonly origin?: ProfileOrigin;
}

/** The TLS part of it, with files read. */
export interface AccessTls {
  readonly mode: TlsMode;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly passphrase?: string;
  readonly serverName?: string;
  readonly handshakeFirst: boolean;
  readonly verify: boolean;
}

type AccessResult<T> = Result<T, ConnectionProblem>;

/** The credentials for a server of the profile, or for one that such a server named; never those of another server. */
export function credentialsFor({ credentials, perServer }: Access, profileServer: string): Credentials {
  return perServer ? (perServer.get(profileServer) ?? { kind: 'none' }) : credentials;
}

/**
 * Reads the files that the profile names, anew for each connect, so that renewed files count. With `serverAuth` each
 * server gets the credentials that stand there for it, and nothing else.
 */
export async function resolveAccess(
  profile: ConnectionProfile,
  secrets: ProfileSecrets,
  serverAuth?: readonly ServerAuth[],
): Promise<AccessResult<Access>> {
  const perServer = new Map<string, Credentials>();
  for (const { server, ways } of serverAuth ?? []) {
    const parts: Credentials[] = [];
    for (const way of ways) {
      const part = await resolveCredentials({ ...profile, auth: way.auth }, { ...secrets, ...way.secrets });
      if (!part.ok) return part;
      parts.push(part.value);
    }
    const [only = { kind: 'none' }] = parts;
    perServer.set(server, parts.length > 1 ? { kind: 'several', parts } : only);
  }
  const credentials: AccessResult<Credentials> = serverAuth
    ? { ok: true, value: { kind: 'none' } }
    : await resolveCredentials(profile, secrets);
  if (!credentials.ok) return credentials;
  const { mode, serverName, handshakeFirst, verify, caFile, certFile, keyFile } = profile.tls;
  const contents: { ca?: string; cert?: string; key?: string } = {};
  for (const [field, file] of [
    ['ca', caFile],
    ['cert', certFile],
    ['key', keyFile],
  ] as const) {
    if (file === undefined) continue;
    const text = await readPem(profile, field, file);
    if (!text.ok) return text;
    contents[field] = text.value;
  }
  const { keyPassphrase } = secrets;
  if (
    keyPassphrase === undefined &&
    /^-----BEGIN ENCRYPTED |^Proc-Type: 4,ENCRYPTED/m.test(contents.key ?? '')
  )
    return missing(profile.name, 'keyPassphrase');
  const tls: AccessTls = {
    mode,
    ...contents,
    ...(keyPassphrase === undefined ? {} : { passphrase: keyPassphrase }),
    ...(serverName === undefined ? {} : { serverName }),
    handshakeFirst,
    verify,
  };
  const { inboxPrefix, origin } = profile;
  return {
    ok: true,
    value: {
      credentials: credentials.value,
      ...(serverAuth ? { perServer } : {}),
      tls,
      ...(inboxPrefix === undefined ? {} : { inboxPrefix }),
      ...(origin === undefined ? {} : { origin }),
    },
  };
}

async function resolveCredentials(
  { name, auth, origin }: Pick<ConnectionProfile, 'name' | 'auth' | 'origin'>,
  secrets: ProfileSecrets,
): Promise<AccessResult<Credentials>> {
  const owner = { name, ...(origin === undefined ? {} : { origin }) };
  switch (auth.kind) {
    case 'none':
      return { ok: true, value: { kind: 'none' } };
    case 'password': {
      const { password } = secrets;
      const user = auth.user ?? secrets.user;
      if (user === undefined) return missing(name, 'user');
      if (password === undefined) return missing(name, 'password');
      return { ok: true, value: { kind: 'password', user, password } };
    }
    case 'token': {
      const { token } = secrets;
      return token === undefined ? missing(name, 'token') : { ok: true, value: { kind: 'token', token } };
    }
    case 'nkey': {
      const { file } = auth;
      if (file !== undefined) return readNkey(owner, file);
      const { seed } = secrets;
      return seed === undefined ? missing(name, 'seed') : { ok: true, value: { kind: 'nkey', seed } };
    }
    case 'jwt': {
      const { jwt, seed } = secrets;
      if (jwt === undefined) return missing(name, 'jwt');
      // A bearer token needs no signature.
      if (seed === undefined && jwtClaims(jwt)?.bearer !== true) return missing(name, 'seed');
      return { ok: true, value: { kind: 'jwt', jwt, ...(seed === undefined ? {} : { seed }) } };
    }
    case 'creds':
      return readCreds(owner, auth.file);
  }
}

function missing(name: string, secret: KeptField): { ok: false; problem: ConnectionProblem } {
  const label = fields[secret].noun();
  return {
    ok: false,
    problem: {
      kind: 'missingSecret',
      secret,
      what: l10n.msg('The {0} of "{1}" is not stored on this machine', label, name),
      remedy:
        secret === 'user'
          ? l10n.msg('Connect, and you will be asked for it.')
          : l10n.msg('Edit the connection and enter the {0}.', label),
    },
  };
}
