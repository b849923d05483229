import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Problem, Result } from '../util/problem';
import { parseContextFields, type ContextFields, type ContextTextField } from './contextFields';
import { contextProfile, type ContextProfile } from './contextProfile';
import type { PathPlaces } from './filePath';

/** A profile that the NATS CLI knows, or why it can't be used here. */
export interface CliProfile {
  readonly name: string;
  readonly description?: string;
  /** The context that the one of the environment starts from. */
  readonly basedOn?: string;
  readonly result: Result<ContextProfile>;
}

/** Everything that the NATS CLI would use on this machine. */
export interface CliProfiles {
  readonly contexts: readonly CliProfile[];
  /** The context that `nats context select` chose. */
  readonly selected?: string;
  /** What the environment variables of the CLI say, if any is set. */
  readonly environment?: CliProfile;
}

/** The CLI's folder, whether or not it exists. */
export function cliFolder({ env, home }: PathPlaces): string {
  const config = env['XDG_CONFIG_HOME'];
  return path.join(config === undefined || config === '' ? path.join(home, '.config') : config, 'nats');
}

/** Reads the contexts and the environment. Never rejects: what can't be read is shown as damaged. */
export async function readCliProfiles(places: PathPlaces): Promise<CliProfiles> {
  const folder = cliFolder(places);
  const files = await readdir(path.join(folder, 'context'), { withFileTypes: true }).catch(() => []);
  const names = files
    .filter((file) => !file.isDirectory() && file.name.endsWith('.json') && !file.name.includes('..'))
    .map((file) => file.name.slice(0, -'.json'.length))
    .filter((name) => name !== '')
    .sort();
  const contexts = await Promise.all(names.map((name) => readContext(name, places)));
  const selectedText = await readFile(path.join(folder, 'context.txt'), 'utf8').catch(() => '');
  const selected = selectedText.trim();
  const environment = await readEnvironment(places);
  return {
    contexts: contexts.filter((context) => context !== undefined),
    ...(selected === '' ? {} : { selected }),
    ...(environment ? { environment } : {}),
  };
}

async function readContext(name: string, places: PathPlaces): Promise<CliProfile | undefined> {
  const file = path.join(cliFolder(places), 'context', `${name}.json`);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    return { name, result: damaged(name, `it cannot be read (${codeOf(error)})`) };
  }
  // The CLI takes an empty file for none.
  if (text === '') return undefined;
  const fields = parseContextFields(text);
  if (!fields.ok) return { name, result: damaged(name, fields.problem) };
  return cliProfile(name, fields.value, places, `The NATS CLI context "${name}"`);
}

async function cliProfile(
  name: string,
  fields: ContextFields,
  places: PathPlaces,
  label: string,
): Promise<CliProfile> {
  const made = await contextProfile(name, fields, places);
  const { description } = fields;
  return {
    name,
    ...(description === undefined ? {} : { description }),
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
  const made = await cliProfile(environmentName, fields, places, 'The connection of the environment');
  return contextName === '' ? made : { ...made, basedOn: path.basename(contextName, '.json') };
}

async function fieldsOf(context: string, places: PathPlaces): Promise<Result<ContextFields, string>> {
  const isFile = context.endsWith('.json');
  if (!isFile && /\.\.|[\\/]/.test(context)) return { ok: false, problem: 'it names no context' };
  const file = isFile ? context : path.join(cliFolder(places), 'context', `${context}.json`);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    return { ok: false, problem: `the context "${context}" cannot be read (${codeOf(error)})` };
  }
  return parseContextFields(text);
}

function damaged(name: string, why: string): { ok: false; problem: Problem } {
  const what = `The file of the NATS CLI context "${name}" is damaged`;
  return { ok: false, problem: { what, why, remedy: `Repair it: nats context edit ${name}.` } };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
