import { createServer, type AddressInfo, type Socket } from 'node:net';

/** What clients present to a server in CONNECT. */
export interface Presented {
  readonly user?: string;
  readonly pass?: string;
  readonly auth_token?: string;
  readonly nkey?: string;
  readonly jwt?: string;
  readonly sig?: string;
}

/** A server of which nothing is known but what it was shown. */
export interface NatsListener {
  readonly url: string;
  readonly port: number;
  /** What each client presented, in order. */
  readonly presented: readonly Presented[];
  /** All that was ever received. */
  readonly received: () => string;
  /** Forgets what it was shown. */
  readonly clear: () => void;
  readonly stop: () => Promise<void>;
}

/** Starts one; it takes everybody, or nobody. */
export async function startNatsListener({
  takes = true,
  peers = [],
  info = {},
}: {
  readonly takes?: boolean;
  /** The other servers of its cluster, as host and port. */
  readonly peers?: readonly string[];
  /** More of what it says of itself. */
  readonly info?: object;
} = {}): Promise<NatsListener> {
  const presented: Presented[] = [];
  const sockets = new Set<Socket>();
  let received = '';
  const greeting = JSON.stringify({
    server_id: 'LISTENER',
    server_name: 'listener',
    version: '2.11.0',
    proto: 1,
    headers: true,
    max_payload: 1_000_000,
    auth_required: true,
    nonce: 'a-nonce-to-sign',
    ...(peers.length === 0 ? {} : { connect_urls: peers }),
    ...info,
  });
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    socket.setEncoding('utf8');
    socket.write(`INFO ${greeting}\r\n`);
    let rest = '';
    socket.on('data', (chunk: string) => {
      received += chunk;
      const lines = (rest + chunk).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line.startsWith('CONNECT ')) {
          presented.push(JSON.parse(line.slice('CONNECT '.length)) as Presented);
          if (!takes) socket.end("-ERR 'Authorization Violation'\r\n");
        } else if (line === 'PING' && takes) socket.write('PONG\r\n');
      }
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `nats://127.0.0.1:${port}`,
    port,
    presented,
    received: () => received,
    clear: () => {
      presented.length = 0;
      received = '';
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of sockets) socket.destroy();
      }),
  };
}
