import assert from 'node:assert/strict';
import { readFile, symlink } from 'node:fs/promises';
import path from 'node:path';
import { projectRoot } from '../../host/cache';
import { startNatsServer, type NatsServer } from '../../host/natsServer';
import { openWorkbench, type Workbench } from '../../host/workbench';
import { makeWorkspace, type Workspace } from '../../host/workspace';
import { until } from '../../integration/until';
import { startLibrary, startWitness, untilStatus, type Witness } from '../recoveryParts';

/** What the README shows for `tasks.json` and `launch.json`. */
async function readmeExample(): Promise<{ readonly task: object; readonly launch: object }> {
  const readme = await readFile(path.join(projectRoot, 'README.md'), 'utf8');
  const blocks = [...readme.matchAll(/```json\n([^`]*)```/g)].map(([, json = '']) => json);
  const block = (key: string): object =>
    JSON.parse(blocks.find((json) => json.includes(key)) ?? 'null') as object;
  return { task: block('"type": "res"'), launch: block('"preLaunchTask"') };
}

const libraryReset = '{"resources":["library.>"],"access":["library.>"]}';
const catalogReset = '{"resources":["catalog.>"],"access":["catalog.>"]}';

/** A service that resets what it serves when it starts, as those of some libraries do. */
const selfResetting = `import { connect } from 'nats';
const nats = await connect({ servers: process.env.NATS_URL });
nats.subscribe('get.catalog.items', {
  callback: (_error, message) => message.respond('{"result":{"collection":[]}}'),
});
nats.publish('system.reset', '${catalogReset}');
`;

describe('Resets by themselves', function () {
  this.timeout(90_000);
  let nats: NatsServer;
  let workspace: Workspace;
  let workbench: Workbench;
  let witness: Witness;

  /** Runs a task of the workspace. */
  const runTask = async (label: string): Promise<void> => {
    await workbench.runCommand('Tasks: Run Task');
    await workbench.quickPick().entry(label).first().waitFor();
    await workbench.quickPick().press(label);
  };
  /** Ends a service without a chance to say goodbye. */
  const crash = (file: string): void => {
    const processes = workbench.processes(`node\0${file}`);
    assert.equal(processes.length, 1);
    for (const id of processes) process.kill(id, 'SIGKILL');
  };
  const answers = (subject: string): Promise<boolean> =>
    witness.bus.request(subject, undefined, { timeout: 1000 }).then(
      () => true,
      () => false,
    );
  /** Resolves with the resets that came since there were so many, once there is one. */
  const untilReset = (known: number): Promise<string[]> =>
    until(
      () => (witness.resets.length > known ? witness.resets.slice(known) : undefined),
      () => `a reset after ${known} others`,
      30_000,
    );

  before(async function () {
    this.timeout(180_000);
    nats = await startNatsServer();
    witness = await startWitness(nats.url);
    const { task, launch } = await readmeExample();
    workspace = await makeWorkspace({
      from: 'demo',
      settings: {
        'res.connections': [{ name: 'local', servers: [nats.url] }],
        // Drawn as text that a test can read.
        'terminal.integrated.gpuAcceleration': 'off',
        'terminal.integrated.defaultProfile.linux': 'bash',
      },
      files: {
        '.vscode/tasks.json': JSON.stringify({
          version: '2.0.0',
          tasks: [task, run('library'), run('catalog')],
        }),
        '.vscode/launch.json': JSON.stringify({ version: '0.2.0', configurations: [launch] }),
        'catalog/service.js': selfResetting,
      },
    });
    await symlink(path.join(projectRoot, 'node_modules'), path.join(workspace.path, 'node_modules'));
    workbench = await openWorkbench({ workspace, env: { ...process.env, NATS_URL: nats.url } });
  });

  after(async () => {
    await workbench.close();
    await witness.bus.close();
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
      () => witness.resets.find((reset) => reset.includes('library.>')),
      () => 'the reset of the task',
      60_000,
    );
    const reply = await witness.bus.request('get.library.books', undefined, { timeout: 5000 });
    assert.match(reply.string(), /library\.book\.1/);
    assert.deepEqual(witness.resets, ['{"resources":["library.>"]}']);
    await workbench.runCommand('Debug: Stop');
  });

  it('come after a crash of a service that runs as a task, once it is back and answers', async () => {
    await workbench.runCommand('RES: Turn on automatic resets');
    const known = witness.resets.length;
    await runTask('library');
    assert.deepEqual(await untilReset(known), [libraryReset]);
    crash('library/service.js');
    await until(
      () => (workbench.processes('library/service.js').length === 0 ? true : undefined),
      () => 'the end of the task',
    );
    assert.equal(await answers('get.library.books'), false);
    assert.equal(witness.resets.length, known + 1, 'it was reset while it was down');
    await runTask('library');
    assert.deepEqual(await untilReset(known + 1), [libraryReset]);
    assert.ok(await answers('get.library.books'));
    crash('library/service.js');
  });

  it('come after a crash of a service that runs in the terminal', async () => {
    const known = witness.resets.length;
    const start = async (): Promise<void> => {
      await workbench.page
        .locator('.terminal-wrapper.active .xterm-rows')
        .getByText(/[#$]\s*$/)
        .last()
        .waitFor();
      await workbench.page.keyboard.type('node library/service.js');
      await workbench.page.keyboard.press('Enter');
    };
    await workbench.runCommand('Terminal: Create New Terminal');
    await start();
    assert.deepEqual(await untilReset(known), [libraryReset]);
    crash('library/service.js');
    await start();
    assert.deepEqual(await untilReset(known + 1), [libraryReset]);
    assert.ok(await answers('get.library.books'));
    crash('library/service.js');
  });

  it('are not sent where the service itself sends one that covers what it serves, and the history says so', async () => {
    const known = witness.resets.length;
    await runTask('catalog');
    await untilStatus(workbench, 'A reset of all that catalog serves was seen since it is back');
    await workbench.openContainer('RES');
    await workbench.treeRow('History', /most likely the restarted service itself/).waitFor();
    assert.deepEqual(witness.resets.slice(known), [catalogReset]);
    crash('catalog/service.js');
  });

  it('come 2 s later where a service answered throughout, and that is said', async () => {
    const library = await startLibrary(nats.url);
    const known = witness.resets.length;
    await runTask('library');
    assert.deepEqual(await untilReset(known), [libraryReset]);
    const said =
      /library answered throughout its restart, as far as was seen\.\s+Reset automatically: library/;
    await until(
      async () =>
        said.test(
          (await workbench.page
            .getByLabel(/RES auto,/)
            .first()
            .getAttribute('aria-label')) ?? '',
        ) || undefined,
      () => 'the word that it answered, beside the reset',
    );
    await library.close();
    crash('library/service.js');
  });
});

/** A task that runs a service. */
function run(service: string): object {
  const command = `node ${service}/service.js`;
  return { label: service, type: 'shell', command, isBackground: true, problemMatcher: [] };
}
