import { setTimeout as pause } from 'node:timers/promises';
import { connect } from 'nats';
import { readPreResponse, readResponse } from '../../src/resets/observe/response';
import { waiters } from '../host/waiters';
import { keyIn } from './plan';

/** A request that a gateway was seen to send because of a reset. */
export interface SeenRequest {
  readonly kind: 'get' | 'access';
  readonly name: string;
  /** As of `performance.now()`. */
  readonly at: number;
  answer?: { readonly kind: string; readonly at: number };
}

/** What was seen of one reset. */
export interface Sighting {
  /** When it came, each time. */
  readonly at: number[];
  readonly requests: SeenRequest[];
}

/** What the bus itself saw: somebody who listens on a link that nothing happens to. */
export interface Witness {
  readonly seen: (key: string) => Sighting;
  /** The keys of all resets that were seen. */
  readonly keys: () => Iterable<string>;
  /** Resolves when so many resets more than by now were seen. */
  readonly more: (count: number) => Promise<void>;
  /** Whether the bus itself was slow at some time between these two: then things come late that nobody can know of. */
  readonly wasSlow: (from: number, to: number) => boolean;
  /** Resolves when all that was on the bus before was seen. */
  readonly catchUp: () => Promise<void>;
  /** Resolves when gateways have asked so many times more than by now. */
  readonly asked: (count: number) => Promise<void>;
  readonly stop: () => Promise<void>;
}

const decoder = new TextDecoder();
/** How often the bus is asked for a sign of life, and how late that may be; in milliseconds. */
const beatTime = 100;
const slowTime = 200;

/** Starts to listen, and resolves when nothing can be missed any more. */
export async function startWitness(natsUrl: string): Promise<Witness> {
  const connection = await connect({ servers: natsUrl, name: 'witness' });
  const sightings = new Map<string, Sighting>();
  const byReply = new Map<string, SeenRequest>();
  const changes = waiters();
  let [resets, requests] = [0, 0];
  const seen = (key: string): Sighting => {
    const known = sightings.get(key) ?? { at: [], requests: [] };
    sightings.set(key, known);
    return known;
  };
  const listen = (
    subject: string,
    take: (subject: string, data: Uint8Array, reply: string | undefined) => void,
  ): void => {
    connection.subscribe(subject, {
      callback: (error, message) => {
        if (!error) take(message.subject, message.data, message.reply);
      },
    });
  };
  listen('system.reset', (_subject, data) => {
    const key = keyIn(decoder.decode(data));
    if (key === undefined) return;
    seen(key).at.push(performance.now());
    resets++;
    changes.wake();
  });
  for (const kind of ['get', 'access'] as const) {
    listen(`${kind}.stress.>`, (subject, _data, reply) => {
      const sighting = seen(keyIn(subject) ?? '');
      // What comes before it is a client's doing.
      if (sighting.at.length === 0 || reply === undefined) return;
      const request = { kind, name: subject.slice(kind.length + 1), at: performance.now() };
      sighting.requests.push(request);
      byReply.set(reply, request);
      requests++;
      changes.wake();
    });
  }
  listen('_INBOX.*', (subject, data) => {
    const request = byReply.get(subject);
    if (!request || request.answer || readPreResponse(data) !== undefined) return;
    request.answer = { kind: readResponse(request.kind, data).kind, at: performance.now() };
  });
  await connection.flush();
  const slow: { readonly from: number; readonly to: number }[] = [];
  let isOver = false;
  const beat = async (): Promise<void> => {
    for (let from = performance.now(); !isOver; from = performance.now()) {
      await pause(beatTime);
      await connection.flush();
      const to = performance.now();
      if (to - from > beatTime + slowTime) slow.push({ from, to });
    }
  };
  const beating = beat();
  const hour = 3_600_000;
  return {
    seen,
    keys: () => sightings.keys(),
    catchUp: () => connection.flush(),
    more: (count) => {
      const due = resets + count;
      return changes.until(
        () => resets >= due,
        () => `${count} resets`,
        120_000,
      );
    },
    asked: (count) => {
      const due = requests + count;
      return changes.until(
        () => requests >= due,
        () => `${count} requests`,
        hour,
      );
    },
    wasSlow: (from, to) => slow.some((one) => one.from < to && one.to > from),
    stop: async () => {
      isOver = true;
      await beating;
      await connection.close();
    },
  };
}
