import assert from 'node:assert/strict';
import path from 'node:path';
import { connect, type NatsConnection } from 'nats';
import { temporaryFolder } from '../../host/cache';
import { startNatsServer, type NatsServer } from '../../host/natsServer';
import { packageHelper, packageUnderTest } from '../../host/packageExtension';
import { openWorkbench, type Workbench } from '../../host/workbench';
import { ConnectionPanelPage } from '../connectionPanelPage';

describe('A virtual workspace', function () {
  this.timeout(60_000);
  let nats: NatsServer;
  let client: NatsConnection;
  const received: string[] = [];
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let workbench: Workbench;

  before(async function () {
    this.timeout(180_000);
    nats = await startNatsServer();
    client = await connect({ servers: nats.url });
    client.subscribe('system.reset', { callback: (_error, message) => received.push(message.string()) });
    folder = await temporaryFolder('virtual-');
    const files = await packageHelper(
      path.join(import.meta.dirname, '../virtualFolder'),
      'memoryFiles.ts',
      path.join(folder.path, 'files.vsix'),
    );
    workbench = await openWorkbench({
      workspace: { path: 'memfs:/library' },
      vsix: [await packageUnderTest(), files],
    });
  });

  after(async () => {
    await workbench.close();
    await client.close();
    await nats.stop();
    await folder.remove();
  });

  it('has its files from an extension, and starts this one', async () => {
    // Quick Open lists only what it can search, and nobody searches in such a folder.
    await workbench.openContainer('Explorer');
    await workbench.page.locator('.explorer-folders-view').getByText('main.go', { exact: true }).click();
    await workbench.page.locator('.view-lines').filter({ hasText: 'NewService' }).first().waitFor();
    await workbench.statusBarItem(/RES: not connected/).waitFor();
  });

  it('is shown as not scanned, where its resources would stand', async () => {
    await workbench.openContainer('RES');
    const welcome = workbench.view('Resources').locator('.welcome-view-content');
    await welcome.filter({ hasText: /Files of a virtual workspace can't be scanned/ }).waitFor();
    await workbench.screenshot('connection-virtual');
  });

  it('connects, and resets a pattern that is typed', async () => {
    await workbench.runCommand('RES: Reset resources');
    const address = workbench.quickPick();
    await address.untilMessage(/No connections yet\. Enter the address/);
    await address.type(nats.url);
    await address.accept();
    const pick = workbench.quickPick();
    await pick.asksFor(/^A service, a pattern/);
    await pick.type('library.book.1');
    await pick.accept();
    await workbench.statusBarItem(/Reset.*published/).waitFor();
    await client.flush();
    assert.deepEqual(received, ['{"resources":["library.book.1"]}']);
    await workbench.treeRow('History', 'library.book.1').waitFor();
    // By now, lenses would be there.
    assert.deepEqual(await workbench.codeLenses(), []);
  });

  it('keeps a connection in its settings, for the team', async () => {
    await workbench.runCommand('RES: Add connection');
    const panel = await ConnectionPanelPage.find(workbench);
    await panel.form.field('Name').fill('Team');
    await panel.form.field('Servers').fill(nats.url);
    await panel.form.choose('Stored in', 'Workspace settings (shared)');
    await panel.form.button('Save and connect').click();
    await panel.row('Team').filter({ hasText: 'workspace' }).waitFor();
    await panel.untilState('connected');
    await workbench.runCommand('Preferences: Open Workspace Settings (JSON)');
    await workbench.page.locator('.view-lines').filter({ hasText: 'Team' }).first().waitFor();
  });
});
