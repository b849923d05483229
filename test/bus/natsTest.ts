import { startNatsServer, type NatsServer, type NatsServerOptions } from '../host/natsServer';

/** What each test of a suite starts, which ends after it, the last one first. */
export interface TestServers {
  readonly cleanUp: (() => void | Promise<void>)[];
  readonly server: (options?: NatsServerOptions) => Promise<NatsServer>;
}

/** To be called in the suite's own function. */
export function serversOfEachTest(): TestServers {
  const cleanUp: (() => void | Promise<void>)[] = [];
  afterEach(async () => {
    for (const step of cleanUp.splice(0).reverse()) await step();
  });
  const server = async (options?: NatsServerOptions): Promise<NatsServer> => {
    const started = await startNatsServer(options);
    cleanUp.push(() => started.stop());
    return started;
  };
  return { cleanUp, server };
}
