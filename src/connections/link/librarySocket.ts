import { Socket } from 'node:net';

/**
 * The socket of a client. The client library does not hand it out, so that it is looked for where the library keeps it;
 * undefined if it is not there any more.
 */
export function socketOf(client: unknown): Socket | undefined {
  const socket = ['protocol', 'transport', 'socket'].reduce(member, client);
  return socket instanceof Socket ? socket : undefined;
}

/** What an object of unknown kind has under a name; undefined for anything else. */
export function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (Reflect.get(value, name) as unknown) : undefined;
}
