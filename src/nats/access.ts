import { readFile } from 'node:fs/promises';
import type { Result } from '../util/problem';
import type { ConnectionProblem } from './connectionProblem';
import { expandPath } from './filePath';
import { jwtClaims, seedOf } from './jwt';
import type { Credentials } from './linkOptions';
import type { ConnectionProfile, TlsMode } from './profile';
import { secretLabels, type ProfileSecrets, type SecretField } from './secrets';

/** A profile with its secrets and the contents of its files: all that is needed to connect, for this moment. */
export interface Access {
  readonly credentials: Credentials;
  readonly tls: AccessTls;
  readonly inboxPrefix?: string;
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

/** Reads what the profile names. Done anew for each connect, so that renewed files count. */
export async function resolveAccess(
  profile: ConnectionProfile,
  secrets: ProfileSecrets,
): Promise<AccessResult<Access>> {
  const credentials = await resolveCredentials(profile, secrets);
  if (!credentials.ok) return credentials;
  const { mode, serverName, handshakeFirst, verify, caFile, certFile, keyFile } = profile.tls;
  const contents: { ca?: string; cert?: string; key?: string } = {};
  for (const [field, label, file] of [
    ['ca', 'CA file', caFile],
    ['cert', 'client certificate file', certFile],
    ['key', 'client key file', keyFile],
  ] as const) {
    if (file === undefined) continue;
    const text = await readTextFile(label, file, profile.name);
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
  const { inboxPrefix } = profile;
  return {
    ok: true,
    value: { credentials: credentials.value, tls, ...(inboxPrefix === undefined ? {} : { inboxPrefix }) },
  };
}

async function resolveCredentials(
  { name, auth }: ConnectionProfile,
  secrets: ProfileSecrets,
): Promise<AccessResult<Credentials>> {
  switch (auth.kind) {
    case 'none':
      return { ok: true, value: { kind: 'none' } };
    case 'password': {
      const { password } = secrets;
      if (password === undefined) return missing(name, 'password');
      return { ok: true, value: { kind: 'password', user: auth.user, password } };
    }
    case 'token': {
      const { token } = secrets;
      return token === undefined ? missing(name, 'token') : { ok: true, value: { kind: 'token', token } };
    }
    case 'nkey': {
      const { file } = auth;
      if (file !== undefined) return seedFromFile(file, name);
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
    case 'creds': {
      const text = await readTextFile('credentials file', auth.file, name);
      return text.ok ? { ok: true, value: { kind: 'creds', text: text.value } } : text;
    }
  }
}

async function seedFromFile(file: string, name: string): Promise<AccessResult<Credentials>> {
  const text = await readTextFile('nkey file', file, name);
  if (!text.ok) return text;
  const seed = seedOf(text.value);
  if (seed !== undefined) return { ok: true, value: { kind: 'nkey', seed } };
  const what = `The nkey file of "${name}" cannot be used`;
  return {
    ok: false,
    problem: { kind: 'unusableFile', what, why: 'there is no seed in it', remedy: 'Choose another file.' },
  };
}

function missing(name: string, secret: SecretField): { ok: false; problem: ConnectionProblem } {
  const label = secretLabels[secret];
  return {
    ok: false,
    problem: {
      kind: 'missingSecret',
      secret,
      what: `The ${label} of "${name}" is not kept on this machine`,
      remedy: `Edit the connection and enter the ${label}.`,
    },
  };
}

async function readTextFile(label: string, file: string, profileName: string): Promise<AccessResult<string>> {
  const expanded = expandPath(file);
  try {
    return { ok: true, value: await readFile(expanded, 'utf8') };
  } catch (error) {
    // The system's own words repeat the path, and somebody may have pasted a secret in its place.
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    const what = `The ${label} of "${profileName}" cannot be read`;
    const why = code === 'ENOENT' ? 'there is no such file' : code;
    return {
      ok: false,
      problem: { kind: 'unusableFile', what, why, remedy: 'Correct its path in the connection.' },
    };
  }
}
