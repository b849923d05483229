import * as l10n from '../../util/l10n';
import type { Result } from '../../util/problem';
import type { ContextFields } from './contextFields';
import { expandPath, type PathPlaces } from '../profile/filePath';
import { jwtOf, seedOf } from '../link/jwt';
import type { ProfileColor } from '../profile/fields';
import type { ConnectionProfile, ProfileOrigin } from '../profile/profile';
import { parseProfile } from '../profile/profileCodec';
import type { ProfileSecrets } from '../profile/secrets';
import { commonWay, serverAuths, type AuthWay, type ServerAuth } from '../link/serverAuth';
import { splitServers } from '../profile/servers';
import { readTextFile } from '../profile/textFile';

/** A profile that a context makes, with the secrets that stand in it. */
export interface ContextProfile {
  readonly profile: ConnectionProfile;
  readonly ownSecrets: ProfileSecrets;
  /** What each server is shown, where that is not one and the same thing for all of them. */
  readonly serverAuth?: readonly ServerAuth[];
}

/** Why a context can't be used; caught where the profile is made. */
class Unusable extends Error {
  constructor(readonly why: l10n.Text) {
    super();
  }
}

/**
 * The profile that the CLI would use for these fields. What can't be honoured makes it unusable: leaving a field out
 * could mean another server, or one that anybody can read.
 */
export async function contextProfile(
  name: string,
  fields: ContextFields,
  places: PathPlaces,
  origin: ProfileOrigin = 'context',
): Promise<Result<ContextProfile, l10n.Text>> {
  try {
    const made = await makeProfile(name, fields, places);
    return { ok: true, value: { ...made, profile: { ...made.profile, origin } } };
  } catch (error) {
    if (error instanceof Unusable) return { ok: false, problem: error.why };
    throw error;
  }
}

async function makeProfile(name: string, fields: ContextFields, places: PathPlaces): Promise<ContextProfile> {
  if (fields.socks_proxy !== undefined)
    throw new Unusable(l10n.msg('a SOCKS proxy ("socks_proxy") is not supported'));
  if (fields.nsc !== undefined)
    throw new Unusable(l10n.msg('looking up credentials with nsc ("nsc") is not supported'));
  if (fields.windows_cert_store !== undefined)
    throw new Unusable(l10n.msg('the Windows certificate store ("windows_cert_store") is not supported'));

  const servers = splitServers(fields.url ?? 'nats://127.0.0.1:4222');
  if (!servers.ok) throw new Unusable(servers.problem.why ?? servers.problem.what);
  const urls = [...new Set(servers.value.map(({ url }) => url))];
  if (urls.length < servers.value.length)
    throw new Unusable(l10n.msg('"url" contains a server twice, with different credentials'));

  const hasPair = fields.cert !== undefined && fields.key !== undefined;
  const hasTlsUrl = urls.some((url) => url.startsWith('tls://'));
  const tls = {
    // The CLI insists on TLS where any of its TLS fields is set, and then for all servers.
    mode: fields.ca !== undefined || hasPair || hasTlsUrl || fields.tls_first === true ? 'required' : 'auto',
    ...(fields.ca === undefined ? {} : { caFile: tlsFile('ca', fields.ca, places) }),
    ...(hasPair
      ? { certFile: tlsFile('cert', fields.cert, places), keyFile: tlsFile('key', fields.key, places) }
      : {}),
    handshakeFirst: fields.tls_first === true,
  };
  const color = colors.get(fields.color_scheme ?? '');
  const parsed = parseProfile({
    name,
    servers: urls,
    tls,
    ...(color === undefined ? {} : { color }),
    inboxPrefix: fields.inbox_prefix ?? '',
  });
  if (!parsed.profile) throw new Unusable(parsed.problems[0]?.why ?? l10n.msg('it defines no connection'));
  const serverAuth = serverAuths(servers.value, await fieldWays(fields, places));
  const common = commonWay(serverAuth);
  if (common) return { profile: { ...parsed.profile, auth: common.auth }, ownSecrets: common.secrets };
  const shown = serverAuth.flatMap(({ ways }) => ways)[0]?.auth ?? parsed.profile.auth;
  return { profile: { ...parsed.profile, auth: shown }, ownSecrets: {}, serverAuth };
}

