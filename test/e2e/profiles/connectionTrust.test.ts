import assert from 'node:assert/strict';
import { startNatsServer, type NatsServer } from '../../host/natsServer';
import { openWorkbench, type Workbench } from '../../host/workbench';
import { makeWorkspace, type Workspace } from '../../host/workspace';
import { ConnectionPanelPage } from '../connectionPanelPage';

const password = 'battery staple';

describe('A connection in the workspace’s settings', function () {
  this.timeout(60_000);
  let nats: NatsServer;
  let other: NatsServer;
  let workspace: Workspace;
  let workbench: Workbench;
  let panel: ConnectionPanelPage;
  const profile = (url: string): object => ({
    name: 'Team',
    servers: [url],
    auth: 'password',
    user: 'alice',
  });

  before(async function () {
    this.timeout(180_000);
    const args = ['--user', 'alice', '--pass', password];
    [nats, other] = await Promise.all([
      startNatsServer({ args }),
      startNatsServer({ args: [...args, '-V'] }),
    ]);
    workspace = await makeWorkspace({ settings: { 'res.connections': [profile(nats.url)] } });
    workbench = await openWorkbench({ workspace });
    panel = await ConnectionPanelPage.open(workbench);
  });

  after(async () => {
    await workbench.close();
    await Promise.all([nats.stop(), other.stop()]);
    await workspace.remove();
  });

  async function enter(text: string): Promise<void> {
    const box = workbench.quickPick();
    await box.asksFor(/^Password$/);
    assert.match(
      await workbench.page.locator('.quick-input-widget').innerText(),
      /Enter the password for nats:/,
    );
    await box.type(text);
    await box.accept();
  }

  it('asks for its password, and again if that was the wrong one', async () => {
    await panel.button('Connect to Team').click();
    await enter('wrong');
    await panel.status.filter({ hasText: /does not accept the user and password/ }).waitFor();
    await panel.button('Connect to Team').click();
    await enter(password);
    await panel.untilState('connected');
  });

  it('asks for its password once on this machine', async () => {
    await panel.button('Disconnect').click();
    await panel.button('Connect to Team').click();
    await panel.untilState('connected');
  });

  it('is tested with the kept password from its form', async () => {
    await panel.button('Edit Team').click();
    await panel.form.button('Test').click();
    await panel.form.answer.filter({ hasText: /Connected to/ }).waitFor();
    await panel.form.button('Cancel').click();
  });

  it('never sends the password to a server that was put there later', async () => {
    await panel.button('Disconnect').click();
    await workspace.write(
      '.vscode/settings.json',
      JSON.stringify({ 'res.connections': [profile(other.url)] }),
    );
    await panel.row('Team').filter({ hasText: other.url }).waitFor();
    await panel.button('Connect to Team').click();
    const box = workbench.quickPick();
    await box.asksFor(/^Password$/);
    await box.cancel();
    assert.ok(!other.output().includes('CONNECT'));
  });

  it('did not write the password into the settings', async () => {
    assert.ok(!(await workspace.read('.vscode/settings.json')).includes(password));
  });
});

describe('An untrusted workspace', function () {
  this.timeout(60_000);
  let nats: NatsServer;
  let workspace: Workspace;
  let workbench: Workbench;

  before(async function () {
    this.timeout(180_000);
    nats = await startNatsServer({ args: ['-V'] });
    workspace = await makeWorkspace({
      settings: { 'res.connections': [{ name: 'Theirs', servers: [nats.url] }] },
    });
    workbench = await openWorkbench({ workspace, restricted: true });
  });

  after(async () => {
    await workbench.close();
    await nats.stop();
    await workspace.remove();
  });

  it('has no say in what is connected to until it is trusted', async () => {
    await workbench.statusBarItem(/Restricted Mode/).waitFor();
    const panel = await ConnectionPanelPage.open(workbench);
    await panel.button('Add connection').waitFor();
    assert.equal(await panel.row('Theirs').count(), 0);
    await workbench.screenshot('connection-restricted');
    await workbench.runCommand('RES: Connect…');
    const box = workbench.quickPick();
    await box.untilMessage(/No connections yet\. Enter the address/);
    assert.equal(await box.typed(), 'nats://127.0.0.1:4222');
    await box.cancel();
    assert.ok(!nats.output().includes('CONNECT'));
  });

  it('shows its connections once it is trusted, and still connects to none by itself', async () => {
    const panel = await ConnectionPanelPage.find(workbench);
    await workbench.runCommand('Workspaces: Manage Workspace Trust');
    await workbench.page.getByRole('button', { name: 'Trust', exact: true }).click();
    await panel.row('Theirs').waitFor({ state: 'attached' });
    assert.ok(!nats.output().includes('CONNECT'));
    await workbench.runCommand('RES: Connect…');
    const pick = workbench.quickPick();
    await pick.entry('Theirs').waitFor();
    await pick.accept();
    await panel.untilState('connected');
  });
});
