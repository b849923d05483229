import { readFile } from 'node:fs/promises';
import type { Result } from '../util/problem';
import type { ContextFields } from './contextFields';
import { expandPath, type PathPlaces } from './filePath';
import { jwtOfCreds, seedOf } from './jwt';
import type { ConnectionProfile, ProfileColor } from './profile';
import { parseProfile } from './profileSettings';
import type { ProfileSecrets } from './secrets';

/** A profile that a context makes, with the secrets that stand in it. */
export interface ContextProfile {
  readonly profile: ConnectionProfile;
  readonly ownSecrets: ProfileSecrets;
}

/** Why a context can't be used; caught where the profile is made. */
class Unusable extends Error {}

/**
 * The profile that the CLI would use for these fields. What can't be honoured makes it unusable: leaving a field out
 * could mean another server, or one that anybody can read.
 */
export async function contextProfile(
  name: string,
  fields: ContextFields,
  places: PathPlaces,
): Promise<Result<ContextProfile, string>> {
  try {
    return { ok: true, value: await makeProfile(name, fields, places) };
  } catch (error) {
    if (error instanceof Unusable) return { ok: false, problem: error.message };
    throw error;
  }
}

async function makeProfile(name: string, fields: ContextFields, places: PathPlaces): Promise<ContextProfile> {
  if (fields.socks_proxy !== undefined) throw new Unusable('a SOCKS proxy ("socks_proxy") is not supported');
  if (fields.nsc !== undefined) throw new Unusable('looking it up with nsc ("nsc") is not supported');
  if (fields.windows_cert_store !== undefined)
    throw new Unusable('the Windows certificate store ("windows_cert_store") is not supported');

  const { settings, secrets, urlWins } = await authentication(fields, places);
  const hasPair = fields.cert !== undefined && fields.key !== undefined;
  const tls = {
    // The CLI insists on TLS where it is told anything about it.
    mode: fields.ca !== undefined || hasPair || fields.tls_first === true ? 'required' : 'auto',
    ...(fields.ca === undefined ? {} : { caFile: tlsFile('ca', fields.ca, places) }),
    ...(hasPair
      ? { certFile: tlsFile('cert', fields.cert, places), keyFile: tlsFile('key', fields.key, places) }
      : {}),
    handshakeFirst: fields.tls_first === true,
  };
  const color = colors.get(fields.color_scheme ?? '');
  const servers = fields.url ?? 'nats://127.0.0.1:4222';
  const common = {
    name,
    servers,
    tls,
    ...(color === undefined ? {} : { color }),
    inboxPrefix: fields.inbox_prefix ?? '',
  };
  const inUrl = urlWins && servers.includes('@');
  const parsed = parseProfile(inUrl ? common : { ...common, ...settings });
  if (!parsed.profile) throw new Unusable(parsed.problems[0]?.why ?? 'it makes no connection');
  return { profile: parsed.profile, ownSecrets: { ...(inUrl ? {} : secrets), ...parsed.ownSecrets } };
}

interface Authentication {
  /** As in the settings. */
  readonly settings: Readonly<Record<string, string>>;
  readonly secrets: ProfileSecrets;
  /** Credentials in the URL count instead. */
  readonly urlWins: boolean;
}

