import assert from 'node:assert/strict';
import { connect, type NatsConnection } from 'nats';
import { connectClient, type TestClient } from '../../host/client';
import { startNatsServer, type NatsServer } from '../../host/natsServer';
import { startGateway, type RunningGateway } from '../../host/resgate';
import { startService, type LibraryService } from '../../host/service';
import { openWorkbench, type Workbench } from '../../host/workbench';
import { makeWorkspace, type Workspace } from '../../host/workspace';

describe('Watching the bus', function () {
  this.timeout(120_000);
  let nats: NatsServer;
  let gateway: RunningGateway;
  let service: LibraryService;
  let client: TestClient;
  let colleague: NatsConnection;
  let workspace: Workspace;
  let workbench: Workbench;

  before(async function () {
    this.timeout(240_000);
    nats = await startNatsServer();
    gateway = await startGateway({ natsUrl: nats.url });
    service = await startService({ natsUrl: nats.url });
    client = await connectClient(gateway.wsUrl);
    await client.watch('library.books');
    colleague = await connect({ servers: nats.url });
    workspace = await makeWorkspace({
      from: 'demo',
      settings: { 'res.connections': [{ name: 'local', servers: [nats.url] }], 'res.reset.askAbove': 2 },
    });
    workbench = await openWorkbench({ workspace });
    await workbench.openContainer('RES');
    await workbench.view('Connection').locator('.pane-header').click();
    // The first reset connects.
    await workbench.openFile('library/service.js');
    await workbench.clickCodeLens('Reset library.books');
    await workbench.treeRow('History', 'library.books').filter({ hasText: 'refetched' }).first().waitFor();
  });

  after(async () => {
    await workbench.close();
    await colleague.close();
    await client.close();
    await Promise.all([service.stop(), gateway.stop()]);
    await nats.stop();
    await workspace.remove();
  });

  /** The subjects that somebody on the server listens to right now, as the server itself tells. */
  const listened = async (subject: string): Promise<boolean> => {
    try {
      await colleague.request(subject, undefined, { timeout: 200 });
      return true;
    } catch (error) {
      // 503: nobody listens; a time-out: somebody does and does not answer.
      return (error as { code?: string }).code !== '503';
    }
  };

  it('shows the whole outcome in the status bar of a narrow window', async () => {
    const { page } = workbench;
    const usual = page.viewportSize() ?? { width: 1280, height: 800 };
    await page.setViewportSize({ width: 640, height: usual.height });
    await workbench.runCommand('RES: Repeat last reset');
    const item = workbench.statusBarItem(/Reset: .*1 refetched.* · library\.books/);
    await item.waitFor();
    const [end, room] = await item.evaluate((element) => {
      const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      while (texts.nextNode() && !texts.currentNode.textContent?.includes('Reset:'));
      const text = texts.currentNode;
      const range = document.createRange();
      range.setStart(text, 0);
      range.setEnd(text, text.textContent?.lastIndexOf(' · ') ?? 0);
      const edges = [element, element.parentElement].map((each) => each?.getBoundingClientRect().right ?? 0);
      return [range.getBoundingClientRect().right, Math.min(...edges)] as const;
    });
    await workbench.screenshot('status-bar-narrow');
    await page.setViewportSize(usual);
    assert.ok(end > 0 && end <= room, `it ends at ${end}, its room at ${room}`);
  });

  it('costs nothing while nobody resets', async () => {
    assert.equal(await listened('get.nobody.there'), false);
  });

  it('records what others reset, marked as received and with what came of it', async () => {
    await workbench.runCommand('RES: Start recording resets of others');
    while (!(await listened('get.nobody.there')));
    colleague.publish('system.reset', JSON.stringify({ resources: ['library.book.*'] }));
    const row = workbench.treeRow('History', 'library.book.*').filter({ hasText: 'received' });
    await row.first().waitFor();
    await row.filter({ hasText: '3 refetched' }).first().waitFor();

    await workbench.runCommand('RES: Stop recording resets of others');
    while (await listened('get.nobody.there'));
  });

  it('offers names seen on the bus in the picker, marked as live, until it is switched off', async () => {
    await workbench.runCommand('RES: Start collecting live names');
    while (!(await listened('get.nobody.there')));
    colleague.publish('event.stock.shelf.12.change', JSON.stringify({ values: {} }));
    await workbench.runCommand('RES: Reset resources');
    const pick = workbench.quickPick();
    await pick.type('shelf');
    await pick.entry('stock.shelf.12').waitFor();
    await pick
      .entry('stock.shelf.12')
      .filter({ hasText: /live, \d+ s ago/ })
      .waitFor();
    await pick.cancel();

    await workbench.runCommand('RES: Stop collecting live names');
    while (await listened('get.nobody.there'));
    await workbench.runCommand('RES: Reset resources');
    await pick.type('shelf');
    await pick.entry('shelf').waitFor();
    assert.equal(await pick.entry('stock.shelf.12').count(), 0);
    await pick.cancel();
  });

  it('asks before a reset that made the gateways send more requests than the setting allows', async () => {
    await workbench.openFile('library/service.js', 37);
    service.requests.length = 0;
    await workbench.clickCodeLens('Reset library.book.*');
    const dialog = workbench.dialog();
    await dialog.waitFor();
    assert.match(await dialog.innerText(), /3 requests because of it/);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'hidden' });
    assert.deepEqual(service.requests, [], 'it was sent although the person declined');

    await workbench.clickCodeLens('Reset library.book.*');
    await dialog.waitFor();
    await dialog.getByRole('button', { name: 'Reset', exact: true }).click();
    await service.requested('get.library.book.', 3);
  });

  it('asks before a pattern that reaches over all services, and names the message', async () => {
    await workbench.runCommand('RES: Reset resources');
    const pick = workbench.quickPick();
    await pick.type('*.books');
    await pick.entry('*.books').waitFor();
    await pick.accept();
    const dialog = workbench.dialog();
    await dialog.waitFor();
    const text = await dialog.innerText();
    assert.match(text, /every service/);
    assert.ok(text.includes('system.reset {"resources":["*.books"]}'));
    assert.ok(text.includes('127.0.0.1'), 'the server is not named');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
  });

  it('lists 200 requests of a large reset, those that went wrong first, and says how many more there were', async () => {
    const ids = Array.from({ length: 207 }, (_, at) => String(at + 4));
    for (const id of ids) service.books.set(id, { title: `Book ${id}`, author: 'Many' });
    await Promise.all(ids.map((id) => client.watch(`library.book.${id}`)));
    service.errors.set('library.book.210', 'system.internalError');
    await workbench.runCommand('RES: Start recording resets of others');
    while (!(await listened('get.nobody.there')));
    colleague.publish('system.reset', JSON.stringify({ resources: ['library.book.*'] }));
    const row = workbench.treeRow('History', 'library.book.*').filter({ hasText: '1 error, 209 refetched' });
    await workbench.toggle(row);
    const first = workbench
      .treeRow('History', 'library.book.210')
      .filter({ hasText: 'system.internalError' });
    await first.and(workbench.page.locator('[aria-posinset="1"][aria-setsize="201"]')).waitFor();
    await workbench.page.keyboard.press('End');
    const more = workbench.treeRow('History', /^10 more.*Not listed/);
    await more.and(workbench.page.locator('[aria-posinset="201"]')).waitFor();
  });
});
