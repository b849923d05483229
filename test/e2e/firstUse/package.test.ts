import assert from 'node:assert/strict';
import { access, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { startNatsServer, type NatsServer } from '../../host/natsServer';
import { openWorkbench, type Workbench } from '../../host/workbench';
import { makeWorkspace, type Workspace } from '../../host/workspace';
import { listenToResets, type ResetBus } from '../../integration/resetBus';
import { until } from '../../integration/until';

describe('The packaged extension', function () {
  this.timeout(60_000);
  let nats: NatsServer;
  let bus: ResetBus;
  let workspace: Workspace;
  let workbench: Workbench;

  before(async function () {
    this.timeout(180_000);
    nats = await startNatsServer();
    bus = await listenToResets(nats.url);
    workspace = await makeWorkspace({
      from: 'demo',
      settings: {
        'res.connections': [{ name: 'local', servers: [nats.url] }],
        'res.verify.enabled': false,
      },
    });
    workbench = await openWorkbench({ workspace });
  });

  after(async () => {
    await workbench.close();
    await bus.close();
    await nats.stop();
    await workspace.remove();
  });

  const untilResets = (count: number): Promise<unknown[]> =>
    until(
      async () => {
        const resets = await bus.resets();
        return resets.length >= count ? resets : undefined;
      },
      () => `${count} resets on the bus`,
    );

  it('is what is installed: bundles, and neither sources nor packages', async () => {
    const folder = await workbench.extensionFolder('vscode-res.vscode-res');
    await access(path.join(folder, '.vsixmanifest'));
    const files = (await readdir(folder, { recursive: true })).sort();
    for (const file of [
      'dist/extension.js',
      'dist/scannerWorker.js',
      'dist/connectionPanel.js',
      'dist/grammars',
      'dist/THIRD-PARTY-NOTICES.txt',
      'l10n/bundle.l10n.json',
      'package.nls.json',
    ])
      assert.ok(files.includes(file), `${file} is missing`);
    const stray = files.filter((file) =>
      /^(src|test|node_modules|out|\.vscode-test)(\/|$)|\.ts$|\.map$/.test(file),
    );
    assert.deepEqual(stray, []);
    const manifest = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as {
      main: string;
    };
    assert.equal(manifest.main, './dist/extension.js');
  });

  it('connects at the press of a lens in a window that is not connected, and resets', async () => {
    await workbench.statusBarItem(/RES: not connected/).waitFor();
    await workbench.openFile('library/service.js', 37);
    await workbench.clickCodeLens('Reset library.book.*');
    assert.deepEqual(await untilResets(1), [{ resources: ['library.book.*'] }]);
    await workbench.statusBarItem(/RES: local/).waitFor();
  });

  it('resets from the button above the resources and from a row of them', async () => {
    await workbench.openContainer('RES');
    await workbench.view('Connection').locator('.pane-header').click();
    await workbench.view('Resources').locator('.pane-header').hover();
    await workbench.view('Resources').getByRole('button', { name: 'Reset resources', exact: true }).click();
    const pick = workbench.quickPick();
    await pick.entry('library.>').waitFor();
    await pick.cancel();
    const row = workbench.treeRow('Resources', /^inventory/).first();
    await row.hover();
    await row.getByRole('button', { name: 'Reset' }).click();
    assert.deepEqual((await untilResets(2)).slice(1), [
      { resources: ['inventory.>'], access: ['inventory.>'] },
    ]);
  });

  it('takes lenses away and brings them back as the settings say, at once', async () => {
    await workbench.openFile('library/service.js', 33);
    const service = workbench.codeLens('Reset library.>').first();
    const handler = workbench.codeLens('Reset library.books').first();
    await handler.waitFor();
    await workbench.changeSettings({ 'res.codeLens.handlers': false });
    await handler.waitFor({ state: 'detached' });
    await service.waitFor();
    await workbench.changeSettings({ 'res.codeLens.services': false, 'res.codeLens.handlers': true });
    await service.waitFor({ state: 'detached' });
    await handler.waitFor();
    await workbench.changeSettings({ 'res.codeLens.services': true });
    await service.waitFor();
  });
});
