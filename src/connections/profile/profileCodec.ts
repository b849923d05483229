import * as l10n from '../../util/l10n';
import type { Problem, Result } from '../../util/problem';
import { isRecord } from '../../util/record';
import {
  defaultValues,
  fieldList,
  isUsed,
  valueAt,
  valueFields,
  type FieldValues,
  type ValueField,
} from './fields';
import { misplacedSecret, type FieldReason } from './misplacedSecret';
import { profileOf, valuesOf, type ConnectionProfile } from './profile';
import type { ProfileSecrets } from './secrets';
import { authInUrl, parseServers, secretsInUrl, type UrlCredentials } from './servers';
import { parseWrittenServers } from './writtenServers';

/** One entry: its profile as it is written, if it can be read, and the problems with it. */
interface ParsedProfile {
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
    const what = l10n.msg('The setting {0} is not a list', setting);
    return { entries: [], problem: { what, remedy: l10n.msg('Correct it in the settings file.') } };
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
    const what = l10n.msg('Connection {0} in {1} was ignored', index + 1, setting);
    const why = l10n.msg('another connection is also named "{0}"', name);
    return { index, raw, problems: [{ what, why, remedy: l10n.msg('Rename one of them.') }] };
  });
  return { entries };
}

/** Reads one entry of the list. */
export function parseProfile(raw: unknown, index = 0, readServers = parseServers): ParsedProfile {
  const misplaced = isRecord(raw) ? misplacedSecret(raw) : undefined;
  const unusable = (reason: Pick<Problem, 'why' | 'field'>): ParsedProfile => {
    const name = isRecord(raw) && misplaced === undefined ? raw['name'] : undefined;
    const label = typeof name === 'string' ? `"${name}"` : index + 1;
    const remedy = l10n.msg('Correct it in the settings file.');
    return {
      problems: [
        { what: l10n.msg('Connection {0} in {1} cannot be used', label, setting), ...reason, remedy },
      ],
    };
  };
  if (!isRecord(raw)) return unusable({ why: l10n.msg('it is not an object') });
  if (misplaced) return unusable(misplaced);
  const read = readValues(raw);
  if (!read.ok) return unusable(read.problem);
  const { values, servers: serverTexts, corrections } = read.value;
  const servers = readServers(serverTexts);
  if (!servers.ok) return unusable({ why: servers.problem.why ?? servers.problem.what, field: 'servers' });
  const { credentials } = servers.value;
  if (credentials && contradicts(raw, credentials)) {
    const why = l10n.msg('the credentials in its server URLs contradict its authentication');
    return unusable({ field: 'servers', why });
  }
  const profile = profileOf(values, servers.value.servers);
  if (credentials) {
    const why = l10n.msg('a server URL contains credentials');
    const remedy = l10n.msg('Edit and save the connection to move them to the secret storage.');
    corrections.push({ why, remedy });
  }
  for (const { kind, path } of fieldList) {
    if (kind !== 'secret' || valueAt(raw, path) === undefined) continue;
    const why = l10n.msg('"{0}" is not read from settings', path);
    corrections.push({ why, remedy: l10n.msg('Edit the connection and enter it there.') });
  }
  const what = l10n.msg('Connection "{0}" in {1} was loaded with corrections', values.name, setting);
  return {
    // Credentials in the URL speak for themselves where nothing else was chosen.
    profile:
      credentials && raw['auth'] === undefined ? { ...profile, auth: authInUrl(credentials) } : profile,
    ...(credentials ? { ownSecrets: secretsInUrl(credentials) } : {}),
    problems: corrections.map((correction) => ({ what, ...correction })),
  };
}

/**
 * The entry for settings: the fields of the profile, and whatever else stood in the entry before that this version
 * does not know.
 */
