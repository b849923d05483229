import { createConnection, createServer, type AddressInfo, type Socket } from 'node:net';

/** A TCP proxy that treats what passes as a bad network does. */
export interface NatsProxy {
  readonly url: string;
  readonly port: number;
  /** Connections that exist now pass nothing on any more, as after a lost route; new ones work. */
  freeze(): void;
  /** From now on, everything that the server says arrives this many milliseconds later. */
  delay(ms: number): void;
  /** Ends every connection that exists now. */
  cut(): void;
  stop(): Promise<void>;
}

interface Pair {
  readonly near: Socket;
  readonly far: Socket;
  frozen: boolean;
}

/** Starts a proxy before the given port of 127.0.0.1. */
export async function startNatsProxy(targetPort: number): Promise<NatsProxy> {
  const pairs = new Set<Pair>();
  const timers = new Set<NodeJS.Timeout>();
  let delayMs = 0;
  const later = (action: () => void): void => {
    if (delayMs === 0) {
      action();
      return;
    }
    const timer = setTimeout(() => {
      timers.delete(timer);
      action();
    }, delayMs);
    timers.add(timer);
  };
  const server = createServer((near) => {
    const far = createConnection({ host: '127.0.0.1', port: targetPort });
    const pair: Pair = { near, far, frozen: false };
    pairs.add(pair);
    near.on('data', (data) => {
      if (!pair.frozen) far.write(data);
    });
    far.on('data', (data) => {
      later(() => {
        if (!pair.frozen) near.write(data);
      });
    });
    near.on('end', () => far.end());
    far.on('end', () => {
      later(() => near.end());
    });
    for (const socket of [near, far]) {
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
    for (const { near, far } of pairs) {
      near.destroy();
      far.destroy();
    }
  };
  return {
    url: `nats://127.0.0.1:${port}`,
    port,
    freeze() {
      for (const pair of pairs) pair.frozen = true;
    },
    delay(ms) {
      delayMs = ms;
    },
    cut,
    stop() {
      for (const timer of timers) clearTimeout(timer);
      cut();
      return new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
      });
    },
  };
}
