import { once } from 'node:events';
import { createConnection, createServer, type AddressInfo, type Socket } from 'node:net';
import type { NatsServer } from '../host/natsServer';

/** Stands before a NATS server and kills it at the moment when a reset is on its way. */
export interface FatalProxy {
  readonly url: string;
  readonly stop: () => void;
}

/** Starts the proxy. The reset itself never reaches the server. */
export async function startFatalProxy(nats: NatsServer): Promise<FatalProxy> {
  const sockets = new Set<Socket>();
  const proxy = createServer((near) => {
    const far = createConnection({ host: '127.0.0.1', port: nats.port });
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
    }
    far.on('close', () => near.destroy());
    far.on('data', (data) => near.write(data));
    near.on('data', (data) => {
      if (data.includes('PUB system.reset ')) void nats.kill();
      else far.write(data);
    });
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return {
    url: `nats://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    stop: () => {
      for (const socket of sockets) socket.destroy();
      proxy.close();
    },
  };
}
