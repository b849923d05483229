import { window, type Memento } from 'vscode';
import type { ConnectionService } from '../nats/connectionService';
import type { Bus } from '../reset/bus';
import type { Problem } from '../util/problem';
import { newDraft } from '../webview/messages';
import { readDraft } from './connectionDraft';
import type { ConnectionStore, StoredProfile } from './connectionStore';

/** A bus to send on; or the person changed their mind; or it can't be had. */
export type Ensured =
  | { readonly kind: 'connected'; readonly bus: Bus }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly problem: Problem };

/** What connecting needs. */
export interface Connecting {
  readonly service: ConnectionService;
  readonly store: ConnectionStore;
  /** Where this workspace's connection is remembered. */
  readonly memory: Memento;
}

const memoryKey = 'res.activeConnection';

/**
 * Gives the bus of the named connection, or of the active one, or of the only or remembered one; connects if need be,
 * and asks only what can't be known.
 */
export async function ensureConnected(deps: Connecting, name?: string): Promise<Ensured> {
  const { service, store } = deps;
  if (name !== undefined) {
    const named = store.findByName(name);
    if (named) return connectTo(deps, named);
    const remedy = 'Use the name of one of the connections in the RES view.';
    return { kind: 'failed', problem: { what: `There is no connection named "${name}"`, remedy } };
  }
  const active = service.bus();
  if (active) return { kind: 'connected', bus: active };
  const known = store.find(service.activeId) ?? (await chooseProfile(deps, { useMemory: true }));
  return known ? connectTo(deps, known) : { kind: 'cancelled' };
}

/** Connects by this profile, unless that is done already, and remembers it for the workspace. */
export async function connectTo({ service, memory }: Connecting, known: StoredProfile): Promise<Ensured> {
  const bus = service.activeId === known.id ? service.bus() : undefined;
  if (bus) return { kind: 'connected', bus };
  await memory.update(memoryKey, known.id);
  const connected = await window.withProgress(
    { location: { viewId: 'res.connection' }, title: `Connecting to ${known.profile.name}` },
    () => service.connect(known),
  );
  return connected.ok
    ? { kind: 'connected', bus: connected.value }
    : { kind: 'failed', problem: connected.problem };
}

/** The only or remembered profile, or the one that the person picks or adds; undefined if they don't. */
export async function chooseProfile(
  { service, store, memory }: Connecting,
  { useMemory }: { readonly useMemory: boolean },
): Promise<StoredProfile | undefined> {
  const profiles = store.profiles();
  if (profiles.length === 0) return addFirst(store);
  const remembered = store.find(memory.get<string>(memoryKey));
  if (useMemory) {
    if (profiles.length === 1) return profiles[0];
    if (remembered) return remembered;
  }
  return pickProfile(profiles, 'Connect to…', service.activeId ?? remembered?.id);
}

/** Lets the person pick one of the profiles; the one with `currentId` stands first. */
export async function pickProfile(
  profiles: readonly StoredProfile[],
  placeHolder: string,
  currentId?: string,
): Promise<StoredProfile | undefined> {
  const items = profiles.map((stored) => ({
    label: `${stored.profile.protected ? '$(lock)' : '$(plug)'} ${stored.profile.name}`,
    description: [stored.id === currentId ? 'current' : '', stored.scope === 'workspace' ? 'workspace' : '']
      .filter((part) => part !== '')
      .join(', '),
    detail:
      stored.profile.servers.join(', ') +
      (stored.profile.tls.verify ? '' : ' — certificates are not verified'),
    stored,
  }));
  items.sort((a, b) => Number(b.stored.id === currentId) - Number(a.stored.id === currentId));
  return (await window.showQuickPick(items, { placeHolder, matchOnDetail: true }))?.stored;
}

/** Asks for the address only; everything else can be changed in the panel later. */
async function addFirst(store: ConnectionStore): Promise<StoredProfile | undefined> {
  const servers = await window.showInputBox({
    title: 'Connect to NATS',
    prompt: 'No connection is set up yet. Where is the NATS server?',
    value: newDraft.servers,
    ignoreFocusOut: true,
    validateInput: (value) => {
      const read = readDraft({ ...newDraft, servers: value }, {});
      return read.ok ? undefined : (read.problem.why ?? read.problem.what);
    },
  });
  if (servers === undefined) return undefined;
  const read = readDraft({ ...newDraft, servers }, {});
  const saved = read.ok ? await store.save(read.value, 'user') : read;
  if (saved.ok) return saved.value;
  void window.showErrorMessage(saved.problem.what);
  return undefined;
}
