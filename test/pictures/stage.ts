import { rm } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder } from '../host/cache';
import { connectClient } from '../host/client';
import { type DemoServersOptions, type Part, startDemoServers } from '../host/demoServers';
import { packageDemoOpener, packageUnderTest } from '../host/packageExtension';
import { openWorkbench, type Workbench, type WorkbenchOptions } from '../host/workbench';

/** The demo's world with a window on it. */
export interface Stage {
  readonly workbench: Workbench;
}

const ports = { nats: 24230, gateway: 24231, client: 24232 };

/** Plays on a stage of its own, and clears it away. `withClient` shows the client's page beside the code. */
export async function onStage(
  options: Pick<WorkbenchOptions, 'size' | 'scale'> &
    Pick<DemoServersOptions, 'startService'> & { readonly withClient: boolean },
  play: (stage: Stage) => Promise<void>,
): Promise<void> {
  const folder = path.join(cacheFolder, `pictures-${process.pid}`);
  const workspace = path.join(folder, 'library-demo');
  const parts: Part[] = [];
  const keep = <T extends Part>(_name: string, part: T): T => {
    parts.push(part);
    return part;
  };
  try {
    const { clientUrl, gatewayPort } = await startDemoServers({
      workspace,
      ports,
      keep,
      say: console.log,
      startService: options.startService,
    });
    const client = await connectClient(`ws://127.0.0.1:${gatewayPort}`);
    keep('client', { stop: () => client.close() });
    await client.watch('library.books');
    const opener = options.withClient ? [await packageDemoOpener(path.join(folder, 'opener.vsix'))] : [];
    const workbench = await openWorkbench({
      ...options,
      workspace: { path: workspace },
      vsix: [await packageUnderTest(), ...opener],
      env: { RES_DEMO_CLIENT: clientUrl },
    });
    keep('VS Code', { stop: () => workbench.close() });
    // Nobody waits for a picture: a busy machine may take its time.
    workbench.page.setDefaultTimeout(120_000);
    try {
      await play({ workbench });
    } catch (error) {
      await workbench.screenshot('failed-pictures');
      throw error;
    }
  } finally {
    for (const part of parts.reverse()) await part.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
