import { setImmediate } from 'node:timers/promises';
import type { ConnectionOptions as TlsConnectOptions } from 'node:tls';
import {
  connect,
  credsAuthenticator,
  Events,
  jwtAuthenticator,
  nkeyAuthenticator,
  type ConnectionOptions,
  type NatsConnection,
} from 'nats';
import type { BusMessage } from '../reset/bus';
import type { Disposable } from '../util/disposable';
import { Emitter, type Event } from '../util/emitter';
import type { Result } from '../util/problem';
import type { ClientFailure } from './diagnosis';
import { paceReads, type ReadTimes } from './pacedReads';
import { formatServer, type ServerAddress } from './servers';
import { tlsFacts, type TlsFacts } from './tlsFacts';

/** What a client presents to the server. */
export type Credentials =
  | { readonly kind: 'none' }
  | { readonly kind: 'password'; readonly user: string; readonly password: string }
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'nkey'; readonly seed: string }
  | { readonly kind: 'jwt'; readonly jwt: string; readonly seed?: string }
  | { readonly kind: 'creds'; readonly text: string };

/** How to secure a link. */
export interface LinkTls {
  readonly options: TlsConnectOptions;
  readonly handshakeFirst: boolean;
}

/** How to open one link to one server. */
export interface LinkOptions {
  readonly address: ServerAddress;
  readonly credentials: Credentials;
  /** Without it nothing but plain text is spoken; with it nothing but TLS. */
  readonly tls?: LinkTls;
  readonly inboxPrefix?: string;
  readonly timeoutMs: number;
}

/** What the server says of itself. */
export interface LinkServer {
  readonly name: string;
  readonly version: string;
  readonly id: string;
  readonly url: string;
  readonly cluster?: string;
  readonly maxPayload: number;
  readonly usesTls: boolean;
  /** How, as far as it is known. */
  readonly tls?: TlsFacts;
}

/** What happens on a link besides messages. */
export type LinkEvent =
  | { readonly kind: 'denied'; readonly operation: 'publish' | 'subscription'; readonly subject: string }
  | { readonly kind: 'lameDuck' };

/** Whether the server answered in time to all that was sent before. */
export type FlushResult = 'flushed' | 'timeout' | 'closed';

/** One connection to one server. It ends once and never comes back; the session above it makes the next one. */
export interface Link {
  readonly server: LinkServer;
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
  flush(timeoutMs: number): Promise<FlushResult>;
  close(): void;
}

/** Opens a link; the only place that knows the client library. */
export async function openLink(options: LinkOptions): Promise<Result<Link, ClientFailure>> {
  try {
    return { ok: true, value: wrap(await connect(clientOptions(options)), options) };
  } catch (error) {
    return { ok: false, problem: failureOf(error) };
  }
}

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
    // Reconnecting is the session's: the library gives up after ten attempts, and tells no one when it will try next.
    reconnect: false,
    ignoreClusterUpdates: true,
    // The library's own resolver asks DNS only, and does not know what stands in the hosts file.
    resolve: false,
    noAsyncTraces: true,
    ...(inboxPrefix === undefined ? {} : { inboxPrefix }),
    ...authentication(credentials),
    // An object forces TLS and null forbids it; the `tls://` of a URL alone would do nothing.
    tls: tls ? tlsOptions(tls) : null,
  };
}

function tlsOptions({ options, handshakeFirst }: LinkTls): ConnectionOptions['tls'] {
  // Node's own options are handed through, though the library's type names a few of them only.
  const all: TlsConnectOptions & { handshakeFirst?: boolean } = { ...options, handshakeFirst };
  return all as ConnectionOptions['tls'];
}

function authentication(credentials: Credentials): ConnectionOptions {
  const encoder = new TextEncoder();
  switch (credentials.kind) {
    case 'none':
      return {};
    case 'password':
      return { user: credentials.user, pass: credentials.password };
    case 'token':
      return { token: credentials.token };
    case 'nkey':
      return { authenticator: nkeyAuthenticator(encoder.encode(credentials.seed)) };
    case 'jwt':
      return {
        authenticator: jwtAuthenticator(
          credentials.jwt,
          credentials.seed === undefined ? undefined : encoder.encode(credentials.seed),
        ),
      };
    case 'creds':
      return { authenticator: credsAuthenticator(encoder.encode(credentials.text)) };
  }
}

function wrap(client: NatsConnection, { address, tls }: LinkOptions): Link {
  const events = new Emitter<LinkEvent>();
  void forwardStatus(client, events);
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
      usesTls: tls !== undefined,
      ...(facts ? { tls: facts } : {}),
    },
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
      const subscription = client.subscribe(subject, {
        callback: (error, message) => {
          if (error) {
            onDenied();
            return;
          }
          const { reply, data } = message;
          const at = reads.arrivedAt;
          onMessage({ subject: message.subject, ...(reply === undefined ? {} : { reply }), data, at });
        },
      });
      return {
        dispose: () => {
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
    flush: (timeoutMs) => boundedFlush(client, closed, timeoutMs),
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

async function forwardStatus(client: NatsConnection, events: Emitter<LinkEvent>): Promise<void> {
  for await (const { type, permissionContext } of client.status()) {
    if (permissionContext !== undefined) {
      const { operation, subject } = permissionContext;
      events.fire({
        kind: 'denied',
        operation: operation === 'publish' ? 'publish' : 'subscription',
        subject,
      });
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
