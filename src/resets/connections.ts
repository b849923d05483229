import type { Problem } from '../util/problem';
import type { Bus } from './bus';

/** One connection, with the name that it has or had. */
export type ConnectionRef = Pick<Bus, 'id' | 'connection'>;

/**
 * Which connection is meant: just this one; or by a name, which several can have: then the one in use that has it, or else the
 * first. Whoever holds a bus, or a record with an id, never goes by the name.
 */
export type ConnectionKey = string | ConnectionRef;

/**
 * Whether both mean the same connection, in whatever form: by their ids, since several can have the same name; by their names where one
 * of them has nothing else, as a rule of a person's, or what an earlier version stored.
 */
export function isSameConnection(a: ConnectionKey | undefined, b: ConnectionKey | undefined): boolean {
  if (typeof a === 'object' && typeof b === 'object') return a.id === b.id;
  return nameOf(a) === nameOf(b);
}

function nameOf(key: ConnectionKey | undefined): string | undefined {
  return typeof key === 'object' ? key.connection : key;
}

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
