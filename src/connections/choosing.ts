import { placeOf } from '../resets/bus';
import type { ConnectionKey, Connections } from '../resets/connections';
import * as l10n from '../util/l10n';
import type { Memory } from '../util/memory';
import { problemText, type Result } from '../util/problem';
import { ConnectionController } from './connectionController';
import type { ConnectionService } from './connectionService';
import type { CliConnections } from './contexts/cliConnections';
import { newDraft } from './formMessages';
import { readDraft } from './profile/draft';
import type { Prompts } from './prompts';
import type { Redactor } from './redaction/redact';
import type { StoredProfile } from './store/connectionSettings';
import type { ConnectionStore } from './store/connectionStore';

/** What choosing a connection needs. */
export interface Choosing {
  readonly service: Pick<ConnectionService, 'bus' | 'active' | 'activeId'>;
  readonly store: Pick<ConnectionStore, 'find' | 'findMoved' | 'findByName' | 'profiles' | 'saved' | 'save'>;
  readonly cli: Pick<CliConnections, 'reload' | 'selectedId'>;
  /** Where this workspace's connection is remembered. */
  readonly memory: Memory;
  readonly prompts: Pick<Prompts, 'pick' | 'enterServers' | 'show'>;
}

const memoryKey = 'res.activeConnection';

/** Creates the owner of the connection. */
export function createController(
  deps: Choosing & {
    readonly service: ConnectionService;
    readonly store: ConnectionStore;
    readonly prompts: Prompts;
    readonly redactor: Redactor;
  },
): ConnectionController<StoredProfile> {
  const { service, store, cli, memory, prompts, redactor } = deps;
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
    askForSecrets: ({ profile }, fields, kept, signal) =>
      prompts.askForSecrets(profile, fields, kept, signal),
    secretsOf: (stored) => store.secretsOf(stored),
    keepSecrets: (stored, secrets) => store.keepSecrets(stored, secrets),
    redact: (problem) => redactor.problem(problem),
    showProgress: ({ profile: { name } }, connecting) => {
      prompts.showConnecting(name, connecting);
    },
  });
}

/** The only or remembered profile, or the one that the person picks or adds; undefined if they don't. */
export async function choose(
  deps: Choosing,
  { useMemory }: { readonly useMemory: boolean },
): Promise<StoredProfile | undefined> {
  const { service, store, cli, prompts } = deps;
  await cli.reload();
  const profiles = store.profiles();
  if (profiles.length === 0) return addFirst(deps);
  const obvious = useMemory ? obviousProfile(deps) : undefined;
  if (obvious) return obvious;
  const current = service.activeId ?? remembered(deps)?.id;
  return prompts.pick(profiles, l10n.t('Connect to…'), current ?? cli.selectedId);
}

/** The profile that needs no question: the remembered or the only one. */
export function obviousProfile(deps: Pick<Choosing, 'store' | 'memory'>): StoredProfile | undefined {
  const found = remembered(deps);
  if (found) return found;
  // With one that was set up for this extension there is nothing to choose, whatever the NATS CLI knows besides.
  const saved = deps.store.saved();
  if (saved.length === 1) return saved[0];
  const profiles = deps.store.profiles();
  return profiles.length === 1 ? profiles[0] : undefined;
}

/** The connection that is meant, as it stands now. */
export function findConnection(
  { service, store }: Pick<Choosing, 'service' | 'store'>,
  key: ConnectionKey,
): StoredProfile | undefined {
  if (typeof key !== 'string') return store.findMoved(key.id);
  const { active } = service;
  const inUse = active?.profile.name === key ? store.find(active.id) : undefined;
  return inUse ?? store.findByName(key);
}

/** Where a reset on this connection, or on the one that is used without any, goes to, as far as that is known now. */
export function nextPlace(deps: Choosing, key?: ConnectionKey): string {
  const bus = deps.service.bus();
  const known = key === undefined ? (deps.service.active ?? obviousProfile(deps)) : findConnection(deps, key);
  if (bus && bus.id === known?.id) return placeOf(bus);
  if (!known) {
    if (key === undefined) return l10n.t('the connection that you choose');
    return typeof key === 'string' ? key : key.connection;
  }
  return placeOf({ connection: known.profile.name, server: known.profile.servers.join(', ') });
}

/** The controller for those who mean a connection by its name, or just the one that they had before. */
export function connectionsByKey(
  controller: ConnectionController<StoredProfile>,
  choosing: Choosing,
): Connections {
  const idOf = async (name: ConnectionKey | undefined): Promise<Result<string | undefined>> => {
    if (name === undefined) return { ok: true, value: undefined };
    if (typeof name !== 'string') return { ok: true, value: findConnection(choosing, name)?.id ?? name.id };
    // Right after the start the contexts of the NATS CLI may not have been read yet.
    if (!findConnection(choosing, name)) await choosing.cli.reload();
    const named = findConnection(choosing, name);
    if (named) return { ok: true, value: named.id };
    const remedy = l10n.msg('Use the name of a connection in the RES view.');
    return { ok: false, problem: { what: l10n.msg('There is no connection named "{0}"', name), remedy } };
  };
  return {
    use: async (key) => {
      const id = await idOf(key);
      return id.ok ? controller.use(id.value) : { kind: 'failed', problem: id.problem };
    },
    work: async (key, run) => {
      const id = await idOf(key);
      return id.ok ? controller.work(id.value, run) : { kind: 'failed', problem: id.problem };
    },
  };
}

function remembered({ store, memory }: Pick<Choosing, 'store' | 'memory'>): StoredProfile | undefined {
  const id = memory.get(memoryKey);
  return typeof id === 'string' ? store.findMoved(id) : undefined;
}

/** Asks for the servers only; everything else can be changed in the panel later. */
async function addFirst({ store, prompts }: Choosing): Promise<StoredProfile | undefined> {
  const read = (servers: string) => readDraft({ ...newDraft, servers }, {});
  const servers = await prompts.enterServers(newDraft.servers, (typed) => {
    const { problem } = { problem: undefined, ...read(typed) };
    return problem && l10n.textOf(problem.why ?? problem.what);
  });
  if (servers === undefined) return undefined;
  const draft = read(servers);
  const saved = draft.ok ? await store.save(draft.value, { source: 'user' }) : draft;
  if (saved.ok) return saved.value;
  await prompts.show({ ok: false, text: problemText(saved.problem) });
  return undefined;
}
