import { createConnection, createServer, type AddressInfo, type Socket } from 'node:net';

/** Who sends what is held back: the server, or the client. */
export type Side = 'server' | 'client';

/** A TCP proxy that treats what passes as a bad network does. What passes at all passes in order. */
export interface NatsProxy {
  readonly url: string;
  readonly port: number;
  /** Connections that exist now pass nothing on any more, as after a lost route; new ones work. */
  freeze(): void;
  /** From now on, everything that the server says arrives this many milliseconds later. */
  delay(ms: number): void;
  /** From now on, nothing of what these sides say arrives, until it is called with others: then all of it does. */
  hold(sides: readonly Side[]): void;
  /** From now on, so many bytes pass in a second, each way; undefined for as many as there are. */
  throttle(bytesPerSecond: number | undefined): void;
  /** Ends every connection that exists now. */
  cut(): void;
  stop(): Promise<void>;
}

/** How the network is. */
interface Network {
  delayMs: number;
  held: readonly Side[];
  bytesPerSecond: number | undefined;
}

interface Pair {
  readonly near: Socket;
  readonly far: Socket;
  readonly lanes: readonly Lane[];
}

/** Starts a proxy before the given port of 127.0.0.1. */
export async function startNatsProxy(targetPort: number): Promise<NatsProxy> {
  const pairs = new Set<Pair>();
  const network: Network = { delayMs: 0, held: [], bytesPerSecond: undefined };
  const lanes = (): Lane[] => [...pairs].flatMap((pair) => pair.lanes);
  const look = (): void => {
    for (const lane of lanes()) lane.look();
  };
  const server = createServer((near) => {
    const far = createConnection({ host: '127.0.0.1', port: targetPort });
    const pair: Pair = {
      near,
      far,
      lanes: [new Lane('client', near, far, network), new Lane('server', far, near, network)],
    };
    pairs.add(pair);
    for (const socket of [near, far]) {
      socket.on('error', () => undefined);
      socket.on('close', () => {
        pairs.delete(pair);
        for (const lane of pair.lanes) lane.freeze();
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
      for (const lane of lanes()) lane.freeze();
    },
    delay(ms) {
      network.delayMs = ms;
    },
    hold(sides) {
      network.held = sides;
      look();
    },
    throttle(bytesPerSecond) {
      network.bytesPerSecond = bytesPerSecond;
      look();
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

/** What one side of a connection says, on its way to the other. */
class Lane {
  readonly #side: Side;
  readonly #to: Socket;
  readonly #network: Network;
  /** What has not passed yet, oldest first; without data it is the end. */
  readonly #waiting: { readonly data?: Buffer; readonly dueAt: number }[] = [];
  #freeAt = 0;
  #frozen = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(side: Side, from: Socket, to: Socket, network: Network) {
    this.#side = side;
    this.#to = to;
    this.#network = network;
    const take = (data?: Buffer): void => {
      const delayMs = side === 'server' ? network.delayMs : 0;
      this.#waiting.push({ ...(data && { data }), dueAt: performance.now() + delayMs });
      this.look();
    };
    from.on('data', take);
    from.on('end', () => {
      take();
    });
  }

  /** Passes nothing on any more. */
  freeze(): void {
    this.#frozen = true;
    clearTimeout(this.#timer);
  }

  /** Passes on what may pass by now. */
  look(): void {
    clearTimeout(this.#timer);
    while (!this.#frozen && !this.#network.held.includes(this.#side)) {
      const next = this.#waiting[0];
      if (!next) return;
      const now = performance.now();
      const { bytesPerSecond } = this.#network;
      const wait = Math.max(next.dueAt, bytesPerSecond === undefined ? 0 : this.#freeAt) - now;
      if (wait > 0) {
        this.#timer = setTimeout(() => {
          this.look();
        }, Math.ceil(wait));
        return;
      }
      this.#waiting.shift();
      if (!next.data) {
        this.#to.end();
        return;
      }
      this.#to.write(next.data);
      if (bytesPerSecond !== undefined)
        this.#freeAt = Math.max(now, this.#freeAt) + (next.data.length / bytesPerSecond) * 1000;
    }
  }
}