/** What the fields besides the URL give, as the CLI presents it: the first of these that is set, and the token too. */
async function fieldWays(fields: ContextFields, places: PathPlaces): Promise<AuthWay[]> {
  const main = await mainWay(fields, places);
  const { token } = fields;
  const tokenWay: AuthWay[] =
    token === undefined
      ? []
      : [{ auth: { kind: 'token' }, secrets: { token: await literal('token', token, places) } }];
  return main ? [main, ...tokenWay] : tokenWay;
}

async function mainWay(fields: ContextFields, places: PathPlaces): Promise<AuthWay | undefined> {
  const value = (field: 'password' | 'user_jwt' | 'user_seed'): Promise<string> =>
    literal(field, fields[field] ?? '', places);
  if (fields.user !== undefined)
    return {
      auth: { kind: 'password', user: fields.user },
      secrets: { password: await value('password') },
    };
  if (fields.creds !== undefined) {
    const creds = await fileOrText('creds', fields.creds, places);
    if ('file' in creds) return { auth: { kind: 'creds', file: creds.file }, secrets: {} };
    const jwt = jwtOf(creds.text);
    const seed = seedOf(creds.text);
    if (jwt === undefined || seed === undefined)
      throw new Unusable(l10n.msg('"creds" contains no user JWT and seed'));
    return { auth: { kind: 'jwt' }, secrets: { jwt, seed } };
  }
  if (fields.nkey !== undefined) {
    const nkey = await fileOrText('nkey', fields.nkey, places);
    if ('file' in nkey) return { auth: { kind: 'nkey', file: nkey.file }, secrets: {} };
    const seed = seedOf(nkey.text);
    if (seed === undefined) throw new Unusable(l10n.msg('"nkey" contains no seed'));
    return { auth: { kind: 'nkey' }, secrets: { seed } };
  }
  if (fields.user_jwt === undefined) return undefined;
  const seed = await value('user_seed');
  const secrets = { jwt: await value('user_jwt'), ...(seed === '' ? {} : { seed }) };
  return { auth: { kind: 'jwt' }, secrets };
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
  if (text === undefined)
    throw new Unusable(l10n.msg('"{0}" refers to {1}://, which is not supported', field, kind));
  return { text };
}

async function resolveReference(
  field: string,
  reference: string,
  places: PathPlaces,
): Promise<string | undefined> {
  switch (scheme(reference)) {
    case 'op':
      throw new Unusable(l10n.msg('reading "{0}" from 1Password (op://) is not supported', field));
    case 'nsc':
      throw new Unusable(l10n.msg('looking up "{0}" with nsc (nsc://) is not supported', field));
    case 'env': {
      const variable = reference.replace(/^env:(\/\/)?/i, '');
      // Whatever a context names: an object's own members are no variables.
      const text = (Object.hasOwn(places.env, variable) ? places.env[variable] : undefined) ?? '';
      if (text === '')
        throw new Unusable(l10n.msg('the variable {0}, used by "{1}", is not set', variable, field));
      return text;
    }
    case 'data': {
      const base64 = /^data:(?:[^,]*;)?\s*base64\s*(?:;[^,]*)?,(.*)$/is.exec(reference)?.[1];
      if (base64 === undefined) throw new Unusable(l10n.msg('"{0}" is not base64 data', field));
      return Buffer.from(base64, 'base64').toString('utf8');
    }
    case 'file': {
      const text = await readTextFile(filePath(reference, places));
      if (!text.ok) throw new Unusable(l10n.msg('the file in "{0}": {1}', field, text.problem.why));
      return text.value;
    }
    default:
      return undefined;
  }
}

function tlsFile(field: string, reference: string, places: PathPlaces): string {
  const kind = scheme(reference);
  if (kind !== undefined && kind !== 'file')
    throw new Unusable(l10n.msg('"{0}" must be a file, not {1}://', field, kind));
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
