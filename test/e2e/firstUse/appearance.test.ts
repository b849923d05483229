import assert from 'node:assert/strict';
import { connectClient, type TestClient } from '../../host/client';
import { startNatsServer, type NatsServer } from '../../host/natsServer';
import { startGateway, type RunningGateway } from '../../host/resgate';
import { startService, type LibraryService } from '../../host/service';
import { openWorkbench, type Theme, type Workbench } from '../../host/workbench';
import { makeWorkspace, type Workspace } from '../../host/workspace';

/** Pictures of every view, in test-results/, each taken when it shows what a person would look for. */
describe('The views, in every theme', function () {
  this.timeout(180_000);
  let nats: NatsServer;
  let gateway: RunningGateway;
  let service: LibraryService;
  let client: TestClient;
  let workspace: Workspace;
  let workbench: Workbench;

  before(async () => {
    nats = await startNatsServer();
    gateway = await startGateway({ natsUrl: nats.url });
    service = await startService({ natsUrl: nats.url });
    client = await connectClient(gateway.wsUrl);
    await client.watch('library.books');
    workspace = await makeWorkspace({
      from: 'demo',
      settings: { 'res.connections': [{ name: 'local', servers: [nats.url] }] },
    });
    workbench = await openWorkbench({ workspace });
  });

  after(async () => {
    await workbench.close();
    await client.close();
    await Promise.all([service.stop(), gateway.stop()]);
    await nats.stop();
    await workspace.remove();
  });

  it('show a reset in the making and what came of it', async () => {
    service.errors.set('library.book.3', 'system.internalError');
    await workbench.openFile('inventory/main.go');
    await workbench.codeLens('Reset inventory.>').first().waitFor();
    await workbench.openFile('library/service.js');
    await workbench.clickCodeLens('Reset library.>');
    await workbench.openContainer('RES');
    const row = workbench.treeRow('History', 'library.>').filter({ hasText: '1 error' }).first();
    await row.waitFor();
    // One of the answers was an error: no check may stand before it.
    await row.locator('.codicon-warning').waitFor();
    await workbench.toggle(row);
    await workbench.view('Connection').locator('.pane-header').click();
    await workbench.treeRow('History', 'library.book.3').waitFor();
    assert.match(
      await workbench.treeRow('History', 'library.book.3').innerText(),
      /system\.internalError.*the cache is unchanged/s,
    );
    await workbench.treeRow('Resources', 'inventory').first().waitFor();

    const themes: Theme[] = ['dark', 'light', 'highContrast', 'highContrastLight'];
    for (const theme of themes) {
      await workbench.useTheme(theme);
      await workbench.screenshot(`views-${theme}`);
    }
    await workbench.runCommand('RES: Reset resources');
    const pick = workbench.quickPick();
    await pick.type('book');
    await pick.entry('library.book.*').waitFor();
    for (const theme of themes) {
      await workbench.useTheme(theme);
      await workbench.screenshot(`picker-${theme}`);
    }
    await pick.type('library..x');
    await workbench.screenshot('picker-invalid');
    await pick.cancel();
  });
});
