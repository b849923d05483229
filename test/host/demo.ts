/**
 * `npm run demo`: a real VS Code with the extension on the example workspace, a nats-server, a gateway, the
 * workspace's library service and a web client. Prints one address when all of it is ready; Ctrl+C ends it.
 */
import { cp, rm } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder, projectRoot, tryLock } from './cache';
import { startClientPage } from './demoClient';
import { natsServerProgram, startNatsServer } from './natsServer';
import { packageDemoOpener, packageExtension } from './packageExtension';
import { preferredPort } from './ports';
import { startProcess } from './processes';
import { startGateway } from './resgate';
import { startEditor } from './vscode';
import { installVsCode } from './vscodeInstall';
import { addSettings } from './workspace';

/** Preferred because a browser keeps a window's layout by its address; when one is taken, another will do. */
const ports = { nats: 24220, gateway: 24221, client: 24222, editor: 24223 };
const folder = path.join(cacheFolder, 'demo');

interface Part {
  readonly stop: () => Promise<void>;
  /** Resolves when it has ended by itself. */
  readonly ended?: Promise<void>;
}

/** What runs, oldest first. */
const parts: Part[] = [];
let ending = false;

async function main(): Promise<void> {
  if ((await tryLock('demo')) === undefined) {
    throw new Error('The demo is running already. Press Ctrl+C in its terminal to end it, then try again.');
  }
  say('Looking for VS Code and nats-server…');
  await installVsCode();
  await natsServerProgram();

  say('Building the extension…');
  const vsix = await Promise.all([
    packageExtension(path.join(folder, 'vscode-res.vsix')),
    packageDemoOpener(path.join(folder, 'opener.vsix')),
  ]);

  const workspace = path.join(folder, 'library-demo');
  say(`Copying the example workspace to ${path.relative(projectRoot, workspace)}: edit it as you like…`);
  await rm(workspace, { recursive: true, force: true });
  await cp(path.join(projectRoot, 'test/workspaces/demo'), workspace, { recursive: true });

  say('Starting nats-server…');
  const nats = keep('nats-server', await startNatsServer({ port: await preferredPort(ports.nats) }));
  await addSettings(workspace, { 'res.connections': [{ name: 'demo', servers: [nats.url], auth: 'none' }] });

  say('Starting the library service…');
  const service = await startProcess({
    name: 'The library service',
    command: process.execPath,
    args: ['library/service.js'],
    cwd: workspace,
    env: { ...process.env, NATS_URL: nats.url },
    ready: /is ready/,
  });
  keep('library service', service);

  say('Starting a gateway and the web client…');
  const gatewayPort = await preferredPort(ports.gateway);
  const gateway = keep('gateway', await startGateway({ natsUrl: nats.url, port: gatewayPort, log: say }));
  const clientPort = await preferredPort(ports.client);
  const client = keep(
    'web client',
    await startClientPage(path.join(workspace, 'client'), gateway.wsUrl, clientPort),
  );

  say('Starting VS Code…');
  const editor = await startEditor({
    workspace,
    vsix,
    port: await preferredPort(ports.editor),
    env: { RES_DEMO_CLIENT: client.url },
  });
  keep('VS Code', editor);
  say(`\nOpen ${editor.url} in a browser. Ctrl+C ends everything.`);
}

/** Remembers a part that runs, to end it later; when it ends by itself the demo is over. */
function keep<T extends Part>(name: string, part: T): T {
  parts.push(part);
  void part.ended?.then(() => {
    if (ending) return;
    console.error(`${name} has ended; so does the demo.`);
    void end(1);
  });
  return part;
}

/** Ends everything, newest first, and then this process. */
async function end(code: number): Promise<void> {
  ending = true;
  for (const part of parts.reverse()) await part.stop();
  process.exit(code);
}

function say(line: string): void {
  console.log(line);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // Somebody who presses Ctrl+C again does not want to wait: what still runs is killed when this process exits.
    if (ending) process.exit(1);
    say('\nEnding…');
    void end(0);
  });
}
main().catch((error: unknown) => {
  if (ending) return;
  console.error(error instanceof Error ? error.message : error);
  void end(1);
});
