import type { Problem } from '../util/problem';
import type { Bus } from './bus';

/** The result of opening a connection: a bus to send on, or it was cancelled, or it failed. */
export type Opening<P extends Problem = Problem> =
  { readonly kind: 'connected'; readonly bus: Bus } | NotOpened<P>;

/** The result of work on a bus: the work's own value, or it was cancelled, or connecting failed. */
export type Worked<R, P extends Problem = Problem> =
  { readonly kind: 'done'; readonly value: R } | NotOpened<P>;

type NotOpened<P> =
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly problem: P; readonly connection?: string };

/** The window's connection, for those who send: by name, or the one in use. */
export interface Connections {
  /** Connects before there is something to send. */
  use(connection?: string): Promise<Opening>;
  /** Connects and sends; the window goes to no other connection meanwhile. */
  work<R>(connection: string | undefined, run: (bus: Bus) => Promise<R>): Promise<Worked<R>>;
}
