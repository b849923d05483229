import type { Problem } from '../util/problem';
import type { Bus } from './bus';

/** One connection, with the name that it has or had. */
export type ConnectionRef = Pick<Bus, 'id' | 'connection'>;

/**
 * Which connection is meant: just this one; or by a name, which several can have: then the one in use that has it, or else the
 * first. Whoever holds a bus, or a record with an id, never goes by the name.
 */
export type ConnectionKey = string | ConnectionRef;

/** The result of opening a connection: a bus to send on, or it was cancelled, or it failed. */
export type Opening<P extends Problem = Problem> =
  { readonly kind: 'connected'; readonly bus: Bus } | NotOpened<P>;

/** The result of work on a bus: the work's own value, or it was cancelled, or connecting failed. */
export type Worked<R, P extends Problem = Problem> =
  { readonly kind: 'done'; readonly value: R } | NotOpened<P>;

type NotOpened<P> =
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly problem: P; readonly connection?: ConnectionRef };

/** The window's connection, for those who send: the one that is meant, or the one in use. */
export interface Connections {
  /** Connects before there is something to send. */
  use(connection?: ConnectionKey): Promise<Opening>;
  /** Connects and sends; the window goes to no other connection meanwhile. */
  work<R>(connection: ConnectionKey | undefined, run: (bus: Bus) => Promise<R>): Promise<Worked<R>>;
}
