import { connect, type NatsConnection } from 'nats';
import { connectClient, type TestClient } from '../host/client';
import { startNatsServer, type NatsServer } from '../host/natsServer';
import { startGateway, type RunningGateway } from '../host/resgate';
import { startService, type LibraryService } from '../host/service';
import { waiters, type Waiters } from '../host/waiters';
import { openWorkbench, type Workbench } from '../host/workbench';
import { makeWorkspace, type Workspace } from '../host/workspace';

interface HistoryWindow {
  readonly nats: NatsServer;
  readonly workspace: Workspace;
  readonly workbench: Workbench;
  readonly stop: () => Promise<void>;
}

/** A window on the demo's workspace, beside three gateways with a client each, which watches the books. */
export interface GatewayWindow extends HistoryWindow {
  readonly service: LibraryService;
  readonly gateways: readonly RunningGateway[];
  readonly clients: TestClient[];
}

/** Gateways wait `requestTimeout` milliseconds for an answer. */
export async function openBesideGateways(requestTimeout: number): Promise<GatewayWindow> {
  const nats = await startNatsServer();
  const service = await startService({ natsUrl: nats.url });
  const gateways = await Promise.all(
    [1, 2, 3].map(() => startGateway({ natsUrl: nats.url, requestTimeout })),
  );
  const clients = await Promise.all(gateways.map(({ wsUrl }) => connectClient(wsUrl)));
  for (const client of clients) await client.watch('library.books');
  const workspace = await makeWorkspace({
    from: 'demo',
    settings: {
      'res.connections': [{ name: 'local', servers: [nats.url] }],
      'res.verify.requestTimeout': requestTimeout,
    },
  });
  const workbench = await openOnHistory(workspace);
  const stop = async (): Promise<void> => {
    await workbench.close();
    await Promise.all(clients.map((client) => client.close()));
    await Promise.all([service.stop(), ...gateways.map((gateway) => gateway.stop())]);
    await nats.stop();
    await workspace.remove();
  };
  return { nats, workspace, workbench, stop, service, gateways, clients };
}

/** A window whose messages a witness on the bus has seen. */
export interface WitnessedWindow extends HistoryWindow {
  readonly bus: NatsConnection;
  readonly published: readonly string[];
  /** Looks at its condition whenever something was published. */
  readonly until: Waiters['until'];
}

/** The witness listens to `subject`; `settings` come on top of a connection to the server. */
export async function openWithWitness(
  subject: string,
  files: Readonly<Record<string, string>>,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<WitnessedWindow> {
  const published: string[] = [];
  const { wake, until } = waiters();
  const nats = await startNatsServer();
  const bus = await connect({ servers: nats.url });
  bus.subscribe(subject, {
    callback: (_error, message) => {
      published.push(message.string());
      wake();
    },
  });
  await bus.flush();
  const connections = [{ name: 'local', servers: [nats.url] }];
  const workspace = await makeWorkspace({ files, settings: { 'res.connections': connections, ...settings } });
  const workbench = await openOnHistory(workspace);
  await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const stop = async (): Promise<void> => {
    await workbench.close();
    await bus.close();
    await nats.stop();
    await workspace.remove();
  };
  return { nats, workspace, workbench, stop, bus, published, until };
}

/** Opens the window with room for the rows of the history. */
async function openOnHistory(workspace: Workspace): Promise<Workbench> {
  const workbench = await openWorkbench({ workspace });
  await workbench.openContainer('RES');
  for (const view of ['Connection', 'Resources']) await workbench.view(view).locator('.pane-header').click();
  return workbench;
}
