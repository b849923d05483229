import * as l10n from '../../util/l10n';
import type { Problem, Result } from '../../util/problem';
import { misplacedSecret, type FieldReason } from './misplacedSecret';
import {
  authKinds,
  defaultTls,
  profileColors,
  profileIcons,
  tlsModes,
  type ConnectionProfile,
  type ProfileAuth,
  type ProfileTls,
} from './profile';
import type { ProfileSecrets } from './secrets';
import { parseServers, secretsInUrl, type UrlCredentials } from './servers';
import { parseWrittenServers } from './writtenServers';

/** What one entry says: the profile, as it is written, if it can be understood; and what is wrong with it. */
export interface ParsedProfile {
  readonly profile?: ConnectionProfile;
  /** Secrets that somebody wrote into a server's URL by hand. */
  readonly ownSecrets?: ProfileSecrets;
  readonly problems: readonly Problem[];
}

/** One entry of the list in settings. */
export interface ProfileEntry extends ParsedProfile {
  readonly index: number;
  /** As it stands in settings; an edit of another entry leaves it as it is. */
  readonly raw: unknown;
}

/** What the setting `res.connections` holds in one place. */
export interface ProfileList {
  readonly entries: readonly ProfileEntry[];
  /** The value is not a list at all: it must be repaired before anything is added. */
  readonly problem?: Problem;
}

const setting = 'res.connections';

/** Reads the setting as it is written. A bad entry is reported and keeps its place; the good ones stay usable. */
export function parseProfiles(value: unknown): ProfileList {
  if (value === undefined || value === null) return { entries: [] };
  if (!Array.isArray(value)) {
    const what = l10n.t('The setting {0} is not a list', setting);
    return { entries: [], problem: { what, remedy: l10n.t('Correct it in the settings file.') } };
  }
  const names = new Set<string>();
  const entries = value.map((raw: unknown, index): ProfileEntry => {
    const entry = { index, raw, ...parseProfile(raw, index, parseWrittenServers) };
    if (!entry.profile) return entry;
    const { name } = entry.profile;
    if (!names.has(name)) {
      names.add(name);
      return entry;
    }
    const what = l10n.t('Connection {0} in {1} was ignored', index + 1, setting);
    return {
      index,
      raw,
      problems: [
        {
          what,
          why: l10n.t('another connection is also named "{0}"', name),
          remedy: l10n.t('Rename one of them.'),
        },
      ],
    };
  });
  return { entries };
}

/** Reads one entry of the list. */
export function parseProfile(raw: unknown, index = 0, readServers = parseServers): ParsedProfile {
  const misplaced = isRecord(raw) ? misplacedSecret(raw) : undefined;
  const unusable = (reason: Pick<Problem, 'why' | 'field'>): ParsedProfile => {
    const name = isRecord(raw) && misplaced === undefined ? raw['name'] : undefined;
    const label = typeof name === 'string' ? `"${name}"` : index + 1;
    const remedy = l10n.t('Correct it in the settings file.');
    return {
      problems: [{ what: l10n.t('Connection {0} in {1} cannot be used', label, setting), ...reason, remedy }],
    };
  };
  if (!isRecord(raw)) return unusable({ why: l10n.t('it is not an object') });
  if (misplaced) return unusable(misplaced);
  const { name, servers: serverTexts, inboxPrefix } = raw;
  if (typeof name !== 'string') return unusable(mustBe('name', 'string'));
  if (name.trim() === '') return unusable(isEmpty('name'));
  if (typeof serverTexts !== 'string' && !isTextList(serverTexts)) {
    return unusable(mustBe('servers', 'strings'));
  }
  const servers = readServers(serverTexts);
  if (!servers.ok) return unusable({ why: servers.problem.why ?? servers.problem.what, field: 'servers' });
  const { credentials } = servers.value;
  const auth = parseAuth(raw, credentials);
  if (!auth.ok) return unusable(auth.problem);
  const tls = parseTls(raw['tls']);
  if (!tls.ok) return unusable(tls.problem);
  if (inboxPrefix !== undefined && typeof inboxPrefix !== 'string')
    return unusable(mustBe('inboxPrefix', 'string'));

  const problems: Problem[] = [];
  const ignored = (why: string, remedy: string): void => {
    problems.push({
      what: l10n.t('Connection "{0}" in {1} was loaded with corrections', name, setting),
      why,
      remedy,
    });
  };
  // Anything but a plain "no" protects: a typing mistake must not take the question away.
  const isProtected = raw['protected'] !== undefined && raw['protected'] !== false;
  if (isProtected && raw['protected'] !== true)
    ignored(l10n.t('"protected" must be true or false'), l10n.t('It was taken as true.'));
  const color = profileColors.find((known) => known === raw['color']);
  if (color === undefined && raw['color'] !== undefined) {
    ignored(l10n.t('"color" is unknown'), l10n.t('Use one of {0}.', profileColors.join(', ')));
  }
  const icon = profileIcons.find((known) => known === raw['icon']);
  if (icon === undefined && raw['icon'] !== undefined) {
    ignored(l10n.t('"icon" is unknown'), l10n.t('Use one of {0}.', profileIcons.join(', ')));
  }
  if (credentials) {
    ignored(
      l10n.t('a server URL contains credentials'),
      l10n.t('Edit and save the connection to move them to the secret storage.'),
    );
  }
  for (const field of ['password', 'token', 'seed', 'jwt']) {
    if (raw[field] !== undefined)
      ignored(
        l10n.t('"{0}" is not read from settings', field),
        l10n.t('Edit the connection and enter it there.'),
      );
  }
  return {
    profile: {
      name: name.trim(),
      servers: servers.value.servers,
      auth: auth.value,
      tls: tls.value,
      protected: isProtected,
      ...(color === undefined ? {} : { color }),
      ...(icon === undefined ? {} : { icon }),
      ...(inboxPrefix === undefined || inboxPrefix === '' ? {} : { inboxPrefix }),
    },
    ...(credentials ? { ownSecrets: secretsInUrl(credentials) } : {}),
    problems,
  };
}

