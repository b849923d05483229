import assert from 'node:assert/strict';
import { connect, type NatsConnection } from 'nats';
import { connectClient, type TestClient } from '../../host/client';
import { startNatsServer, type NatsServer } from '../../host/natsServer';
import { startGateway, type RunningGateway } from '../../host/resgate';
import { waiters } from '../../host/waiters';
import { openWorkbench, type Workbench } from '../../host/workbench';
import { makeWorkspace, type Workspace } from '../../host/workspace';
import { until as eventually } from '../../integration/until';

describe('What is about to be sent', function () {
  this.timeout(60_000);
  let nats: NatsServer;
  let gateway: RunningGateway;
  let service: NatsConnection;
  let client: TestClient;
  let workspace: Workspace;
  let workbench: Workbench;
  const published: string[] = [];
  const { wake, until } = waiters();

  before(async function () {
    this.timeout(240_000);
    nats = await startNatsServer();
    gateway = await startGateway({ natsUrl: nats.url });
    service = await connect({ servers: nats.url });
    service.subscribe('system.>', {
      callback: (_error, { subject, data }) => {
        published.push(`${subject} ${new TextDecoder().decode(data)}`);
        wake();
      },
    });
    // Who logs in gets a token with an id.
    service.subscribe('auth.users.login', {
      callback: (_error, message) => {
        const { cid } = JSON.parse(message.string()) as { cid: string };
        service.publish(`conn.${cid}.token`, JSON.stringify({ token: { user: 1 }, tid: '12' }));
        message.respond(JSON.stringify({ result: null }));
      },
    });
    service.subscribe('auth.users.renew', {
      callback: (_error, message) => {
        message.respond(JSON.stringify({ result: null }));
      },
    });
    await service.flush();
    client = await connectClient(gateway.wsUrl);
    await client.authenticate('users', 'login');
    workspace = await makeWorkspace({
      from: 'demo',
      settings: { 'res.connections': [{ name: 'local', servers: [nats.url] }] },
    });
    workbench = await openWorkbench({ workspace });
    await workbench.openContainer('RES');
    for (const view of ['Connection', 'Resources'])
      await workbench.view(view).locator('.pane-header').click();
  });

  beforeEach(() => {
    published.length = 0;
  });

  after(async () => {
    await workbench.close();
    await client.close();
    await service.close();
    await gateway.stop();
    await nats.stop();
    await workspace.remove();
  });

  /** Waits for a title; `local` in it is shown with its server. */
  const title = (text: string): Promise<void> =>
    workbench.page
      .locator('.quick-input-title', { hasText: text.replace('local', `local (${nats.url})`) })
      .waitFor();
  const sent = async (): Promise<readonly string[]> => {
    await until(
      () => published.length > 0,
      () => 'a message on the bus',
    );
    return published;
  };

  it('stands in the title of the picker, for resources, access or both', async () => {
    await workbench.runCommand('RES: Reset resources');
    const pick = workbench.quickPick();
    await pick.type('library.books');
    const next = workbench.page.getByRole('button', { name: 'Switch between resources, access and both' });
    await title('Reset resources on local — {"resources":["library.books"]}');
    await next.click();
    await title('Reset access on local — {"access":["library.books"]}');
    await next.click();
    await title(
      'Reset resources and access on local — {"resources":["library.books"],"access":["library.books"]}',
    );
    await pick.accept();
    assert.deepEqual(await sent(), [
      'system.reset {"resources":["library.books"],"access":["library.books"]}',
    ]);
    await workbench
      .view('History')
      .locator('[aria-label^="Reset of library.books and access,"]')
      .filter({ hasText: 'no gateway reacted' })
      .waitFor();
  });

  it('stands in the tooltip of a lens, with the known resources that it reaches, live ones marked', async () => {
    await workbench.openFile('library/service.js', 37);
    const lens = workbench.codeLens('Reset library.book.*').first();
    const tooltip = async (): Promise<string> => (await lens.getAttribute('title')) ?? '';
    await lens.waitFor();
    assert.match(await tooltip(), /^system\.reset \{"resources":\["library\.book\.\*"\]\}\nMatches /);
    assert.ok((await tooltip()).endsWith(`\nSent on local (${nats.url}).`), await tooltip());
    let last = '';
    await workbench.runCommand('RES: Start collecting live names');
    await eventually(
      async () => {
        service.publish('event.library.book.77.change', JSON.stringify({ values: {} }));
        last = await tooltip();
        return last.includes('\nMatches library.book.77 (live), ') || undefined;
      },
      () => `a live name in the tooltip: ${last}`,
    );
    await workbench.runCommand('RES: Stop collecting live names');
    await eventually(
      async () => ((await tooltip()).includes('live') ? undefined : true),
      () => 'a tooltip that has forgotten what was live',
    );
  });

  it('is checked, for tokens, while it is typed; then the auth requests that follow are shown', async () => {
    await workbench.runCommand('RES: Reset tokens…');
    const pick = workbench.quickPick();
    await title('Reset tokens on local (1/2)');
    await pick.type(' , ');
    await pick.untilMessage(/Enter at least one token id/);
    await pick.accept();
    await pick.type('12, 99');
    await pick.untilMessage(/Ids of the tokens to renew/);
    await pick.accept();
    await title('Reset tokens on local (2/2)');
    await pick.type('get.users');
    await pick.untilMessage(/Enter the subject of an auth request/);
    await pick.accept();
    await pick.type('auth.users.renew');
    await pick.untilMessage(/The auth request that the gateways send/);
    await pick.accept();
    assert.deepEqual(await sent(), ['system.tokenReset {"tids":["12","99"],"subject":"auth.users.renew"}']);
    const row = workbench.treeRow('History', 'tokens 12 +1').filter({ hasText: '1 renewed' });
    await workbench.toggle(row);
    await workbench.treeRow('History', /^usersauth · client 1 · answered/).waitFor();
  });
});
