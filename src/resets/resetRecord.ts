import type { SystemMessage } from '../res/systemMessage';
import type { Observation } from './observe/observation';
import type { Problem } from '../util/problem';
import type { ConnectionKey } from './connections';

/**
 * What made a reset: the palette, a code lens, the history, the resources view, another extension or keybinding, a task, an
 * agent's tool; by itself, because a file was saved, a service restarted or NATS came back; or somebody else on the bus. `self`:
 * the service itself, so that nothing was sent after its restart.
 */
export type Origin =
  | 'command'
  | 'codeLens'
  | 'history'
  | 'resources'
  | 'api'
  | 'task'
  | 'tool'
  | 'save'
  | 'restart'
  | 'reconnect'
  | 'received'
  | 'self';

/**
 * How far a reset came. `requested`: asked for, not handed to the connection yet. `published`: the server confirmed it
 * and raised no permission error; the observation says what the gateways did then. `rejected`: the server denied it. `failed`: it can't be said to have arrived.
 */
export type ResetState =
  | { readonly kind: 'requested' }
  | { readonly kind: 'sending' }
  | { readonly kind: 'published'; readonly server: string; readonly observation?: Observation }
  /** Somebody else published it. */
  | { readonly kind: 'received'; readonly observation?: Observation }
  | { readonly kind: 'rejected' | 'failed'; readonly problem: Problem; readonly server?: string };

/** The whole life of one reset, from which every view derives what it shows. */
export interface ResetRecord {
  readonly id: string;
  /** When it was asked for, in milliseconds since 1970. */
  readonly time: number;
  readonly origin: Origin;
  readonly message: SystemMessage;
  /** How many patterns or token ids of somebody else's message were not kept: it was too long. */
  readonly leftOut?: number;
  /** The name of the connection; absent where none could be chosen. */
  readonly connection?: string;
  /** Its id, where that was known: another connection can have the same name. */
  readonly connectionId?: string;
  readonly state: ResetState;
}

/** The connection of a record; of what was stored without an id the name alone is known. */
export function connectionOf({
  connection,
  connectionId: id,
}: Pick<ResetRecord, 'connection' | 'connectionId'>): ConnectionKey | undefined {
  return connection === undefined || id === undefined ? connection : { id, connection };
}

/** The same, for a record that is made. */
export function onConnection(key: ConnectionKey): Pick<ResetRecord, 'connection' | 'connectionId'> {
  return typeof key === 'string' ? { connection: key } : { connection: key.connection, connectionId: key.id };
}

/** Whether nothing more will happen to it. */
export function isSettled(state: ResetState): boolean {
  return state.kind !== 'requested' && state.kind !== 'sending';
}

/** What the gateways were seen to do because of it, if that was observed. */
export function observationOf(state: ResetState): Observation | undefined {
  return state.kind === 'published' || state.kind === 'received' ? state.observation : undefined;
}