function parseAuth(
  raw: Record<string, unknown>,
  url: UrlCredentials | undefined,
): Result<ProfileAuth, FieldReason> {
  const { auth, user, credsFile, nkeyFile } = raw;
  // What is meant for one user must not be presented as another one's, nor be left out without a word.
  if (auth !== undefined && url && (auth !== url.kind || (url.kind === 'password' && user !== url.user))) {
    return {
      ok: false,
      problem: {
        field: 'servers',
        why: l10n.t('the credentials in its server URLs contradict its authentication'),
      },
    };
  }
  if (auth === undefined && url) {
    const value = url.kind === 'token' ? { kind: url.kind } : { kind: url.kind, user: url.user };
    return { ok: true, value };
  }
  const kind = auth === undefined ? 'none' : authKinds.find((known) => known === auth);
  switch (kind) {
    case undefined:
      return { ok: false, problem: mustBe('auth', authKinds) };
    case 'password':
      if (user === undefined || user === '') return { ok: true, value: { kind } };
      if (typeof user !== 'string') return { ok: false, problem: mustBe('user', 'string') };
      return { ok: true, value: { kind, user } };
    case 'creds':
      if (credsFile === '') return { ok: false, problem: isEmpty('credsFile') };
      if (typeof credsFile !== 'string') return { ok: false, problem: mustBe('credsFile', 'string') };
      return { ok: true, value: { kind, file: credsFile } };
    case 'nkey':
      if (nkeyFile === undefined || nkeyFile === '') return { ok: true, value: { kind } };
      if (typeof nkeyFile !== 'string') return { ok: false, problem: mustBe('nkeyFile', 'string') };
      return { ok: true, value: { kind, file: nkeyFile } };
    default:
      return { ok: true, value: { kind } };
  }
}

function parseTls(raw: unknown): Result<ProfileTls, FieldReason> {
  if (raw === undefined) return { ok: true, value: defaultTls };
  if (!isRecord(raw)) return { ok: false, problem: mustBe('tls', 'object') };
  const mode = raw['mode'] === undefined ? defaultTls.mode : tlsModes.find((known) => known === raw['mode']);
  if (mode === undefined) return { ok: false, problem: mustBe('tls.mode', tlsModes) };
  const texts: { caFile?: string; certFile?: string; keyFile?: string; serverName?: string } = {};
  for (const field of ['caFile', 'certFile', 'keyFile', 'serverName'] as const) {
    const text = raw[field];
    if (text === undefined || text === '') continue;
    if (typeof text !== 'string') return { ok: false, problem: mustBe(`tls.${field}`, 'string') };
    texts[field] = text;
  }
  const flags = { handshakeFirst: defaultTls.handshakeFirst, verify: defaultTls.verify };
  for (const field of ['handshakeFirst', 'verify'] as const) {
    const flag = raw[field];
    if (flag === undefined) continue;
    if (typeof flag !== 'boolean') return { ok: false, problem: mustBe(`tls.${field}`, 'flag') };
    flags[field] = flag;
  }
  return { ok: true, value: { mode, ...texts, ...flags } };
}

function mustBe(
  field: string,
  what: 'string' | 'strings' | 'object' | 'flag' | readonly string[],
): FieldReason {
  switch (what) {
    case 'string':
      return { field, why: l10n.t('"{0}" must be a string', field) };
    case 'strings':
      return { field, why: l10n.t('"{0}" must be a string or a list of strings', field) };
    case 'object':
      return { field, why: l10n.t('"{0}" must be an object', field) };
    case 'flag':
      return { field, why: l10n.t('"{0}" must be true or false', field) };
    default:
      return { field, why: l10n.t('"{0}" must be one of {1}', field, what.join(', ')) };
  }
}

function isEmpty(field: string): FieldReason {
  return { field, why: l10n.t('"{0}" is empty', field) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
