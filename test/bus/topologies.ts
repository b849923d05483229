import { freePorts } from '../host/ports';
import { startNatsServer } from '../host/natsServer';

/** NATS servers that belong together, and where whom to connect: everybody by a URL, the observer by settings. */
export interface Topology {
  readonly gatewayUrl: string;
  readonly serviceUrl: string;
  readonly serviceUser?: { readonly user: string; readonly pass: string };
  readonly observer: Readonly<Record<string, unknown>>;
  readonly stop: () => Promise<void>;
}

/**
 * The gateway and its service are in the account APP, the observer is in DEV. DEV gets the requests that APP exports, and may
 * publish resets there.
 */
export async function twoAccounts(exported: readonly string[] = ['get.>', 'access.>']): Promise<Topology> {
  const streams = exported.map((subject) => `{ stream: "${subject}" }`);
  const imports = exported.map((subject) => `{ stream: { account: APP, subject: "${subject}" } }`);
  const nats = await startNatsServer({
    config: `accounts {
      APP { users: [{ user: app, password: p }], exports: [${[...streams, '{ service: "system.reset" }'].join()}] }
      DEV { users: [{ user: dev, password: p }],
        imports: [${[...imports, '{ service: { account: APP, subject: "system.reset" } }'].join()}] }
    }`,
  });
  return {
    gatewayUrl: nats.url.replace('://', '://app:p@'),
    serviceUrl: nats.url,
    serviceUser: { user: 'app', pass: 'p' },
    observer: { servers: [nats.url], auth: 'password', user: 'dev' },
    stop: () => nats.stop(),
  };
}

/** Two clusters of one server each, joined by gateways; the observer is in the second one, the RES gateway in the first. */
export async function superCluster(service: 'first' | 'second'): Promise<Topology> {
  const ports = await freePorts(2);
  const gateways = ports.map((port, at) => `{ name: C${at}, urls: ["nats://127.0.0.1:${port}"] }`).join();
  const [first, second] = await Promise.all(
    ports.map((port, at) =>
      startNatsServer({
        config: `server_name: S${at}
          gateway { name: C${at}, listen: "127.0.0.1:${port}", gateways: [${gateways}] }`,
      }),
    ),
  );
  if (!first || !second) throw new Error('There are not two clusters');
  return joined(first, second, service);
}

/** A server, and another one that is joined to it as a leaf node; the observer is there, the gateway at the first one. */
export async function leafNode(service: 'first' | 'second', remote = ''): Promise<Topology> {
  const [port] = await freePorts(1);
  const first = await startNatsServer({
    config: `server_name: hub
      leafnodes { listen: "127.0.0.1:${port}" }`,
  });
  const second = await startNatsServer({
    config: `server_name: leaf
      leafnodes { remotes: [{ url: "nats://127.0.0.1:${port}" ${remote} }] }`,
  });
  return joined(first, second, service);
}

type Server = Awaited<ReturnType<typeof startNatsServer>>;

function joined(first: Server, second: Server, service: 'first' | 'second'): Topology {
  return {
    gatewayUrl: first.url,
    serviceUrl: service === 'first' ? first.url : second.url,
    observer: { servers: [second.url] },
    stop: async () => {
      await second.stop();
      await first.stop();
    },
  };
}
