import assert from 'node:assert/strict';
import { readFile, symlink } from 'node:fs/promises';
import path from 'node:path';
import { connect, type NatsConnection } from 'nats';
import { projectRoot } from '../../host/cache';
import { startNatsServer, type NatsServer } from '../../host/natsServer';
import { openWorkbench, type Workbench } from '../../host/workbench';
import { makeWorkspace, type Workspace } from '../../host/workspace';
import { until } from '../../integration/until';

/** What the README shows for `tasks.json` and `launch.json`. */
async function readmeExample(): Promise<{ readonly task: object; readonly launch: object }> {
  const readme = await readFile(path.join(projectRoot, 'README.md'), 'utf8');
  const blocks = [...readme.matchAll(/```json\n([^`]*)```/g)].map(([, json = '']) => json);
  const block = (key: string): object =>
    JSON.parse(blocks.find((json) => json.includes(key)) ?? 'null') as object;
  return { task: block('"type": "res"'), launch: block('"preLaunchTask"') };
}

describe('Resets by themselves', function () {
  this.timeout(90_000);
  let nats: NatsServer;
  let bus: NatsConnection;
  let workspace: Workspace;
  let workbench: Workbench;
  const resets: string[] = [];

  before(async function () {
    this.timeout(180_000);
    nats = await startNatsServer();
    bus = await connect({ servers: nats.url });
    bus.subscribe('system.reset', { callback: (_error, message) => resets.push(message.string()) });
    await bus.flush();
    const { task, launch } = await readmeExample();
    workspace = await makeWorkspace({
      from: 'demo',
      settings: { 'res.connections': [{ name: 'local', servers: [nats.url] }] },
      files: {
        '.vscode/tasks.json': JSON.stringify({ version: '2.0.0', tasks: [task] }),
        '.vscode/launch.json': JSON.stringify({ version: '0.2.0', configurations: [launch] }),
      },
    });
    await symlink(path.join(projectRoot, 'node_modules'), path.join(workspace.path, 'node_modules'));
    workbench = await openWorkbench({ workspace, env: { ...process.env, NATS_URL: nats.url } });
  });

  after(async () => {
    await workbench.close();
    await bus.close();
    await nats.stop();
    await workspace.remove();
  });

  it('are shown in the status bar once they are on, and paused and turned on again by a click', async () => {
    await workbench.statusBarItem(/RES: not connected/).waitFor();
    assert.equal(await workbench.statusBarItem(/RES\s+auto/).count(), 0);
    await workbench.runCommand('RES: Turn on automatic resets');
    await workbench.statusBarItem(/RES\s+auto$/).waitFor();
    await workbench.statusBarItem(/RES\s+auto$/).click();
    await workbench.statusBarItem(/RES\s+auto\s+paused$/).click();
    await workbench.statusBarItem(/RES\s+auto$/).click();
    await workbench.statusBarItem(/RES\s+auto\s+paused$/).waitFor();
  });

  it('come from the README’s task before its launch, once the service that is launched answers', async () => {
    await workbench.runCommand('Debug: Start Debugging');
    await until(
      () => resets.find((reset) => reset.includes('library.>')),
      () => 'the reset of the task',
      60_000,
    );
    const reply = await bus.request('get.library.books', undefined, { timeout: 5000 });
    assert.match(reply.string(), /library\.book\.1/);
    assert.deepEqual(resets, ['{"resources":["library.>"]}']);
    await workbench.runCommand('Debug: Stop');
  });
});
