import { cp, rm } from 'node:fs/promises';
import path from 'node:path';
import { projectRoot } from './cache';
import { startClientPage } from './demoClient';
import { startNatsServer } from './natsServer';
import { preferredPort } from './ports';
import { startProcess } from './processes';
import { startGateway } from './resgate';
import { addSettings } from './workspace';

/** Something that runs until it is stopped. */
export interface Part {
  readonly stop: () => Promise<void>;
  /** Resolves when it has ended by itself. */
  readonly ended?: Promise<void>;
}

export interface DemoServersOptions {
  /** Where the example workspace is to be; below the project, whose packages its service uses. What is there is lost. */
  readonly workspace: string;
  /** The ports to use where they are free. */
  readonly ports: { readonly nats: number; readonly gateway: number; readonly client: number };
  /** Receives what has been started, to stop it later, newest first. */
  readonly keep: <T extends Part>(name: string, part: T) => T;
  readonly say: (line: string) => void;
  /** Starts another service in the place of the workspace's own. */
  readonly startService?: (natsUrl: string) => Promise<Part>;
}

/** Copies the example workspace and starts what it talks to: NATS, its service, a gateway and the page of a client. */
export async function startDemoServers({
  workspace,
  ports,
  keep,
  say,
  startService,
}: DemoServersOptions): Promise<{
  readonly clientUrl: string;
  readonly gatewayPort: number;
}> {
  say(`Copying the example workspace to ${path.relative(projectRoot, workspace)}: edit it as you like…`);
  await rm(workspace, { recursive: true, force: true });
  await cp(path.join(projectRoot, 'test/workspaces/demo'), workspace, { recursive: true });

  say('Starting nats-server…');
  const nats = keep('nats-server', await startNatsServer({ port: await preferredPort(ports.nats) }));
  await addSettings(workspace, {
    'res.connections': [{ name: 'demo', servers: [nats.url], auth: 'none' }],
    // For a service that is started in the editor's terminal.
    'terminal.integrated.env.linux': { NATS_URL: nats.url },
  });

  say('Starting the library service…');
  keep('library service', await (startService ?? workspaceService(workspace))(nats.url));

  say('Starting a gateway and the web client…');
  const gatewayPort = await preferredPort(ports.gateway);
  const gateway = keep('gateway', await startGateway({ natsUrl: nats.url, port: gatewayPort, log: say }));
  const clientPort = await preferredPort(ports.client);
  const page = await startClientPage(path.join(workspace, 'client'), gateway.wsUrl, clientPort);
  keep('web client', page);
  return { clientUrl: page.url, gatewayPort: gateway.port };
}

/** Starts the service that the workspace holds, which reads its data from a file there. */
function workspaceService(workspace: string): (natsUrl: string) => Promise<Part> {
  return (natsUrl) =>
    startProcess({
      name: 'The library service',
      command: process.execPath,
      args: ['library/service.js'],
      cwd: workspace,
      env: { ...process.env, NATS_URL: natsUrl },
      ready: /is ready/,
    });
}
