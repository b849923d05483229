import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { temporaryFolder } from '../../host/cache';
import { startNatsServer, type NatsServer } from '../../host/natsServer';
import { openWorkbench, type Workbench } from '../../host/workbench';
import { makeWorkspace, type Workspace } from '../../host/workspace';
import { CliFolder } from '../cliFolder';
import { ConnectionPanelPage } from '../connectionPanelPage';

const password = 'battery staple';

describe('Connections of the NATS CLI', function () {
  this.timeout(60_000);
  let first: NatsServer;
  let second: NatsServer;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let cli: CliFolder;
  let workspace: Workspace;
  let workbench: Workbench;
  let panel: ConnectionPanelPage;

  before(async function () {
    this.timeout(180_000);
    const start = (name: string): Promise<NatsServer> =>
      startNatsServer({ args: ['--name', name, '--user', 'alice', '--pass', password] });
    [first, second] = await Promise.all([start('first-server'), start('second-server')]);
    folder = await temporaryFolder('cli-');
    cli = new CliFolder(folder.path);
    await cli.save('alpha', { url: 'nats://127.0.0.1:1' });
    await cli.save('team', { url: first.url, user: 'alice', password, description: 'The team’s server' });
    await cli.save('vault', { creds: 'op://vault/item/creds' });
    await cli.write('broken', `{ "password": ${password}`);
    await cli.select('team');
    workspace = await makeWorkspace({ files: { 'README.md': '# Empty\n' } });
    workbench = await openWorkbench({
      workspace,
      env: {
        XDG_CONFIG_HOME: folder.path,
        NATS_URL: second.url,
        NATS_USER: 'alice',
        NATS_PASSWORD: password,
      },
    });
    panel = await ConnectionPanelPage.open(workbench);
  });

  after(async () => {
    await workbench.close();
    await Promise.all([first.stop(), second.stop()]);
    await workspace.remove();
    await folder.remove();
  });

  it('are listed with the selected one marked, the unusable and the damaged with the reason', async () => {
    await panel.row('team').waitFor();
    const text = await panel.frame.locator('main').innerText();
    assert.match(await panel.row('team').innerText(), /selected context/);
    assert.match(await panel.row('team').innerText(), /The team’s server/);
    assert.match(await panel.row('Environment').innerText(), /From NATS_URL, NATS_USER, NATS_PASSWORD/);
    assert.match(text, /"vault" cannot be used here: reading "creds" from 1Password/);
    assert.match(text, /"broken" is invalid: it is not valid JSON/);
    assert.ok(!text.includes(password));
    await workbench.screenshot('connection-contexts');
  });

  it('come and go in the list with their files', async () => {
    await cli.save('new-one', {});
    await panel.row('new-one').waitFor();
    await cli.remove('new-one');
    await panel.row('new-one').waitFor({ state: 'detached' });
    await cli.select('alpha');
    await panel.row('alpha').filter({ hasText: 'selected context' }).waitFor();
    await cli.select('team');
    await panel.row('team').filter({ hasText: 'selected context' }).waitFor();
  });

  it('stand in the picker, the selected one first, and are used in place', async () => {
    await workbench.runCommand('RES: Connect…');
    const pick = workbench.quickPick();
    await pick.entry('team').waitFor();
    const [preselected] = await pick.entries();
    assert.equal(preselected?.label, 'team');
    await pick.accept();
    await panel.untilState('connected');
    assert.match(await panel.status.innerText(), /first-server/);
  });

  it('follow the file: an edit there counts here', async () => {
    await cli.save('team', { url: second.url, user: 'alice', password });
    await panel.status.filter({ hasText: 'second-server' }).waitFor();
    await cli.save('team', { url: first.url, user: 'alice', password });
    await panel.status.filter({ hasText: 'first-server' }).waitFor();
  });

  it('are protected in the panel: marked everywhere, kept in a setting, and every reset asks', async () => {
    await panel.button('Protect team').click();
    await panel.row('team').filter({ hasText: 'protected' }).waitFor();
    assert.equal(await panel.row('alpha').filter({ hasText: 'protected' }).count(), 0);
    // It is the one in use: that counts at once.
    await panel.untilState('connected');
    await workbench
      .statusBarItem(/RES: team/)
      .locator('.codicon-lock')
      .waitFor();
    await askedToReset('library.book.1');
    await workbench.runCommand('RES: Connect…');
    const pick = workbench.quickPick();
    await pick.entry('team').locator('.codicon-lock').waitFor();
    await pick.cancel();
    const { host } = new URL(workbench.page.url());
    await workbench.runCommand(`Preferences: Open Remote Settings (JSON) (${host})`);
    const editor = workbench.page.locator('.monaco-editor .view-lines').first();
    await editor.filter({ hasText: /res\.protectedContexts/ }).waitFor();
    await workbench.screenshot('connection-protected-context');
    // It is open above everything else.
    await workbench.page.keyboard.press('Escape');
    await editor.waitFor({ state: 'detached' });
  });

  it('stay protected over a reload, and are unprotected by the command', async () => {
    const loaded = workbench.page.waitForEvent('domcontentloaded');
    await workbench.runCommand('Developer: Reload Window');
    await loaded;
    await workbench.ready();
    panel = await ConnectionPanelPage.find(workbench);
    await panel.row('team').filter({ hasText: 'protected' }).waitFor();
    await panel.button('Connect to team').click();
    await panel.untilState('connected');
    await askedToReset('library.book.1');
    await workbench.runCommand('RES: Unprotect connection');
    await panel.row('team').filter({ hasText: 'protected' }).waitFor({ state: 'detached' });
    await panel.untilState('connected');
    await workbench.runCommand('RES: Reset resources');
    await sendPattern('library.book.1');
    await workbench.statusBarItem(/Reset.*published/).waitFor();
  });

  it('are protected by the command, the one of the environment too', async () => {
    await workbench.runCommand('RES: Protect connection');
    const pick = workbench.quickPick();
    await pick.press('Environment');
    await panel.row('Environment').filter({ hasText: 'protected' }).waitFor();
    await panel.button('Unprotect Environment').click();
    await panel.row('Environment').filter({ hasText: 'protected' }).waitFor({ state: 'detached' });
  });

  it('are joined by the one of the environment variables', async () => {
    await panel.button('Disconnect').click();
    await panel.button('Connect to Environment').click();
    await panel.status.filter({ hasText: 'second-server' }).waitFor();
  });

  it('can be imported as a copy, which keeps the password and no longer follows the file', async () => {
    await workbench.runCommand('RES: Import NATS CLI context…');
    const pick = workbench.quickPick();
    await pick.entry('team').waitFor();
    await pick.press('team');
    await workbench.untilNotification(/Imported the NATS CLI context "team" as "team"/);
    await cli.remove('team');
    await panel.row('team').filter({ hasText: 'context' }).waitFor({ state: 'detached' });
    await panel.button('Connect to team').click();
    await panel.status.filter({ hasText: 'first-server' }).waitFor();
  });

  async function sendPattern(pattern: string): Promise<void> {
    const pick = workbench.quickPick();
    await pick.asksFor(/^A service, a pattern/);
    await pick.type(pattern);
    await pick.accept();
  }

  /** A reset on the context asks, and is called off. */
  async function askedToReset(pattern: string): Promise<void> {
    await workbench.runCommand('RES: Reset resources');
    await sendPattern(pattern);
    await workbench.dialog().filter({ hasText: '“team” is protected' }).waitFor();
    await workbench.page.keyboard.press('Escape');
    await workbench.dialog().waitFor({ state: 'detached' });
  }
});

