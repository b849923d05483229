import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as pass } from 'node:timers/promises';
import { connect } from 'nats';
import { startNatsServer, type NatsServer } from '../host/natsServer';
import { freePorts } from '../host/ports';

/**
 * So often in a row, with so many milliseconds between, all must be named: while a cluster forms, servers give up double
 * routes, and with them addresses, for a moment.
 */
const timesInRow = 10;
const betweenMs = 100;

/** Resolves when the server names so many addresses of its cluster to its clients, and keeps to it. */
export async function namesPeers({ url }: NatsServer, count: number): Promise<void> {
  for (let inRow = 0; inRow < timesInRow;) {
    const client = await connect({ servers: url });
    inRow = (client.info?.connect_urls?.length ?? 0) < count ? 0 : inRow + 1;
    await client.close();
    await pass(betweenMs);
  }
}

/** A port that takes every connection and then says nothing, as behind a firewall that answers for what it hides. */
export interface SilentPort {
  readonly port: number;
  /** How many connections stand open now, and how many there were. */
  readonly open: () => number;
  readonly taken: () => number;
  readonly stop: () => Promise<void>;
}

/** Starts one. */
export async function silentPort(): Promise<SilentPort> {
  const sockets = new Set<Socket>();
  let taken = 0;
  const server = await listening(
    createServer((socket) => {
      taken++;
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => sockets.delete(socket));
      socket.resume();
    }),
  );
  return {
    port: portOf(server),
    open: () => sockets.size,
    taken: () => taken,
    stop: () => {
      for (const socket of sockets) socket.destroy();
      return closed(server);
    },
  };
}

/** A cluster of which one server can be reached, while the others name addresses to clients at which nobody answers. */
export interface HiddenCluster {
  readonly port: number;
  readonly silent: readonly SilentPort[];
  /** Stops the one that can be reached; the others go on. */
  readonly stopFirst: () => Promise<void>;
  /** Starts it again where it was stopped. */
  readonly startFirst: () => Promise<void>;
  /** Resolves when the one that can be reached names all the others. */
  readonly namesAll: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Starts it, with so many servers that can't be reached. */
export async function startHiddenCluster(hidden: number): Promise<HiddenCluster> {
  const [port = 0, ...routePorts] = await freePorts(hidden + 2);
  const routes = routePorts.map((one) => `nats://127.0.0.1:${one}`);
  const [firstRoute = '', ...otherRoutes] = routes;
  const silent = await Promise.all(otherRoutes.map(() => silentPort()));
  const cluster = ['--cluster_name', 'hidden', '--routes', firstRoute];
  const startFirst = (): Promise<NatsServer> =>
    startNatsServer({ port, args: ['--name', 'first', '--cluster', firstRoute, '--cluster_name', 'hidden'] });
  let first = await startFirst();
  let runs = true;
  const others = await Promise.all(
    otherRoutes.map((route, index) =>
      startNatsServer({
        args: ['--cluster', route, ...cluster, '--client_advertise', `127.0.0.1:${silent[index]?.port ?? 0}`],
      }),
    ),
  );
  return {
    port,
    silent,
    namesAll: () => namesPeers(first, hidden),
    stopFirst: () => {
      runs = false;
      return first.stop();
    },
    startFirst: async () => {
      if (runs) return;
      first = await startFirst();
      runs = true;
    },
    stop: async () => {
      await Promise.all([first, ...others].map((server) => server.stop()));
      await Promise.all(silent.map((one) => one.stop()));
    },
  };
}

async function listening(server: Server): Promise<Server> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}
