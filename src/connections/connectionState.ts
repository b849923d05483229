import type { ConnectionProblem } from './connectionProblem';
import type { LinkServer } from './link/link';

/** What is known of the one connection at this moment. Times are in milliseconds. */
export type ConnectionState =
  | {
      readonly kind: 'disconnected';
      /** The profile that it was about. */
      readonly profile?: string;
      /** Why, unless a person wanted it. */
      readonly reason?: ConnectionProblem;
    }
  | { readonly kind: 'connecting'; readonly profile: string }
  | {
      readonly kind: 'connected';
      readonly profile: string;
      readonly server: LinkServer;
      readonly roundTripMs: number;
      /** The server said that it is about to shut down. */
      readonly lameDuck: boolean;
    }
  | {
      readonly kind: 'reconnecting';
      readonly profile: string;
      /** Counts from 1. */
      readonly attempt: number;
      /** When the next attempt starts, as a time of `Date.now()`; absent while one is under way. */
      readonly nextTryAt?: number;
      readonly reason: ConnectionProblem;
    };

/** How a person knows the server: by its name if it was given one, otherwise by its address. */
export function serverLabel({ name, id, url }: LinkServer): string {
  return name === '' || name === id ? url : name;
}
