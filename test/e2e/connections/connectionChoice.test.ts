import assert from 'node:assert/strict';
import { startNatsServer, type NatsServer } from '../../host/natsServer';
import { openWorkbench, type Workbench } from '../../host/workbench';
import { makeWorkspace, type Workspace } from '../../host/workspace';

describe('A reset without a connection', function () {
  this.timeout(60_000);
  let nats: NatsServer;
  let workspace: Workspace;
  let workbench: Workbench;

  before(async function () {
    this.timeout(180_000);
    nats = await startNatsServer({ args: ['-V'] });
    workspace = await makeWorkspace({ files: { 'README.md': '# Empty\n' } });
    workbench = await openWorkbench({ workspace });
  });

  after(async () => {
    await workbench.close();
    await nats.stop();
    await workspace.remove();
  });

  async function reset(pattern: string): Promise<void> {
    const pick = workbench.quickPick();
    await pick.asksFor(/^A service, a pattern/);
    await pick.type(pattern);
    await pick.accept();
    await workbench.statusBarItem(/Reset.*published/).waitFor();
  }

  it('asks for the address alone, refuses what is none, and goes on with the reset', async () => {
    await workbench.runCommand('RES: Reset resources');
    const box = workbench.quickPick();
    await box.untilMessage(/No connections yet\. Enter the address/);
    assert.equal(await box.typed(), 'nats://127.0.0.1:4222');
    await box.type('http://127.0.0.1');
    await box.untilMessage(/http:\/\/ is not supported/);
    await box.type(`127.0.0.1:${nats.port}`);
    await box.accept();
    await workbench.statusBarItem(/RES: Local/).waitFor();
    await reset('library.book.1');
  });

  it('takes the only one, after a reload too', async () => {
    await workbench.reload();
    await workbench.statusBarItem(/RES: not connected/).waitFor();
    await workbench.runCommand('RES: Reset resources');
    await reset('library.book.2');
    await workbench.statusBarItem(/RES: Local/).waitFor();
  });
});

describe('With several connections', function () {
  this.timeout(60_000);
  let servers: readonly NatsServer[];
  let workspace: Workspace;
  let workbench: Workbench;

  before(async function () {
    this.timeout(180_000);
    servers = await Promise.all([startNatsServer(), startNatsServer()]);
    const connections = servers.map(({ url }, index) => ({
      name: index === 0 ? 'one' : 'two',
      servers: [url],
      ...(index === 1 ? { protected: true } : {}),
    }));
    workspace = await makeWorkspace({ settings: { 'res.connections': connections } });
    workbench = await openWorkbench({ workspace });
  });

  after(async () => {
    await workbench.close();
    await Promise.all(servers.map((server) => server.stop()));
    await workspace.remove();
  });

  it('the first reset asks which, and shows which is protected', async () => {
    await workbench.runCommand('RES: Reset resources');
    const pick = workbench.quickPick();
    await pick.entry('two').waitFor();
    const entries = await pick.entries();
    assert.deepEqual(
      entries.map(({ label }) => label.trim()),
      ['one', 'two'],
    );
    assert.match(entries[1]?.detail ?? '', new RegExp(servers[1]?.url ?? '-'));
    await pick.press('two');
    await workbench.statusBarItem(/RES: two/).waitFor();
    await workbench.quickPick().asksFor(/^A service, a pattern/);
    await workbench.quickPick().cancel();
  });

  it('the next ones do not ask: the workspace remembers it over a reload', async () => {
    // By the command: a browser's own reload may come before VS Code has written what it remembers.
    const loaded = workbench.page.waitForEvent('domcontentloaded');
    await workbench.runCommand('Developer: Reload Window');
    await loaded;
    await workbench.ready();
    await workbench.statusBarItem(/RES: not connected/).waitFor();
    await workbench.runCommand('RES: Reset resources');
    await workbench.statusBarItem(/RES: two/).waitFor();
    await workbench.quickPick().asksFor(/^A service, a pattern/);
    await workbench.quickPick().cancel();
  });

  it('a click on the status bar switches', async () => {
    await workbench.statusBarItem(/RES: two/).click();
    const pick = workbench.quickPick();
    await pick.entry('one').waitFor();
    assert.deepEqual(
      (await pick.entries()).map(({ label }) => label.trim()),
      ['two', 'one'],
    );
    await pick.press('one');
    await workbench.statusBarItem(/RES: one/).waitFor();
  });

  it('reconnecting after a disconnect takes the same one again', async () => {
    const before = (await workbench.notifications()).length;
    await workbench.runCommand('RES: Disconnect');
    await workbench.statusBarItem(/RES: not connected/).waitFor();
    await workbench.runCommand('RES: Reconnect now');
    await workbench.statusBarItem(/RES: one/).waitFor();
    assert.equal((await workbench.notifications()).length, before);
  });

  it('a server that is gone is reported in words, with what to do', async () => {
    await workbench.runCommand('RES: Disconnect');
    await servers[0]?.stop();
    const before = (await workbench.notifications()).length;
    await workbench.runCommand('RES: Reconnect now');
    const text = await workbench.untilNotification(/No server is listening at/, before);
    assert.match(text, /Start the NATS server/);
    await workbench.statusBarItem(/RES: one/).waitFor();
  });

  it('a reset that finds its server gone offers the others', async () => {
    await workbench.runCommand('RES: Reset resources');
    await workbench.pressInNotification(/RES: No server is listening at/, 'Choose Connection…');
    const pick = workbench.quickPick();
    await pick.asksFor(/^Connect to/);
    await pick.press('two');
    await workbench.statusBarItem(/RES: two/).waitFor();
  });
});
