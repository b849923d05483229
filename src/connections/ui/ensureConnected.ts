import { window } from 'vscode';
import { ConnectionController, type Ensured, type Worked } from '../connectionController';
import { placeOf, type Bus } from '../../resets/bus';
import * as l10n from '../../util/l10n';
import type { Problem, Result } from '../../util/problem';
import { askForSecrets } from './askForSecrets';
import { chooseProfile, obviousProfile, type Choosing } from './connectionPick';
import type { StoredProfile } from './storedProfile';
import { views } from '../../shell/ids';

/** What connecting needs. */
export interface Connecting extends Choosing {
  readonly controller: ConnectionController<StoredProfile>;
}

/** The window's connection as the features use it that send: by name, or the one in use. */
export interface Connections {
  /** Connects before there is something to send. */
  use(connection?: string): Promise<Ensured>;
  /** Connects and sends; the window goes to no other connection meanwhile. */
  work<R>(connection: string | undefined, run: (bus: Bus) => Promise<R>): Promise<Worked<R>>;
}

const memoryKey = 'res.activeConnection';

/** Creates the owner of the connection, who asks here what only a person knows. */
export function createController(deps: Choosing): ConnectionController<StoredProfile> {
  const { service, store, cli, memory } = deps;
  return new ConnectionController<StoredProfile>(service, {
    // A context is used as it stands in its file now.
    isReadAnew: (id) => id.startsWith('context:'),
    refresh: () => cli.reload(),
    find: (id) => {
      const stored = store.find(id);
      return stored?.problem ? undefined : stored;
    },
    missing: (id) => store.missing(id),
    remember: async (id) => {
      await memory.update(memoryKey, id);
    },
    choose: async () => (await choose(deps, { useMemory: true }))?.id,
    askForSecrets: ({ profile }, fields, kept, signal) => askForSecrets(profile, fields, kept, signal),
    secretsOf: (stored) => store.secretsOf(stored),
    keepSecrets: (stored, secrets) => store.keepSecrets(stored, secrets),
    showProgress: ({ profile: { name } }, connecting) => {
      const title = l10n.t('Connecting to {0}', name);
      void window.withProgress({ location: { viewId: views.connection }, title }, () => connecting);
    },
  });
}

/** The controller for those who know a connection by its name. */
export function connectionsByName({ controller, store, cli }: Connecting): Connections {
  const idOf = async (name: string): Promise<Result<string>> => {
    // Right after the start the contexts of the NATS CLI may not have been read yet.
    if (!store.findByName(name)) await cli.reload();
    const named = store.findByName(name);
    if (named) return { ok: true, value: named.id };
    const remedy = l10n.t('Use the name of a connection in the RES view.');
    const problem: Problem = { what: l10n.t('There is no connection named "{0}"', name), remedy };
    return { ok: false, problem };
  };
  return {
    use: async (name) => {
      if (name === undefined) return controller.use();
      const id = await idOf(name);
      return id.ok ? controller.use(id.value) : { kind: 'failed', problem: id.problem };
    },
    work: async (name, run) => {
      if (name === undefined) return controller.work(undefined, run);
      const id = await idOf(name);
      return id.ok ? controller.work(id.value, run) : { kind: 'failed', problem: id.problem };
    },
  };
}

/** The only or remembered profile, or the one that the person picks or adds; undefined if they don't. */
export function choose(
  deps: Choosing,
  options: { readonly useMemory: boolean },
): Promise<StoredProfile | undefined> {
  return chooseProfile(deps, deps.memory.get<string>(memoryKey), options);
}

/** The name of the connection that `choose` would take from memory without asking. */
export function nextConnection({ store, memory }: Choosing): string | undefined {
  return obviousProfile(store, memory.get<string>(memoryKey))?.profile.name;
}

/** Where a reset on this connection goes to, or on the one that is used without a name, as far as that is known now. */
export function nextPlace({ service, store, memory }: Choosing, name?: string): string {
  const bus = service.bus();
  if (bus && (name === undefined || bus.connection === name)) return placeOf(bus);
  const known =
    name === undefined
      ? (service.active ?? obviousProfile(store, memory.get<string>(memoryKey)))
      : store.findByName(name);
  if (!known) return name ?? l10n.t('the connection that you choose');
  return placeOf({ connection: known.profile.name, server: known.profile.servers.join(', ') });
}
