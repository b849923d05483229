import { profileOf } from '../bus/natsSetup';
import { type NatsProxy, startNatsProxy } from '../bus/natsProxy';
import { temporaryFolder } from '../host/cache';
import { connectClient, type TestClient } from '../host/client';
import { type NatsServer, startNatsServer } from '../host/natsServer';
import { type RunningGateway, startGateway } from '../host/resgate';
import type { Logger } from '../../src/util/logger';
import { EdgeServer, edgeUser } from './edgeServer';
import { openWindow, type ProductWindow, type WindowOptions } from './productWindow';
import { startStressService } from './stressService';
import { startWitness, type Witness } from './witness';

/** How long the gateway waits for an answer, and the product therefore too. */
export const requestTimeout = 1500;

/**
 * A cluster of two servers. A gateway, its service, a client and a witness are at one, to which nothing happens; the
 * product is at the other, behind a proxy, and there everything does.
 */
export interface FaultWorld {
  readonly server: EdgeServer;
  readonly proxy: NatsProxy;
  readonly client: TestClient;
  readonly witness: Witness;
  readonly product: ProductWindow;
  /** Where the product keeps its history. */
  readonly folder: string;
  readonly stop: () => Promise<void>;
}

/** Starts it all, and resolves when the product is connected. */
export async function startFaultWorld(
  logger: Logger,
  options: Pick<WindowOptions, 'timings'> = {},
): Promise<FaultWorld> {
  const ends: (() => unknown)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of ends.reverse()) await end();
  };
  try {
    const hub = await startNatsServer({ config: 'cluster { name: stress, listen: "127.0.0.1:-1" }' });
    ends.push(hub.stop);
    const service = await startStressService(hub.url);
    ends.push(service.stop);
    const gateway: RunningGateway = await startGateway({ natsUrl: hub.url, requestTimeout });
    ends.push(gateway.stop);
    const client = await connectClient(gateway.wsUrl);
    ends.push(client.close);
    const witness = await startWitness(hub.url);
    ends.push(witness.stop);
    const server = await EdgeServer.start(clusterUrl(hub));
    ends.push(() => server.stop());
    await server.joined();
    const proxy = await startNatsProxy(server.port);
    ends.push(() => proxy.stop());
    const folder = await temporaryFolder('stress-history-');
    ends.push(folder.remove);
    const product = openWindow({
      folder: folder.path,
      profile: profileOf({ servers: [proxy.url], auth: 'password', user: edgeUser.user }),
      secrets: { password: edgeUser.password },
      rules: { requestTimeout },
      logger,
      ...options,
    });
    ends.push(product.close);
    return { server, proxy, client, witness, product, folder: folder.path, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function clusterUrl(hub: NatsServer): string {
  const port = /Listening for route connections on 127\.0\.0\.1:(\d+)/.exec(hub.output())?.[1] ?? '';
  return `nats://127.0.0.1:${port}`;
}
