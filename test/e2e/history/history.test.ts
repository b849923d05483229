import assert from 'node:assert/strict';
import { startNatsServer, type NatsServer } from '../../host/natsServer';
import { openWorkbench, type Workbench } from '../../host/workbench';
import { makeWorkspace, type Workspace } from '../../host/workspace';
import { listenToResets, type ResetBus } from '../../integration/resetBus';
import { until } from '../../integration/until';
import { resetResources } from '../resetResources';

describe('The history', function () {
  this.timeout(60_000);
  let nats: NatsServer;
  let bus: ResetBus;
  let workspace: Workspace;
  let workbench: Workbench;
  const patterns = ['first.one', 'second.>', 'third.*'] as const;

  before(async function () {
    this.timeout(180_000);
    nats = await startNatsServer();
    bus = await listenToResets(nats.url);
    workspace = await makeWorkspace({
      settings: {
        'res.connections': [{ name: 'local', servers: [nats.url] }],
        'res.verify.enabled': false,
      },
    });
    workbench = await openWorkbench({ workspace });
    await workbench.openContainer('RES');
    // All rows are to be on the screen.
    for (const view of ['Connection', 'Resources'])
      await workbench.view(view).locator('.pane-header').click();
    for (const pattern of patterns) await reset(pattern);
  });

  after(async () => {
    await workbench.close();
    await bus.close();
    await nats.stop();
    await workspace.remove();
  });

  const reset = async (pattern: string): Promise<void> => {
    await resetResources(workbench, pattern);
    await workbench.treeRow('History', pattern).filter({ hasText: 'published' }).first().waitFor();
  };

  /** The resets on the screen, top to bottom. */
  const shown = async (): Promise<string[]> =>
    (await workbench.treeRows('History')).flatMap((row) => /Reset of (\S+),/.exec(row)?.slice(1) ?? []);

  it('shows each reset with connection, origin and state, newest first', async () => {
    assert.deepEqual(await shown(), [...patterns].reverse());
    const rows = (await workbench.treeRows('History')).filter((row) => row.includes('Reset of'));
    for (const row of rows) assert.match(row, /published.*local.*command.*\d+:\d\d/);
  });

  it('shows the details of a row, and sends nothing when it is clicked', async () => {
    const sent = await bus.resets();
    await workbench.toggle(workbench.treeRow('History', 'second.>').first());
    await workbench
      .treeRow('History', /Confirmed by the NATS server/)
      .first()
      .waitFor();
    await workbench.treeRow('History', 'second.>').first().dblclick();
    await workbench.toggle(workbench.treeRow('History', 'third.*').first());
    await workbench
      .treeRow('History', /Confirmed by the NATS server/)
      .first()
      .waitFor();
    assert.deepEqual(await bus.resets(), sent);
    assert.equal((await shown()).length, patterns.length);
    await workbench.toggle(workbench.treeRow('History', 'third.*').first());
  });

  it('sends again once from its menu, as a new entry', async () => {
    const sent = (await bus.resets()).length;
    const row = workbench.treeRow('History', 'first.one').first();
    await workbench.chooseFromMenu(row, 'Send again');
    await workbench.treeRow('History', 'first.one').filter({ hasText: 'published' }).nth(1).waitFor();
    assert.deepEqual((await bus.resets()).slice(sent), [{ resources: ['first.one'] }]);
    assert.equal((await shown())[0], 'first.one');
    assert.match(
      (await workbench.treeRows('History')).find((each) => each.includes('first.one')) ?? '',
      /published.*history/,
    );
  });

  it('survives a reload of the window', async () => {
    const before = (await workbench.treeRows('History')).filter((row) => row.includes('Reset of'));
    const sent = await bus.resets();
    await workbench.reload();
    await workbench.treeRow('History', 'third.*').first().waitFor();
    const after = await until(
      async () => {
        const rows = (await workbench.treeRows('History')).filter((row) => row.includes('Reset of'));
        return rows.length >= before.length ? rows : undefined;
      },
      () => 'the resets after the reload',
    );
    assert.deepEqual(after, before);
    assert.deepEqual(await bus.resets(), sent);
  });

  it('holds a reset that failed, with the reason', async () => {
    await workspace.change('.vscode/settings.json', (text) => text.replace(String(nats.port), '1'));
    // So that the settings are read anew, and the window is not connected.
    await workbench.reload();
    const row = workbench.treeRow('History', 'third.*').first();
    await workbench.chooseFromMenu(row, 'Send again');
    const failed = workbench.treeRow('History', 'third.*').filter({ hasText: 'failed' });
    await failed.first().waitFor();
    await workbench.toggle(failed.first());
    await workbench
      .treeRow('History', /No server is listening at/)
      .first()
      .waitFor();
  });
});
