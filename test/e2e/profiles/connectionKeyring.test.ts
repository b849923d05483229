import assert from 'node:assert/strict';
import { startNatsServer, type NatsServer } from '../../host/natsServer';
import { openWorkbench, type Workbench } from '../../host/workbench';
import { makeWorkspace, type Workspace } from '../../host/workspace';
import { ConnectionPanelPage } from '../connectionPanelPage';

const password = 'battery staple';
const notice = /secrets last for this session only/;

/**
 * Where VS Code in a browser keeps its secrets is a place that can be taken away: it then does what it does wherever
 * there is no keyring, and forgets them with the window without a word.
 */
const forget = `{
  const keep = Storage.prototype.setItem;
  Storage.prototype.setItem = function (key, value) {
    if (key === 'secrets.provider') throw new Error('no place to keep secrets');
    keep.call(this, key, value);
  };
}`;

describe('A machine that keeps no secrets', function () {
  this.timeout(60_000);
  let nats: NatsServer;
  let workspace: Workspace;
  let workbench: Workbench;
  let panel: ConnectionPanelPage;

  before(async function () {
    this.timeout(180_000);
    nats = await startNatsServer({ args: ['--user', 'alice', '--pass', password] });
    workspace = await makeWorkspace({ files: { 'README.md': '# Empty\n' } });
    const team = { name: 'Team', servers: [nats.url], auth: 'password', user: 'alice' };
    workbench = await openWorkbench({ workspace, settings: { 'res.connections': [team] } });
    await workbench.page.evaluate(forget);
    await workbench.page.addInitScript(forget);
    panel = await ConnectionPanelPage.open(workbench);
  });

  after(async () => {
    await workbench.close();
    await nats.stop();
    await workspace.remove();
  });

  async function enterPassword(): Promise<void> {
    const box = workbench.quickPick();
    await box.asksFor(/^Password$/);
    await box.type(password);
    await box.accept();
    await panel.untilState('connected');
  }

  async function reload(): Promise<void> {
    const loaded = workbench.page.waitForEvent('domcontentloaded');
    await workbench.runCommand('Developer: Reload Window');
    await loaded;
    await workbench.ready();
    panel = await ConnectionPanelPage.find(workbench);
  }

  async function notices(): Promise<number> {
    return (await workbench.notifications()).filter(({ text }) => notice.test(text)).length;
  }

  it('keeps the password for the session', async () => {
    await panel.button('Connect to Team').click();
    await enterPassword();
    await panel.button('Disconnect').click();
    await panel.button('Connect to Team').click();
    await panel.untilState('connected');
    assert.equal(await notices(), 0);
  });

  it('keeps the connection for good, says that the password is gone, and asks for it', async () => {
    await reload();
    await panel.button('Connect to Team').click();
    await workbench.untilNotification(notice);
    await enterPassword();
    assert.equal(await notices(), 1);
  });

  it('says so once: the next window just asks', async () => {
    await reload();
    await panel.button('Connect to Team').click();
    await enterPassword();
    assert.equal(await notices(), 0);
  });
});
