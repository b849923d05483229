import { setImmediate } from 'node:timers/promises';
import type { ConnectionOptions as TlsConnectOptions } from 'node:tls';
import {
  connect,
  createInbox,
  ErrorCode,
  Events,
  jwtAuthenticator,
  nkeyAuthenticator,
  tokenAuthenticator,
  usernamePasswordAuthenticator,
  type Authenticator,
  type ConnectionOptions,
  type NatsConnection,
} from 'nats';
import { Emitter } from '../../util/emitter';
import type { Result } from '../../util/problem';
import type { ClientFailure } from '../diagnosis/diagnosis';
import type { FlushResult, Link, LinkEvent } from './link';
import type { Credentials, LinkOptions, LinkTls } from './linkOptions';
import { paceReads } from './pacedReads';
import { formatServer } from '../profile/servers';
import { tlsFacts } from './tlsFacts';

/** Opens a link; the only place that knows the client library. */
export async function openLink(options: LinkOptions): Promise<Result<Link, ClientFailure>> {
  try {
    return { ok: true, value: wrap(await connect(clientOptions(options)), options) };
  } catch (error) {
    return { ok: false, problem: failureOf(error) };
  }
}

function wrap(client: NatsConnection, { address, profileServer, tls, inboxPrefix }: LinkOptions): Link {
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
    async ask(subject, data, timeoutMs) {
      const reply = `${createInbox(inboxPrefix)}.ask`;
      try {
        return (await client.request(subject, data, { timeout: timeoutMs, noMux: true, reply })).data;
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

/** How to open a link, for the client library. */
function clientOptions({
  address,
  credentials,
  tls,
  inboxPrefix,
  timeoutMs,
}: LinkOptions): ConnectionOptions {
  return {
    servers: [`${address.host.includes(':') ? `[${address.host}]` : address.host}:${address.port}`],
    name: 'RES for VS Code',
    timeout: timeoutMs,
    // The connection reconnects by itself: the library gives up after ten attempts, and does not say when it tries next.
    reconnect: false,
    ignoreClusterUpdates: true,
    // The library's own resolver asks DNS only, and does not know what stands in the hosts file.
    resolve: false,
    noAsyncTraces: true,
    ...(inboxPrefix === undefined ? {} : { inboxPrefix }),
    authenticator: authenticators(credentials),
    // An object forces TLS and null forbids it; the `tls://` of a URL alone would do nothing.
    tls: tls ? tlsOptions(tls) : null,
  };
}

function tlsOptions({ options, handshakeFirst }: LinkTls): ConnectionOptions['tls'] {
  // Node's own options are handed through, though the library's type names a few of them only.
  const all: TlsConnectOptions & { handshakeFirst?: boolean } = { ...options, handshakeFirst };
  return all as ConnectionOptions['tls'];
}

function authenticators(credentials: Credentials): Authenticator[] {
  const encoder = new TextEncoder();
  switch (credentials.kind) {
    case 'none':
      return [];
    case 'password':
      return [usernamePasswordAuthenticator(credentials.user, credentials.password)];
    case 'token':
      return [tokenAuthenticator(credentials.token)];
    case 'nkey':
      return [nkeyAuthenticator(encoder.encode(credentials.seed))];
    case 'jwt':
    case 'creds': {
      const { jwt, seed } = credentials;
      return [jwtAuthenticator(jwt, seed === undefined ? undefined : encoder.encode(seed))];
    }
    case 'several':
      return credentials.parts.flatMap(authenticators);
  }
}
