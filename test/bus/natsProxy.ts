import { createConnection, createServer, type AddressInfo, type Socket } from 'node:net';

/** A TCP proxy that can stop passing anything on while its sockets stay open, as after a lost route. */
export interface NatsProxy {
  readonly url: string;
  readonly port: number;
  /** Connections that exist now pass nothing on any more; new ones work. */
  freeze(): void;
  /** Ends every connection that exists now. */
  cut(): void;
  stop(): Promise<void>;
}

/** Starts a proxy before the given port of 127.0.0.1. */
export async function startNatsProxy(targetPort: number): Promise<NatsProxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  const server = createServer((near) => {
    const far = createConnection({ host: '127.0.0.1', port: targetPort });
    const pair = [near, far] as const;
    pairs.add(pair);
    near.pipe(far);
    far.pipe(near);
    for (const socket of pair) {
      socket.on('error', () => undefined);
      socket.on('close', () => {
        pairs.delete(pair);
        near.destroy();
        far.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const cut = (): void => {
    for (const [near, far] of pairs) {
      near.destroy();
      far.destroy();
    }
  };
  return {
    url: `nats://127.0.0.1:${port}`,
    port,
    freeze() {
      for (const [near, far] of pairs) {
        near.unpipe(far);
        far.unpipe(near);
        near.pause();
        far.pause();
      }
    },
    cut,
    stop() {
      cut();
      return new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
      });
    },
  };
}
