import { createConnection } from 'node:net';

/** What answered at a host and port. */
export type Greeting =
  | {
      readonly kind: 'nats';
      readonly tlsRequired: boolean;
      readonly tlsAvailable: boolean;
      readonly authRequired: boolean;
      /** It wants to see a client certificate. */
      readonly clientCertificate: boolean;
      /** Why the server closes the connection again. */
      readonly refusal?: string;
    }
  /** It took the connection and said nothing. */
  | { readonly kind: 'silent' }
  /** It took the connection and said something else, or closed it again. */
  | { readonly kind: 'other'; readonly said: string }
  /** The connection was not made in time. */
  | { readonly kind: 'timeout' }
  | { readonly kind: 'error'; readonly code: string; readonly message: string };

/** How long to look, and until when the answer is wanted at all. */
interface ProbeOptions {
  readonly timeoutMs: number;
  readonly stayMs?: number;
  readonly signal: AbortSignal;
}

/** How long a server may take to see that this side has closed, in milliseconds. */
const leaveMs = 250;

/** An INFO line of a large cluster is a few kB long; whatever is longer is something else. */
const maxGreeting = 64 * 1024;

/**
 * Looks who listens at an address, without sending anything: a NATS server introduces itself first. Done before the
 * client connects, so that credentials never go to something that is no NATS server, and a failure has a plain reason.
 * Whoever stays for a while after the greeting hears a refusal that follows it.
 */
export function probe(
  host: string,
  port: number,
  { timeoutMs, stayMs = 0, signal }: ProbeOptions,
): Promise<Greeting> {
  return new Promise((resolve) => {
    const socket = createConnection({ host, port });
    let received = '';
    let connected = false;
    let staying: NodeJS.Timeout | undefined;
    const timer = setTimeout(() => {
      settle(connected ? { kind: 'silent' } : { kind: 'timeout' });
    }, timeoutMs);
    const stop = (): void => {
      settle({ kind: 'error', code: 'ABORT_ERR', message: '' });
    };
    const settle = (greeting: Greeting): void => {
      signal.removeEventListener('abort', stop);
      clearTimeout(timer);
      clearTimeout(staying);
      socket.removeAllListeners();
      // A late error on the destroyed socket must not become an uncaught exception.
      socket.on('error', () => undefined);
      // A server counts this connection until it has seen its end: it must not be the one too many for the next.
      const leave = setTimeout(() => socket.destroy(), leaveMs);
      socket.on('close', () => {
        clearTimeout(leave);
        resolve(greeting);
      });
      if (socket.destroyed || greeting.kind !== 'nats') socket.destroy();
      else socket.end();
      socket.resume();
      if (socket.closed) resolve(greeting);
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop);
    socket.setEncoding('utf8');
    socket.on('connect', () => {
      connected = true;
    });
    socket.on('data', (chunk: string) => {
      received += chunk;
      if (!received.includes('\n') && received.length <= maxGreeting) return;
      const greeting = readGreeting(received);
      if (stayMs === 0 || greeting.kind !== 'nats' || greeting.refusal !== undefined) settle(greeting);
      else staying ??= setTimeout(() => socket.destroy(), stayMs);
    });
    socket.on('close', () => {
      settle(readGreeting(received));
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      settle({ kind: 'error', code: error.code ?? firstCode(error), message: error.message });
    });
  });
}

function readGreeting(text: string): Greeting {
  const refusal = /^-ERR '?([^'\r\n]*)/m.exec(text)?.[1];
  // One that starts with TLS at once does not introduce itself before it refuses.
  if (text.startsWith('-ERR') && refusal !== undefined) {
    return {
      kind: 'nats',
      tlsRequired: true,
      tlsAvailable: true,
      authRequired: false,
      clientCertificate: false,
      refusal,
    };
  }
  const line = /^INFO\s+(\{.*\})\s*\r?\n/i.exec(text)?.[1];
  if (line === undefined) return { kind: 'other', said: text };
  let info: unknown;
  try {
    info = JSON.parse(line);
  } catch {
    return { kind: 'other', said: text };
  }
  const flags = new Map(Object.entries(info as object));
  return {
    kind: 'nats',
    tlsRequired: flags.get('tls_required') === true,
    tlsAvailable: flags.get('tls_available') === true || flags.get('tls_required') === true,
    authRequired: flags.get('auth_required') === true,
    clientCertificate: flags.get('tls_verify') === true,
    ...(refusal === undefined ? {} : { refusal }),
  };
}

/** Where a name has several addresses, the error of each is inside of an AggregateError. */
function firstCode(error: unknown): string {
  if (!(error instanceof AggregateError)) return '';
  const first: unknown = error.errors[0];
  return first instanceof Error && 'code' in first && typeof first.code === 'string' ? first.code : '';
}
