import type { Disposable } from '../util/disposable';
import type { Event } from '../util/emitter';
import type { Problem } from '../util/problem';

/**
 * What is known of a published message. `published`: the server confirmed a flush after it and raised no permission
 * error. `rejected`: the server denied it. `failed`: it can't be said to have arrived.
 */
export type PublishResult =
  | { readonly state: 'published'; readonly server: string }
  | { readonly state: 'rejected' | 'failed'; readonly problem: Problem; readonly server?: string };

/** A message seen on the bus. The data is untrusted. */
export interface BusMessage {
  readonly subject: string;
  readonly reply?: string;
  readonly data: Uint8Array;
  /**
   * When it was read, as of `performance.now()`; not when it is handed on, which can be later. It arrived by then and after `since`,
   * which is earlier where this thread had been busy.
   */
  readonly at: number;
  readonly since: number;
}

/**
 * Why a link ended: it was lost; the window went to another connection; the same one is made anew, because it was changed
 * or somebody wanted it; or it was closed.
 */
export const disconnectReasons = ['lost', 'switched', 'reopened', 'closed'] as const;
export type DisconnectReason = (typeof disconnectReasons)[number];

/** The part of a NATS connection that a reset needs; `connections/openConnection.ts` implements it. */
export interface Bus {
  /** The id of the connection's profile: several can have the same name. */
  readonly id: string;
  /** Its name. */
  readonly connection: string;
  /** The server that it is connected to, as a person knows it; undefined while it is reconnecting. */
  readonly server?: string | undefined;
  /** Whether every reset on it must be confirmed by a person. */
  readonly isProtected: boolean;
  /** Whether it takes any server for the right one, because no certificate is to be verified. */
  readonly isUnverified: boolean;
  /**
   * Publishes and waits for the server's word. Never throws. `onSending` is called when a link is there and the message
   * is about to be written to it.
   */
  publish(subject: string, data: Uint8Array, onSending?: () => void): Promise<PublishResult>;
  /**
   * Subscribes until disposed of; `onDenied` is called if the server refuses the subscription.
   * Use `flush` to know that the server has taken it.
   */
  subscribe(
    subject: string,
    onMessage: (message: BusMessage) => void,
    onDenied?: (problem: Problem) => void,
  ): Disposable;
  /** All messages that arrived until then, as of `performance.now()`, have been handed on. */
  readonly heardUntil: number;
  /** Fires when the link to the server ends: messages may pass unseen until it is back, if it ever is. */
  readonly onDidDisconnect: Event<DisconnectReason>;
  /**
   * Resolves to true when the server has handled all that was sent before; false when it can't be known. `calm`: nobody
   * is kept waiting by it; the answer takes its turn behind whatever has arrived.
   */
  flush(how?: 'calm'): Promise<boolean>;
}

/** A bus on which a service can be asked something. */
export interface AskingBus extends Bus {
  /** Sends a request, and resolves with whether anybody answered it in time (milliseconds). Never rejects. */
  ask(subject: string, data: Uint8Array, timeoutMs: number): Promise<boolean>;
}

/** Where a reset goes to: the connection, with its server where that is known. */
export function placeOf({ connection, server }: Pick<Bus, 'connection' | 'server'>): string {
  return server === undefined ? connection : `${connection} (${server})`;
}