export function serializeProfile(profile: ConnectionProfile, before: unknown = {}): Record<string, unknown> {
  const known = new Set(valueFields.map(({ path }) => path.replace(/\..*/, '')));
  const others = isRecord(before) ? Object.entries(before).filter(([field]) => !known.has(field)) : [];
  const entry = serializeValues(valuesOf(profile));
  return { ...entry, servers: [...profile.servers], ...Object.fromEntries(others) };
}

/** The entry for settings: the fields that count, unless they say what goes without saying. */
export function serializeValues(values: FieldValues): Record<string, unknown> {
  const entry: Record<string, unknown> = {};
  for (const field of valueFields) {
    const { key, path } = field;
    const isNeeded = 'isRequired' in field || values[key] !== defaultValues[key];
    if (!isNeeded || !isUsed(key, values)) continue;
    const [first, second] = path.split('.');
    if (second === undefined) entry[path] = values[key];
    else entry[first ?? ''] = { ...(entry[first ?? ''] as object | undefined), [second]: values[key] };
  }
  return entry;
}

interface ReadValues {
  readonly values: FieldValues;
  readonly servers: string | readonly string[];
  /** What was wrong, and was read as something else. */
  readonly corrections: { readonly why: l10n.Text; readonly remedy: l10n.Text }[];
}

/** What stands in the fields that count. */
function readValues(raw: Readonly<Record<string, unknown>>): Result<ReadValues, FieldReason> {
  const parents = new Set(valueFields.flatMap(({ path }) => path.match(/.*(?=\.)/) ?? []));
  for (const field of parents) {
    const value = raw[field];
    if (value !== undefined && !isRecord(value))
      return { ok: false, problem: { field, why: l10n.msg('"{0}" must be an object', field) } };
  }
  const { servers } = raw;
  const values: { -readonly [Key in keyof FieldValues]: unknown } = { ...defaultValues };
  const corrections: ReadValues['corrections'] = [];
  for (const field of valueFields) {
    const { key, path } = field;
    const value = valueAt(raw, path);
    if (!isUsed(key, values as FieldValues)) continue;
    if (value === undefined && !('isRequired' in field)) continue;
    const why = whyWrong(field, value);
    if (why === undefined) values[key] = value;
    else if (!('isLenient' in field)) return { ok: false, problem: { field: path, why } };
    else if (field.kind === 'flag') {
      values[key] = true;
      corrections.push({ why, remedy: l10n.msg('It was taken as true.') });
    } else {
      const known = field.values.filter((one) => one !== '').join(', ');
      corrections.push({
        why: l10n.msg('"{0}" is unknown', path),
        remedy: l10n.msg('Use one of {0}.', known),
      });
    }
  }
  return {
    ok: true,
    value: { values: values as FieldValues, servers: servers as string | string[], corrections },
  };
}

function whyWrong(field: ValueField, value: unknown): l10n.Code | undefined {
  const { path } = field;
  switch (field.kind) {
    case 'servers':
      return typeof value === 'string' || isTextList(value)
        ? undefined
        : l10n.msg('"{0}" must be a string or a list of strings', path);
    case 'text':
    case 'path':
      if (typeof value !== 'string') return l10n.msg('"{0}" must be a string', path);
      return field.isRequired && value.trim() === '' ? l10n.msg('"{0}" is empty', path) : undefined;
    case 'choice': {
      const known = field.values.filter((one) => one !== '');
      const isKnown = known.some((one) => one === value);
      return isKnown ? undefined : l10n.msg('"{0}" must be one of {1}', path, known.join(', '));
    }
    case 'flag':
      return typeof value === 'boolean' ? undefined : l10n.msg('"{0}" must be true or false', path);
  }
}

/** What is meant for one user must not be presented as another one's, nor be left out without a word. */
function contradicts({ auth, user = '' }: Readonly<Record<string, unknown>>, url: UrlCredentials): boolean {
  if (auth === undefined) return false;
  return auth !== url.kind || (url.kind === 'password' && user !== url.user);
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
