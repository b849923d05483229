import { setImmediate } from 'node:timers/promises';
import { connect, ErrorCode, Events, type NatsConnection } from 'nats';
import { Emitter } from '../util/emitter';
import type { Result } from '../util/problem';
import type { ClientFailure } from './diagnosis';
import type { FlushResult, Link, LinkEvent } from './link';
import { clientOptions, type LinkOptions } from './linkOptions';
import { paceReads } from './pacedReads';
import { formatServer } from './servers';
import { tlsFacts } from './tlsFacts';

/** Opens a link; the only place that knows the client library. */
export async function openLink(options: LinkOptions): Promise<Result<Link, ClientFailure>> {
  try {
    return { ok: true, value: wrap(await connect(clientOptions(options)), options) };
  } catch (error) {
    return { ok: false, problem: failureOf(error) };
  }
}

function wrap(client: NatsConnection, { address, profileServer, tls }: LinkOptions): Link {
  const events = new Emitter<LinkEvent>();
  /** What to call if the server takes no more subscriptions: it does not say which one it refused. */
  const unconfirmed = new Set<() => void>();
  void forwardStatus(client, events, () => {
    for (const onDenied of unconfirmed) onDenied();
    unconfirmed.clear();
  });
  // There is no event for the end: `closed` resolves, with the error that was the cause.
  const closed = client.closed().then((error) => (error === undefined ? undefined : failureOf(error)));
  const info = client.info;
  const facts = tlsFacts(client);
  const reads = paceReads(client);
  return {
    server: {
      name: info?.server_name ?? '',
      version: info?.version ?? '',
      id: info?.server_id ?? '',
      url: formatServer(address),
      ...(info?.cluster === undefined ? {} : { cluster: info.cluster }),
      maxPayload: info?.max_payload ?? 0,
      security: !tls ? 'plain' : tls.options.rejectUnauthorized === false ? 'unverified' : 'verified',
      ...(facts ? { tls: facts } : {}),
    },
    profileServer,
    onEvent: events.event,
    reads,
    closed,
    peers: () => client.info?.connect_urls ?? [],
    publish(subject, data) {
      try {
        client.publish(subject, data);
        return { ok: true, value: undefined };
      } catch (error) {
        return { ok: false, problem: failureOf(error) };
      }
    },
    subscribe(subject, onMessage, onDenied) {
      if (client.isClosed()) return { dispose: () => undefined };
      unconfirmed.add(onDenied);
      const subscription = client.subscribe(subject, {
        callback: (error, message) => {
          if (error) {
            onDenied();
            return;
          }
          const { reply, data } = message;
          onMessage({
            subject: message.subject,
            ...(reply === undefined ? {} : { reply }),
            data,
            ...reads.arrival,
          });
        },
      });
      return {
        dispose: () => {
          unconfirmed.delete(onDenied);
          if (!client.isClosed()) subscription.unsubscribe();
        },
      };
    },
    async request(subject, timeoutMs) {
      try {
        return (await client.request(subject, undefined, { timeout: timeoutMs, noMux: true })).data;
      } catch {
        return undefined;
      }
    },
    async flush(timeoutMs, how) {
      const before = [...unconfirmed];
      const calm = how === 'calm' ? undefined : reads.hurry();
      const result = await boundedFlush(client, closed, timeoutMs);
      calm?.();
      if (result === 'flushed') for (const onDenied of before) unconfirmed.delete(onDenied);
      return result;
    },
    close() {
      void client.close();
    },
  };
}

/** A flush on a half-open socket, or on one that is closed meanwhile, never settles by itself. */
async function boundedFlush(
  client: NatsConnection,
  closed: Promise<unknown>,
  timeoutMs: number,
): Promise<FlushResult> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<FlushResult>((resolve) => {
    timer = setTimeout(() => {
      resolve('timeout');
    }, timeoutMs);
  });
  try {
    const result = await Promise.race([
      client.flush().then(
        (): FlushResult => 'flushed',
        (): FlushResult => 'closed',
      ),
      closed.then((): FlushResult => 'closed'),
      timeout,
    ]);
    // A permission error that came before the answer is on its way through the library's queues: let it arrive first.
    await setImmediate();
    return result;
  } finally {
    clearTimeout(timer);
  }
}

async function forwardStatus(
  client: NatsConnection,
  events: Emitter<LinkEvent>,
  onRefused: () => void,
): Promise<void> {
  for await (const { type, data, permissionContext } of client.status()) {
    if (permissionContext !== undefined) {
      const { operation, subject } = permissionContext;
      events.fire({
        kind: 'denied',
        operation: operation === 'publish' ? 'publish' : 'subscription',
        subject,
      });
    } else if (type === Events.Error && data === ErrorCode.ProtocolError) {
      // While the link goes on, that is one subscription too many.
      onRefused();
    } else if (type === Events.LDM) {
      events.fire({ kind: 'lameDuck' });
    }
  }
}

function failureOf(error: unknown): ClientFailure {
  if (!(error instanceof Error)) return { code: '', message: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  // The library wraps the operating system's and TLS errors; theirs say more.
  const inner = 'chainedError' in error ? error.chainedError : undefined;
  if (inner instanceof Error && 'code' in inner && typeof inner.code === 'string') {
    return { code: inner.code, message: inner.message };
  }
  // Servers put their errors in quotes.
  return { code, message: error.message.replace(/^'(.*)'$/, '$1') };
}
