import { readdir } from 'node:fs/promises';
import path from 'node:path';
import * as l10n from '../../util/l10n';
import type { Problem, Result } from '../../util/problem';
import { parseContextFields, type ContextFields, type ContextTextField } from './contextFields';
import { contextProfile, type ContextProfile } from './contextProfile';
import type { PathPlaces } from '../profile/filePath';
import type { ProfileOrigin } from '../profile/profile';
import { readTextFile, reasonOf } from '../profile/textFile';

/** A profile that the NATS CLI knows, or why it can't be used here. */
export interface CliProfile {
  readonly name: string;
  readonly description?: string;
  /** The context that the one of the environment starts from. */
  readonly basedOn?: string;
  /** What a command must name to run on it: a context, as the CLI takes it, or else the profile's servers. */
  readonly target?: { readonly context?: string; readonly usesOwnServers?: boolean };
  readonly result: Result<ContextProfile>;
}

/** Everything that the NATS CLI would use on this machine. */
export interface CliProfiles {
  readonly contexts: readonly CliProfile[];
  /** The context that `nats context select` chose. */
  readonly selected?: string;
  /** What the environment variables of the CLI say, if any is set. */
  readonly environment?: CliProfile;
  /** What could not be read besides the contexts, and why. */
  readonly problems?: readonly Problem[];
}

/** The CLI's folder, whether or not it exists. */
export function cliFolder({ env, home }: PathPlaces): string {
  const config = env['XDG_CONFIG_HOME'];
  return path.join(config === undefined || config === '' ? path.join(home, '.config') : config, 'nats');
}

/** Reads the contexts and the environment. Never rejects: each thing that can't be read is reported by itself. */
export async function readCliProfiles(places: PathPlaces): Promise<CliProfiles> {
  const listed = await contextNames(places);
  const names = listed.ok ? listed.value : [];
  const contexts = await Promise.all(names.map((name) => unfailing(name, readContext(name, places))));
  const environment = await unfailing(environmentName, readEnvironment(places));
  const found = contexts.filter((context) => context !== undefined);
  const { selected, problem } = await readSelected(places, listed.ok ? found : undefined);
  const problems = [...(listed.ok ? [] : [listed.problem]), ...(problem ? [problem] : [])];
  return {
    contexts: found,
    ...(selected === undefined ? {} : { selected }),
    ...(environment ? { environment } : {}),
    ...(problems.length === 0 ? {} : { problems }),
  };
}

async function contextNames(places: PathPlaces): Promise<Result<readonly string[]>> {
  const folder = path.join(cliFolder(places), 'context');
  try {
    const files = await readdir(folder, { withFileTypes: true });
    const names = files
      .filter((file) => !file.isDirectory() && file.name.endsWith('.json') && !file.name.includes('..'))
      .map((file) => file.name.slice(0, -'.json'.length));
    return { ok: true, value: names.filter((name) => name !== '').sort() };
  } catch (error) {
    // Where the CLI was never used, there is none.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { ok: true, value: [] };
    const what = l10n.msg('The NATS CLI contexts cannot be read');
    const why = l10n.msg('{0}: {1}', folder, reasonOf(error));
    return { ok: false, problem: { what, why, remedy: l10n.msg('Allow reading the folder.') } };
  }
}

/** The context that the CLI would use; `found` are those that are there, if that is known. */
async function readSelected(
  places: PathPlaces,
  found: readonly CliProfile[] | undefined,
): Promise<{ readonly selected?: string; readonly problem?: Problem }> {
  const file = path.join(cliFolder(places), 'context.txt');
  const text = await readTextFile(file);
  const what = l10n.msg('The selected NATS CLI context cannot be read');
  if (!text.ok) {
    if (text.problem.isMissing) return {};
    const why = l10n.msg('{0}: {1}', file, text.problem.why);
    return { problem: { what, why, remedy: l10n.msg('Select one again: nats context select.') } };
  }
  const selected = text.value.trim();
  if (selected === '') return {};
  if (!found || found.some(({ name }) => name === selected)) return { selected };
  return {
    problem: {
      what: l10n.msg('The selected NATS CLI context "{0}" does not exist', selected),
      why: l10n.msg('its file is missing or empty'),
      remedy: l10n.msg('Select another: nats context select.'),
    },
  };
}

/** Whatever goes wrong with one profile must not take the others away. */
async function unfailing(
  name: string,
  reading: Promise<CliProfile | undefined>,
): Promise<CliProfile | undefined> {
  try {
    return await reading;
  } catch (error) {
    // The message might quote a secret; the kind of the error does not.
    const kind = error instanceof Error ? error.constructor.name : typeof error;
    const what = l10n.msg('The NATS CLI context "{0}" cannot be used here', name);
    const problem = {
      what,
      why: l10n.msg('reading it failed ({0})', kind),
      remedy: l10n.msg('Report this, with the log.'),
    };
    return { name, result: { ok: false, problem } };
  }
}