/** In the CLI's order: the first of these that is set counts. */
async function authentication(fields: ContextFields, places: PathPlaces): Promise<Authentication> {
  const value = (field: 'password' | 'token' | 'user_jwt' | 'user_seed'): Promise<string> =>
    literal(field, fields[field] ?? '', places);
  if (fields.user !== undefined) {
    const settings = { auth: 'password', user: fields.user };
    return { settings, secrets: { password: await value('password') }, urlWins: true };
  }
  if (fields.creds !== undefined) {
    const creds = await fileOrText('creds', fields.creds, places);
    if ('file' in creds)
      return { settings: { auth: 'creds', credsFile: creds.file }, secrets: {}, urlWins: false };
    const jwt = jwtOfCreds(creds.text);
    const seed = seedOf(creds.text);
    if (jwt === undefined || seed === undefined) throw new Unusable('"creds" holds no user JWT and seed');
    return { settings: { auth: 'jwt' }, secrets: { jwt, seed }, urlWins: false };
  }
  if (fields.nkey !== undefined) {
    const nkey = await fileOrText('nkey', fields.nkey, places);
    if ('file' in nkey)
      return { settings: { auth: 'nkey', nkeyFile: nkey.file }, secrets: {}, urlWins: false };
    const seed = seedOf(nkey.text);
    if (seed === undefined) throw new Unusable('"nkey" holds no seed');
    return { settings: { auth: 'nkey' }, secrets: { seed }, urlWins: false };
  }
  if (fields.user_jwt !== undefined) {
    const seed = await value('user_seed');
    const secrets = { jwt: await value('user_jwt'), ...(seed === '' ? {} : { seed }) };
    return { settings: { auth: 'jwt' }, secrets, urlWins: false };
  }
  if (fields.token !== undefined)
    return { settings: { auth: 'token' }, secrets: { token: await value('token') }, urlWins: true };
  return { settings: {}, secrets: {}, urlWins: true };
}

function scheme(reference: string): string | undefined {
  // One letter alone is a Windows drive.
  return /^([a-z][a-z0-9+.-]+):/i.exec(reference)?.[1]?.toLowerCase();
}

/** What stands in a file, in a variable or in the reference itself; any other text means itself. */
async function literal(field: string, reference: string, places: PathPlaces): Promise<string> {
  const text = await resolveReference(field, reference, places);
  return text === undefined ? reference : text.replace(/[\r\n]+$/, '');
}

async function fileOrText(
  field: string,
  reference: string,
  places: PathPlaces,
): Promise<{ readonly file: string } | { readonly text: string }> {
  const kind = scheme(reference);
  if (kind === undefined || kind === 'file') return { file: filePath(reference, places) };
  const text = await resolveReference(field, reference, places);
  if (text === undefined) throw new Unusable(`"${field}" refers to ${kind}://, which is not supported`);
  return { text };
}

async function resolveReference(
  field: string,
  reference: string,
  places: PathPlaces,
): Promise<string | undefined> {
  switch (scheme(reference)) {
    case 'op':
      throw new Unusable(`reading "${field}" from 1Password (op://) is not supported`);
    case 'nsc':
      throw new Unusable(`looking "${field}" up with nsc (nsc://) is not supported`);
    case 'env': {
      const variable = reference.replace(/^env:(\/\/)?/i, '');
      const text = places.env[variable] ?? '';
      if (text === '') throw new Unusable(`the variable ${variable}, which "${field}" names, is not set`);
      return text;
    }
    case 'data': {
      const base64 = /^data:(?:[^,]*;)?\s*base64\s*(?:;[^,]*)?,(.*)$/is.exec(reference)?.[1];
      if (base64 === undefined) throw new Unusable(`"${field}" is no base64 data`);
      return Buffer.from(base64, 'base64').toString('utf8');
    }
    case 'file':
      try {
        return await readFile(filePath(reference, places), 'utf8');
      } catch {
        throw new Unusable(`the file that "${field}" names cannot be read`);
      }
    default:
      return undefined;
  }
}

function tlsFile(field: string, reference: string, places: PathPlaces): string {
  const kind = scheme(reference);
  if (kind !== undefined && kind !== 'file')
    throw new Unusable(`"${field}" must name a file, not ${kind}://`);
  return filePath(reference, places);
}

function filePath(reference: string, places: PathPlaces): string {
  return expandPath(reference.replace(/^file:\/\//i, ''), places);
}

/** The CLI's colours are those of its tables; these are the nearest of ours. */
const colors: ReadonlyMap<string, ProfileColor> = new Map([
  ['red', 'red'],
  ['yellow', 'yellow'],
  ['green', 'green'],
  ['blue', 'blue'],
  ['cyan', 'blue'],
  ['magenta', 'purple'],
]);
