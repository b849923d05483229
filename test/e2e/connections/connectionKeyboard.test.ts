import assert from 'node:assert/strict';
import { connect, type NatsConnection } from 'nats';
import { makeCertificates, type Certificates } from '../../bus/natsCertificates';
import { startNatsServer, type NatsServer } from '../../host/natsServer';
import { openWorkbench, type Theme, type Workbench } from '../../host/workbench';
import { makeWorkspace, type Workspace } from '../../host/workspace';
import { ConnectionPanelPage } from '../connectionPanelPage';

describe('With the keyboard alone', function () {
  this.timeout(60_000);
  let certificates: Certificates;
  let nats: NatsServer;
  let client: NatsConnection;
  const received: string[] = [];
  let workspace: Workspace;
  let workbench: Workbench;
  let panel: ConnectionPanelPage;

  before(async function () {
    this.timeout(180_000);
    certificates = await makeCertificates();
    const { certFile, keyFile } = certificates.server;
    nats = await startNatsServer({
      args: ['--name', 'tls-server'],
      config: `tls { cert_file: "${certFile}", key_file: "${keyFile}" }`,
    });
    client = await connect({ servers: nats.url, tls: { caFile: certificates.caFile } });
    client.subscribe('system.reset', { callback: (_error, message) => received.push(message.string()) });
    workspace = await makeWorkspace({ files: { 'README.md': '# Empty\n' } });
    workbench = await openWorkbench({ workspace });
  });

  after(async () => {
    await workbench.close();
    await client.close();
    await nats.stop();
    await workspace.remove();
    await certificates.remove();
  });

  it('a protected TLS connection is added and connected', async () => {
    panel = await ConnectionPanelPage.open(workbench);
    await workbench.runCommand('RES: Add connection');
    await focused('Name');
    await panel.type('Secure');
    await panel.press('Tab');
    await panel.type(nats.url);
    await panel.press('Tab');
    await focused('Stored in');
    await panel.press('Tab', 'Tab', 'Tab');
    // The second entry is "Required".
    await focused('TLS');
    await panel.press('ArrowDown', 'Tab');
    await focused('CA file');
    await panel.type(certificates.caFile);
    for (const next of ['Client certificate', 'Client key', 'Server name', 'TLS handshake', 'Verify'])
      await tabTo(next);
    await tabTo('Protected');
    await panel.press('Space');
    await tabTo('Colour');
    await panel.press('Shift+Tab', 'Shift+Tab', 'Shift+Tab', 'Shift+Tab');
    await focused('Server name');
    await workbench.screenshot('connection-keyboard-form');
    await panel.press('Enter');
    await panel.untilState('connected');
    assert.match(await panel.status.innerText(), /tls-server[\s\S]*Security\s+TLS/);
    assert.match(await panel.row('Secure').innerText(), /protected/);
    const statusBar = workbench.statusBarItem(/RES: Secure/);
    assert.equal(await statusBar.locator('.codicon-lock').count(), 1);
  });

  it('a reset on it is sent when it was confirmed, and not before', async () => {
    await workbench.runCommand('RES: Reset resources');
    const pick = workbench.quickPick();
    await pick.type('library.book.1');
    await pick.accept();
    const question = await workbench.dialog().innerText();
    await workbench.screenshot('connection-keyboard-confirm');
    assert.match(question, /“Secure” is protected/);
    assert.match(question, /to tls-server/);
    assert.match(question, /system\.reset {"resources":\["library\.book\.1"\]}/);
    await client.flush();
    assert.deepEqual(received, []);
    await workbench.page.keyboard.press('Enter');
    await workbench.dialog().waitFor({ state: 'detached' });
    await workbench.statusBarItem(/Reset.*published/).waitFor();
    await client.flush();
    assert.deepEqual(received, ['{"resources":["library.book.1"]}']);
  });

  it('a reset that was called off is not sent', async () => {
    await workbench.runCommand('RES: Reset resources');
    const pick = workbench.quickPick();
    await pick.type('library.book.2');
    await pick.accept();
    await workbench.dialog().waitFor();
    await workbench.page.keyboard.press('Escape');
    await workbench.dialog().waitFor({ state: 'detached' });
    await client.flush();
    assert.equal(received.length, 1);
  });

  it('connections are put in another order, copied, tested and removed', async () => {
    await workbench.runCommand('RES: Duplicate connection');
    await panel.row('Secure copy').waitFor({ state: 'attached' });
    assert.deepEqual(await names(), ['Secure', 'Secure copy']);
    await choose('RES: Move connection up', 'Secure copy');
    await panel.frame.locator('.connection').first().filter({ hasText: 'Secure copy' }).waitFor();
    assert.deepEqual(await names(), ['Secure copy', 'Secure']);
    await choose('RES: Test connection', 'Secure copy');
    const answer = await workbench.untilNotification(/Connected to/);
    assert.match(answer, /tls-server, nats-server .*Round trip: .*Security: TLSv1\.3/s);
    await choose('RES: Remove connection', 'Secure copy');
    await workbench.dialog().waitFor();
    await workbench.page.keyboard.press('Enter');
    await panel.row('Secure copy').waitFor({ state: 'detached' });
  });

  for (const theme of ['dark', 'light', 'highContrast', 'highContrastLight'] satisfies Theme[]) {
    it(`the form fits at twice the size, in the theme ${theme}`, async () => {
      await workbench.useTheme(theme);
      // What a browser's zoom of 200 % does to a window of 1280 × 800.
      await workbench.page.setViewportSize({ width: 640, height: 400 });
      await workbench.runCommand('RES: Edit connection');
      await panel.form.field('Name').waitFor();
      const overflow = await panel.form.frame
        .locator('html')
        .evaluate((page) => page.scrollWidth - page.clientWidth);
      assert.equal(overflow, 0);
      await workbench.screenshot(`connection-zoomed-${theme}`);
      await panel.form.field('Name').press('Escape');
      await panel.row('Secure').waitFor({ state: 'attached' });
      await workbench.page.setViewportSize({ width: 1280, height: 800 });
    });
  }

  /** Resolves when what has the focus in the form is called so. */
  async function focused(label: string): Promise<void> {
    await panel.form.frame
      .getByRole('main')
      .locator(':focus')
      .and(panel.form.field(label).or(panel.form.frame.getByLabel(label)).or(panel.form.checkbox(label)))
      .waitFor();
  }

  async function tabTo(label: string): Promise<void> {
    await panel.press('Tab');
    await focused(label);
  }

  /** Runs a command and picks a connection, by typing. */
  async function choose(command: string, name: string): Promise<void> {
    await workbench.runCommand(command);
    const pick = workbench.quickPick();
    await pick.entry(name).waitFor();
    await pick.type(name);
    await pick.accept();
  }

  function names(): Promise<string[]> {
    return panel.frame.locator('.connection .title').allInnerTexts();
  }
});
