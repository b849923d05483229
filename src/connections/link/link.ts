import type { BusMessage } from '../../resets/bus';
import type { Disposable } from '../../util/disposable';
import type { Event } from '../../util/emitter';
import type { Result } from '../../util/problem';
import type { ClientFailure } from '../diagnosis/diagnosis';
import type { ReadTimes } from './pacedReads';
import type { TlsFacts } from './tlsFacts';

/** `unverified`: TLS with whoever answered, because the profile wants no certificate verified. */
type LinkSecurity = 'plain' | 'verified' | 'unverified';

/** What the server says of itself. */
export interface LinkServer {
  readonly name: string;
  readonly version: string;
  readonly id: string;
  readonly url: string;
  readonly cluster?: string;
  readonly maxPayload: number;
  readonly security: LinkSecurity;
  /** How, as far as it is known. */
  readonly tls?: TlsFacts;
}

/** What happens on a link besides messages. */
export type LinkEvent =
  | { readonly kind: 'denied'; readonly operation: 'publish' | 'subscription'; readonly subject: string }
  | { readonly kind: 'lameDuck' };

/** Whether the server answered in time to all that was sent before. */
export type FlushResult = 'flushed' | 'timeout' | 'closed';

/** One connection to one server. It ends once and never comes back; the connection above it makes the next one. */
export interface Link {
  readonly server: LinkServer;
  /** The profile's server that it leads to, or that named the one that it leads to. */
  readonly profileServer: string;
  readonly onEvent: Event<LinkEvent>;
  readonly reads: ReadTimes;
  /** Resolves when the link has ended, with the failure that ended it, if one did. */
  readonly closed: Promise<ClientFailure | undefined>;
  /** The other servers of the cluster, as host and port. */
  peers(): readonly string[];
  /** Writes the message out; a problem means that nothing was written. */
  publish(subject: string, data: Uint8Array): Result<undefined, ClientFailure>;
  subscribe(subject: string, onMessage: (message: BusMessage) => void, onDenied: () => void): Disposable;
  /** Asks, and resolves with the first answer; undefined if none comes in time, or asking is not allowed. */
  request(subject: string, timeoutMs: number): Promise<Uint8Array | undefined>;
  /** The same with data, answered where no gateway's answers are looked for: nobody takes it for a gateway's request. */
  ask(subject: string, data: Uint8Array, timeoutMs: number): Promise<Uint8Array | undefined>;
  /** `calm`: the answer takes its turn behind whatever has arrived, however slowly that is read. */
  flush(timeoutMs: number, how?: 'calm'): Promise<FlushResult>;
  close(): void;
}
