import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { startNatsServer, type NatsServer } from '../../host/natsServer';
import { openWorkbench, type Workbench } from '../../host/workbench';
import { makeWorkspace, type Workspace } from '../../host/workspace';

const plainNats = `import { connect } from 'nats';
const nats = await connect({ servers: 'nats://127.0.0.1:4222' });
for await (const message of nats.subscribe('orders.created')) console.log(message.subject);
`;

describe('The first steps', function () {
  this.timeout(90_000);
  let nats: NatsServer;
  let demo: Workspace;
  let plain: Workspace;
  let workbench: Workbench;

  before(async function () {
    this.timeout(240_000);
    nats = await startNatsServer();
    demo = await makeWorkspace({ from: 'demo' });
    plain = await makeWorkspace({ files: { 'orders.js': plainNats } });
    // In a narrow window a walkthrough has no room for pictures.
    workbench = await openWorkbench({ workspace: plain, size: { width: 1600, height: 900 } });
    await workbench.openContainer('RES');
  });

  after(async () => {
    await workbench.close();
    await nats.stop();
    await Promise.all([demo.remove(), plain.remove()]);
  });

  /** What an empty view says. */
  const welcome = (view: string, text: string): Locator =>
    workbench.view(view).locator('.welcome-view-content').filter({ hasText: text });
  /** What a view says above its rows. */
  const message = (view: string, text: string): Locator =>
    workbench.view(view).locator('.message').filter({ hasText: text });
  const step = (id: string): Locator =>
    workbench.page.locator(`button.getting-started-step[data-step-id$="#${id}"]`);
  const ticked = (id: string): Locator => step(id).and(workbench.page.locator('[aria-checked="true"]'));

  /** Opens a step of the walkthrough, looks at its picture, and presses one of its buttons. */
  const press = async (id: string, button: string): Promise<void> => {
    const header = step(id);
    if ((await header.getAttribute('aria-expanded')) !== 'true') await header.locator('.step-title').click();
    await header.getByRole('button', { name: button }).click();
  };

  const showWalkthrough = (): Promise<void> =>
    workbench.choose('Welcome: Open Walkthrough...', 'Get started with RES');

  describe('in a folder that uses NATS and speaks no RES', () => {
    it('make no noise: no lens, no row, no notification', async () => {
      await welcome('Resources', 'No RES services or resources were found').waitFor();
      await workbench.openFile('orders.js');
      await workbench.page.locator('.view-line').filter({ hasText: 'orders.created' }).waitFor();
      assert.deepEqual(await workbench.codeLenses(), []);
      assert.deepEqual(await workbench.treeRows('Resources'), []);
      assert.deepEqual(
        (await workbench.notifications()).filter(({ text }) => /RES/.test(text)),
        [],
      );
    });

    it('say in the history what is missing', async () => {
      await welcome('History', 'No resets and no connections yet').waitFor();
      await workbench.view('History').getByRole('button', { name: 'Add connection' }).waitFor();
    });
  });

  describe('without a folder', () => {
    before(async () => {
      await workbench.page.goto(new URL('/?ew=true', workbench.page.url()).href);
      await workbench.ready();
      await workbench.openContainer('RES');
    });

    it('say that the resources are those of a folder, and that a reset needs none', async () => {
      await welcome('Resources', 'Open the folder of a RES service').waitFor();
      await workbench.view('Resources').getByRole('button', { name: 'Open Folder' }).waitFor();
      await workbench.view('Resources').getByRole('button', { name: 'Reset resources…' }).waitFor();
      assert.equal(await welcome('Resources', 'No RES services').count(), 0);
    });
  });

  describe('in the folder of a service', () => {
    before(async () => {
      const url = new URL('/', workbench.page.url());
      url.searchParams.set('folder', demo.path);
      await workbench.page.goto(url.href);
      await workbench.ready();
      await workbench.openContainer('RES');
      await workbench
        .treeRow('Resources', /^library/)
        .first()
        .waitFor();
    });

    it('say above the resources what a reset will do about the connection', async () => {
      await message('Resources', 'No connection: a reset will ask where your NATS server is.').waitFor();
      await workbench.view('History').getByRole('button', { name: 'Get started' }).click();
      await step('stale').waitFor();
      await workbench.changeSettings({ 'res.connections': [{ name: 'local', servers: [nats.url] }] });
      await message('Resources', 'Not connected: a reset will connect to local first.').waitFor();
      await welcome('History', 'No resets yet. Not connected: a reset connects first.').waitFor();
      await welcome('History', 'Or click a lens above a handler in your code.').waitFor();
    });

    it('are a walkthrough of five, each with a picture', async () => {
      assert.equal(await workbench.page.locator('button.getting-started-step').count(), 5);
      for (const id of ['connect', 'reset', 'report', 'palette']) {
        await step(id).locator('.step-title').click();
        const picture = workbench.page.locator('.getting-started-media img');
        await picture.and(workbench.page.locator('[alt]:not([alt=""])')).waitFor();
        const isDrawn = (image: Element): boolean => (image as HTMLImageElement).naturalWidth > 0;
        while (!(await picture.evaluate(isDrawn)));
        assert.equal(await ticked(id).count(), 0, id);
        await workbench.screenshot(`walkthrough-${id}`);
      }
    });

    it('tick the first when the resources were shown', async () => {
      await press('stale', 'Show resources');
      await ticked('stale').waitFor();
    });

    it('tick the second once there is a connection', async () => {
      await press('connect', 'Connect…');
      await workbench.quickPick().asksFor(/Connect to/);
      assert.equal(await ticked('connect').count(), 0);
      await workbench.quickPick().accept();
      await ticked('connect').waitFor();
      await message('Resources', 'ot connected').waitFor({ state: 'detached' });
      await welcome('History', 'No resets yet.').waitFor();
    });

    it('lead to a handler, and tick when its lens was pressed', async () => {
      await press('reset', 'Go to a handler');
      await workbench.page.locator('.codelens-decoration a').first().click();
      await workbench.view('History').locator('[aria-label^="Reset of "]').first().waitFor();
      await showWalkthrough();
      await ticked('reset').waitFor();
      assert.equal(await ticked('palette').count(), 0, 'a lens counts for the palette');
    });

    it('say to a screen reader what each row is, whatever its tooltip says', async () => {
      await workbench.toggle(workbench.treeRow('Resources', /^library/).first());
      await workbench.view('Resources').locator('[aria-label^="Handler library.book.*, "]').waitFor();
      const resources = await workbench.treeRows('Resources');
      assert.ok(
        resources.some((row) => /^Service library, library\/service\.js/.test(row)),
        resources.join('\n'),
      );
      for (const row of resources) assert.match(row, /^(Service|Handler|Resource) \S+, /);
      await workbench.toggle(workbench.view('History').locator('[aria-label^="Reset of "]').first());
      await workbench.view('History').locator('[aria-label^="resources: "]').first().waitFor();
      for (const row of await workbench.treeRows('History'))
        assert.match(row, /^(Today, 1 reset|Reset of [^,]+, |[a-z ]+: .)/);
    });

    it('tick the fourth when the report was opened', async () => {
      assert.equal(await ticked('report').count(), 0);
      await press('report', 'Show report');
      const pick = workbench.quickPick();
      await pick.asksFor(/./);
      await pick.accept();
      await workbench.webview('.report h1');
      await showWalkthrough();
      await ticked('report').waitFor();
    });

    it('tick the last after a reset from the palette', async () => {
      await press('palette', 'Reset resources…');
      await workbench.quickPick().type('library.books');
      await workbench.quickPick().entry('library.books').first().waitFor();
      await workbench.quickPick().accept();
      await ticked('palette').waitFor();
    });

    it('are remembered, and the history says above its rows what is missing', async () => {
      await workbench.runCommand('RES: Disconnect');
      await message('History', 'Not connected: a reset will connect to local first.').waitFor();
      await workbench.reload();
      await showWalkthrough();
      for (const id of ['stale', 'connect', 'reset', 'report', 'palette']) await ticked(id).waitFor();
    });
  });
});
