/**
 * The other side of a bench of resets, as a process of its own: a service with many resources, a client that is
 * subscribed to all of them, and traffic that has nothing to do with either. `busWorld.ts NATS_URL WS_URL COUNT`
 */
import { connect, type NatsConnection } from 'nats';
import type { ResetMessage } from '../../src/res/resetMessage';
import { connectClient } from '../host/client';

/** What is told to the parent. */
export type WorldMessage =
  | { readonly kind: 'ready' }
  /** From the reset's arrival on the bus to the service's last answer to it, in milliseconds; how much was asked for. */
  | { readonly kind: 'answered'; readonly took: number; readonly asked: number }
  /** How many messages of foreign traffic are sent in a second. */
  | { readonly kind: 'traffic'; readonly rate: number };

/** What the parent asks for: foreign traffic of so many messages a second, or a reset that is not the parent's. */
export type WorldRequest = { readonly traffic: number } | { readonly reset: ResetMessage };

/** For how long nothing is asked for any more when a reset is over, in milliseconds. */
const quiet = 400;
/** How long to wait for a request that is missing, in milliseconds. */
const patience = 10_000;
/** How often traffic is sent, in milliseconds. */
const beat = 5;

async function main([natsUrl = '', wsUrl = '', count = '0']: readonly string[]): Promise<void> {
  const connection = await connect({ servers: natsUrl });
  serve(connection, Number(count));
  await connection.flush();
  const client = await connectClient(wsUrl);
  await client.watch('library.books');
  process.on('message', (request: WorldRequest) => {
    if ('traffic' in request) startTraffic(connection, request.traffic);
    else connection.publish('system.reset', JSON.stringify(request.reset));
  });
  process.on('disconnect', () => process.exit(0));
  tell({ kind: 'ready' });
}

/** Serves a collection and its members, and tells when a reset is over. */
function serve(connection: NatsConnection, count: number): void {
  const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
  const books = Array.from({ length: count }, (_, id) => ({ rid: `library.book.${id}` }));
  const collection = encode({ result: { collection: books } });
  let started = 0;
  let last = 0;
  let asked = 0;
  let timer: NodeJS.Timeout | undefined;
  // Nothing more comes: the gateway has dealt with all answers, and the next reset may come.
  const watchForEnd = (): void => {
    if (performance.now() - last < (asked <= count ? patience : quiet)) return;
    clearInterval(timer);
    tell({ kind: 'answered', took: last - started, asked });
  };
  connection.subscribe('system.reset', {
    callback: () => {
      started = last = performance.now();
      asked = 0;
      clearInterval(timer);
      timer = setInterval(watchForEnd, quiet / 4);
    },
  });
  connection.subscribe('access.library.>', {
    callback: (_error, message) => message.respond(encode({ result: { get: true } })),
  });
  connection.subscribe('get.library.>', {
    callback: (_error, message) => {
      const id = /^get\.library\.book\.(.*)$/.exec(message.subject)?.[1];
      const book = encode({ result: { model: { id, title: `Book ${id}`, author: 'Somebody' } } });
      message.respond(id === undefined ? collection : book);
      asked++;
      last = performance.now();
    },
  });
}

/** Other systems of the kind: requests for resources, with answers to inboxes like those of a gateway, and events. */
function startTraffic(connection: NatsConnection, rate: number): void {
  const data = new TextEncoder().encode(JSON.stringify({ result: { model: { id: 17, state: 'moved' } } }));
  const started = performance.now();
  let sent = 0;
  let told = started;
  const send = (): void => {
    const inbox = `_INBOX.${String(Math.floor(sent / 5)).padStart(22, 'x')}`;
    const vehicle = `vehicles.${sent % 500}`;
    if (sent % 5 === 0) connection.publish(`get.${vehicle}`, undefined, { reply: inbox });
    else if (sent % 5 === 1) connection.publish(inbox, data);
    else connection.publish(`event.${vehicle}.change`, data);
    sent++;
  };
  setInterval(() => {
    const now = performance.now();
    while (sent < ((now - started) / 1000) * rate) send();
    if (now - told < 1000) return;
    told = now;
    tell({ kind: 'traffic', rate: Math.round(sent / ((now - started) / 1000)) });
  }, beat);
}

function tell(message: WorldMessage): void {
  process.send?.(message);
}

void main(process.argv.slice(2));
