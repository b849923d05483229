/**
 * `npm run demo [-- --port PORT]`: a real VS Code with the extension on the example workspace, a nats-server, a gateway, the
 * workspace's library service and a web client. Prints one address when all of it is ready; Ctrl+C ends it.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { cacheFolder, tryLock } from './cache';
import { type Part, startDemoServers } from './demoServers';
import { natsServerProgram } from './natsServer';
import { packageDemoOpener, packageExtension } from './packageExtension';
import { preferredPort } from './ports';
import { step } from './step';
import { startEditor } from './vscode';
import { installVsCode } from './vscodeInstall';

/** Preferred because a browser keeps a window's layout by its address; when one is taken, another will do. */
const ports = { nats: 24220, gateway: 24221, client: 24222, editor: 24223 };
const folder = path.join(cacheFolder, 'demo');

/** What runs, oldest first. */
const parts: Part[] = [];
let ending = false;

async function main(): Promise<void> {
  const editorPort = await portOfEditor();
  if ((await tryLock('demo')) === undefined) {
    throw new Error('The demo is running already. Press Ctrl+C in its terminal to end it, then try again.');
  }
  await step('Looking for VS Code', installVsCode);
  await step('Looking for nats-server', () => natsServerProgram());

  const vsix = await step('Building the extension', () =>
    Promise.all([
      packageExtension(path.join(folder, 'vscode-res.vsix')),
      packageDemoOpener(path.join(folder, 'opener.vsix')),
    ]),
  );

  const workspace = path.join(folder, 'library-demo');
  const { clientUrl, gatewayPort } = await startDemoServers({ workspace, ports, keep, say });
  const editor = await step('Installing the extension and starting VS Code', () =>
    startEditor({ workspace, vsix, port: editorPort, env: { RES_DEMO_CLIENT: clientUrl } }),
  );
  keep('VS Code', editor);
  const forwards = [editor.port, Number(new URL(clientUrl).port), gatewayPort].map(
    (port) => `-L ${port}:127.0.0.1:${port}`,
  );
  say('\nIf your browser is on another machine, run this there first:');
  say(`  ssh ${forwards.join(' ')} USER@HOST`);
  say(`\nOpen ${editor.url} in a browser. Ctrl+C ends everything.`);
}

/** The port that the address is to have: the one that was asked for, or the usual one where it is free. */
async function portOfEditor(): Promise<number | undefined> {
  const { port: asked } = parseArgs({ options: { port: { type: 'string' } } }).values;
  if (asked === undefined) return preferredPort(ports.editor);
  const port = Number(asked);
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    throw new Error(`--port ${asked} is not a port: pass a number from 1 to 65535.`);
  if ((await preferredPort(port)) === undefined)
    throw new Error(
      `Port ${port} can't be used: another program has it, or it is not allowed. Pass another one.`,
    );
  return port;
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