async function readContext(name: string, places: PathPlaces): Promise<CliProfile | undefined> {
  const file = path.join(cliFolder(places), 'context', `${name}.json`);
  const text = await readTextFile(file);
  if (!text.ok) {
    const what = l10n.msg('The file of the NATS CLI context "{0}" cannot be read', name);
    const remedy = l10n.msg('Correct the file {0}, or allow reading it.', file);
    return {
      name,
      result: { ok: false, problem: { what, why: text.problem.why, remedy } },
    };
  }
  // The CLI takes an empty file for none.
  if (text.value === '') return undefined;
  const fields = parseContextFields(text.value);
  if (!fields.ok) return { name, result: damaged(name, fields.problem) };
  return cliProfile(name, fields.value, places, 'context');
}

async function cliProfile(
  name: string,
  fields: ContextFields,
  places: PathPlaces,
  origin: ProfileOrigin,
): Promise<CliProfile> {
  const made = await contextProfile(name, fields, places, origin);
  const what =
    origin === 'context'
      ? l10n.msg('The NATS CLI context "{0}" cannot be used here', name)
      : l10n.msg('The connection from the environment variables cannot be used here');
  const { description } = fields;
  return {
    name,
    ...(description === undefined ? {} : { description }),
    // Where it is set, the CLI prefers it to the context's own servers; a flag goes before both.
    ...(origin === 'context'
      ? { target: { context: name, usesOwnServers: (places.env['NATS_URL'] ?? '') !== '' } }
      : {}),
    result: made.ok
      ? made
      : {
          ok: false,
          problem: {
            what,
            why: made.problem,
            remedy: l10n.msg('Add a connection instead, or change it with the NATS CLI.'),
          },
        },
  };
}

/** The CLI's variables, and the field that each gives. */
const variables: readonly (readonly [string, ContextTextField])[] = [
  ['NATS_URL', 'url'],
  ['NATS_USER', 'user'],
  ['NATS_PASSWORD', 'password'],
  ['NATS_TOKEN', 'token'],
  ['NATS_CREDS', 'creds'],
  ['NATS_NKEY', 'nkey'],
  ['NATS_JWT', 'user_jwt'],
  ['NATS_SEED', 'user_seed'],
  ['NATS_CERT', 'cert'],
  ['NATS_KEY', 'key'],
  ['NATS_CA', 'ca'],
  ['NATS_SOCKS_PROXY', 'socks_proxy'],
];

/** What the profile of the environment is called. */
const environmentName = 'Environment';

async function readEnvironment(places: PathPlaces): Promise<CliProfile | undefined> {
  const { env } = places;
  const set = variables.filter(([variable]) => (env[variable] ?? '') !== '');
  const contextName = env['NATS_CONTEXT'] ?? '';
  if (set.length === 0 && contextName === '') return undefined;
  const names = [...(contextName === '' ? [] : ['NATS_CONTEXT']), ...set.map(([variable]) => variable)];
  const description = l10n.t('From {0}', names.join(', '));

  const base = contextName === '' ? { ok: true as const, value: {} } : await fieldsOf(contextName, places);
  if (!base.ok) {
    const what = l10n.msg('The connection from the environment variables cannot be used');
    const remedy = l10n.msg('Correct NATS_CONTEXT, then restart VS Code.');
    const problem: Problem = { what, why: l10n.msg('NATS_CONTEXT: {0}', base.problem), remedy };
    return { name: environmentName, description, result: { ok: false, problem } };
  }
  const given: Partial<Record<ContextTextField, string>> = Object.fromEntries(
    set.map(([variable, field]) => [field, env[variable]]),
  );
  // For the CLI, a user without a password is a token.
  if (given.user !== undefined && given.password === undefined) {
    given.token = given.user;
    delete given.user;
  }
  const fields = { ...base.value, ...given, description };
  const made = await cliProfile(environmentName, fields, places, 'environment');
  if (contextName === '') return made;
  const target = { context: contextName, usesOwnServers: given.url !== undefined };
  return { ...made, basedOn: path.basename(contextName, '.json'), target };
}

async function fieldsOf(context: string, places: PathPlaces): Promise<Result<ContextFields, l10n.Text>> {
  const isFile = context.endsWith('.json');
  if (!isFile && /\.\.|[\\/]/.test(context))
    return { ok: false, problem: l10n.msg('it is not the name of a context') };
  const file = isFile ? context : path.join(cliFolder(places), 'context', `${context}.json`);
  const text = await readTextFile(file);
  if (text.ok) return parseContextFields(text.value);
  return { ok: false, problem: l10n.msg('the file of the context "{0}": {1}', context, text.problem.why) };
}

function damaged(name: string, why: l10n.Text): { ok: false; problem: Problem } {
  const what = l10n.msg('The file of the NATS CLI context "{0}" is invalid', name);
  return { ok: false, problem: { what, why, remedy: l10n.msg('Correct it: nats context edit {0}.', name) } };
}
