import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Problem, Result } from '../util/problem';
import { parseContextFields, type ContextFields, type ContextTextField } from './contextFields';
import { contextProfile, type ContextProfile } from './contextProfile';
import type { PathPlaces } from './filePath';
import type { ProfileOrigin } from './profile';
import { readTextFile, reasonOf } from './textFile';

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

/** Reads the contexts and the environment. Never rejects: each thing that can't be read is told as that, by itself. */
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
    const what = 'The contexts of the NATS CLI cannot be read';
    const why = `the folder ${folder} ${reasonOf(error)}`;
    return { ok: false, problem: { what, why, remedy: 'Make the folder readable.' } };
  }
}

/** The context that the CLI would use; `found` are those that are there, if that is known. */
async function readSelected(
  places: PathPlaces,
  found: readonly CliProfile[] | undefined,
): Promise<{ readonly selected?: string; readonly problem?: Problem }> {
  const file = path.join(cliFolder(places), 'context.txt');
  const text = await readTextFile(file);
  const what = 'The context that is selected for the NATS CLI cannot be told';
  if (!text.ok) {
    if (text.problem.isMissing) return {};
    const why = `the file ${file} ${text.problem.why}`;
    return { problem: { what, why, remedy: 'Select one anew: nats context select.' } };
  }
  const selected = text.value.trim();
  if (selected === '') return {};
  if (!found || found.some(({ name }) => name === selected)) return { selected };
  return {
    problem: {
      what: `The context "${selected}", which is selected for the NATS CLI, does not exist`,
      why: 'there is no file for it, or an empty one',
      remedy: 'Select another: nats context select.',
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
    const what = `"${name}" of the NATS CLI cannot be used here`;
    const problem = { what, why: `reading it failed (${kind})`, remedy: 'Report it with the log, please.' };
    return { name, result: { ok: false, problem } };
  }
}

async function readContext(name: string, places: PathPlaces): Promise<CliProfile | undefined> {
  const file = path.join(cliFolder(places), 'context', `${name}.json`);
  const text = await readTextFile(file);
  if (!text.ok) {
    const what = `The file of the NATS CLI context "${name}" cannot be read`;
    const remedy = `Make ${file} a file that you can read.`;
    return { name, result: { ok: false, problem: { what, why: `it ${text.problem.why}`, remedy } } };
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
  const label = origin === 'context' ? `The NATS CLI context "${name}"` : 'The connection of the environment';
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
            what: `${label} cannot be used here`,
            why: made.problem,
            remedy: 'Add a connection for it, or change it with the NATS CLI.',
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
export const environmentName = 'Environment';

async function readEnvironment(places: PathPlaces): Promise<CliProfile | undefined> {
  const { env } = places;
  const set = variables.filter(([variable]) => (env[variable] ?? '') !== '');
  const contextName = env['NATS_CONTEXT'] ?? '';
  if (set.length === 0 && contextName === '') return undefined;
  const names = [...(contextName === '' ? [] : ['NATS_CONTEXT']), ...set.map(([variable]) => variable)];
  const description = `From ${names.join(', ')}`;

  const base = contextName === '' ? { ok: true as const, value: {} } : await fieldsOf(contextName, places);
  if (!base.ok) {
    const what = 'The connection of the environment cannot be used';
    const remedy = 'Correct NATS_CONTEXT, then start VS Code again.';
    const problem: Problem = { what, why: `NATS_CONTEXT: ${base.problem}`, remedy };
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

async function fieldsOf(context: string, places: PathPlaces): Promise<Result<ContextFields, string>> {
  const isFile = context.endsWith('.json');
  if (!isFile && /\.\.|[\\/]/.test(context)) return { ok: false, problem: 'it names no context' };
  const file = isFile ? context : path.join(cliFolder(places), 'context', `${context}.json`);
  const text = await readTextFile(file);
  if (text.ok) return parseContextFields(text.value);
  return { ok: false, problem: `the file of the context "${context}" ${text.problem.why}` };
}

function damaged(name: string, why: string): { ok: false; problem: Problem } {
  const what = `The file of the NATS CLI context "${name}" is damaged`;
  return { ok: false, problem: { what, why, remedy: `Repair it: nats context edit ${name}.` } };
}
