import { window, type Memento } from 'vscode';
import type { ConnectionProblem } from '../nats/connectionProblem';
import type { ConnectionService } from '../nats/connectionService';
import { secretLabels, type ProfileSecrets, type SecretField } from '../nats/secrets';
import type { Bus } from '../reset/bus';
import type { Problem, Result } from '../util/problem';
import type { CliProfileWatch } from './cliProfileWatch';
import { chooseProfile } from './connectionPick';
import type { ConnectionStore, StoredProfile } from './connectionStore';
import { views } from './ids';

/** A bus to send on; or the person changed their mind; or it can't be had. */
export type Ensured =
  | { readonly kind: 'connected'; readonly bus: Bus }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly problem: Problem; readonly connection?: string };

/** What connecting needs. */
export interface Connecting {
  readonly service: ConnectionService;
  readonly store: ConnectionStore;
  readonly cli: CliProfileWatch;
  /** Where this workspace's connection is remembered. */
  readonly memory: Memento;
}

const memoryKey = 'res.activeConnection';

/**
 * Gives the bus of the named connection, or of the active one, or of the only or remembered one; connects if need be,
 * and asks only what can't be known.
 */
export async function ensureConnected(deps: Connecting, name?: string): Promise<Ensured> {
  const { service, store, cli } = deps;
  if (name !== undefined) {
    // Right after the start the contexts of the NATS CLI may not have been read yet.
    if (!store.findByName(name)) await cli.reload();
    const named = store.findByName(name);
    if (named) return connectTo(deps, named);
    const remedy = 'Use the name of one of the connections in the RES view.';
    return { kind: 'failed', problem: { what: `There is no connection named "${name}"`, remedy } };
  }
  const active = service.bus();
  if (active) return { kind: 'connected', bus: active };
  const known = store.find(service.activeId) ?? (await choose(deps, { useMemory: true }));
  return known ? connectTo(deps, known) : { kind: 'cancelled' };
}

/** Connects by this profile, unless that is done already and need not be done anew, and remembers it for the workspace. */
export async function connectTo(
  deps: Connecting,
  wanted: StoredProfile,
  { anew = false }: { readonly anew?: boolean } = {},
): Promise<Ensured> {
  const { service, store, cli, memory } = deps;
  // A context is used as it stands in its file now.
  if (wanted.source === 'context') await cli.reload();
  const known = store.find(wanted.id);
  if (!known) return { kind: 'failed', problem: goneProblem(cli, wanted) };
  const bus = service.activeId === known.id && !anew ? service.bus() : undefined;
  if (bus) return { kind: 'connected', bus };
  await memory.update(memoryKey, known.id);
  let before: ProfileSecrets | undefined;
  for (;;) {
    const connected = await connectOnce(service, known);
    if (connected.ok) return { kind: 'connected', bus: connected.value };
    const { problem } = connected;
    if (problem.kind !== 'missingSecret' || problem.secret === undefined) {
      // What was just typed in and did not fit is asked for again the next time.
      if (before && isAboutSecrets(problem)) await store.keepSecrets(known, before);
      return { kind: 'failed', problem, connection: known.profile.name };
    }
    const entered = await askForSecret(known, problem.secret);
    if (entered === undefined) return { kind: 'cancelled' };
    const kept = await store.secretsOf(known);
    before ??= kept;
    await store.keepSecrets(known, { ...kept, [problem.secret]: entered });
  }
}

/** Why a profile that was there a moment ago is not there any more. */
function goneProblem(cli: CliProfileWatch, { source, profile: { name } }: StoredProfile): Problem {
  const unusable = cli.unusable.find((one) => one.source === source && one.name === name);
  return unusable?.problem ?? { what: `The connection "${name}" is not there any more` };
}

/** The only or remembered profile, or the one that the person picks or adds; undefined if they don't. */
export function choose(
  deps: Connecting,
  options: { readonly useMemory: boolean },
): Promise<StoredProfile | undefined> {
  return chooseProfile(deps, deps.memory.get<string>(memoryKey), options);
}

function connectOnce(
  service: ConnectionService,
  known: StoredProfile,
): Thenable<Result<Bus, ConnectionProblem>> {
  return window.withProgress(
    { location: { viewId: views.connection }, title: `Connecting to ${known.profile.name}` },
    () => service.connect(known),
  );
}

function isAboutSecrets({ kind }: ConnectionProblem): boolean {
  return kind === 'wrongCredentials' || kind === 'authorizationViolation' || kind === 'tlsFailed';
}

/** A secret that is not on this machine is asked for once. */
function askForSecret({ profile }: StoredProfile, secret: SecretField): Thenable<string | undefined> {
  const { name, servers } = profile;
  const label = secretLabels[secret];
  return window.showInputBox({
    title: `Connect to ${name}`,
    prompt: `The ${label} for ${servers.join(', ')}. It goes to VS Code's secret storage, and nowhere else.`,
    placeHolder: `${label.charAt(0).toUpperCase()}${label.slice(1)}`,
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) => (value === '' ? `Enter the ${label}.` : undefined),
  });
}