describe('The folder of a NATS CLI that was never used before', function () {
  this.timeout(60_000);
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let cli: CliFolder;
  let workspace: Workspace;
  let workbench: Workbench;
  let panel: ConnectionPanelPage;

  before(async function () {
    this.timeout(180_000);
    folder = await temporaryFolder('cli-');
    // Not even the folder of all configurations is there.
    cli = new CliFolder(path.join(folder.path, 'home', '.config'));
    workspace = await makeWorkspace({ files: { 'README.md': '# Empty\n' } });
    workbench = await openWorkbench({ workspace, env: { XDG_CONFIG_HOME: cli.path } });
    panel = await ConnectionPanelPage.open(workbench);
    await panel.button('Add connection').waitFor();
  });

  after(async () => {
    await workbench.close();
    await workspace.remove();
    await folder.remove();
  });

  it('is followed from the moment that it is made: the first context appears by itself', async () => {
    await cli.save('first', {});
    await panel.row('first').waitFor();
    await cli.select('first');
    await panel.row('first').filter({ hasText: 'selected context' }).waitFor();
  });

  it('is followed again when it was removed and made anew', async () => {
    await rm(path.join(folder.path, 'home'), { recursive: true });
    await panel.row('first').waitFor({ state: 'detached' });
    await cli.save('second', {});
    await panel.row('second').waitFor();
  });
});
