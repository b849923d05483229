import assert from 'node:assert/strict';
import { startNatsServer, type NatsServer } from '../../host/natsServer';
import { openWorkbench, type Theme, type Workbench } from '../../host/workbench';
import { makeWorkspace, type Workspace } from '../../host/workspace';
import { ConnectionPanelPage } from '../connectionPanelPage';

const password = 'correct horse';

describe('The connection panel', function () {
  this.timeout(60_000);
  let nats: NatsServer;
  let workspace: Workspace;
  let workbench: Workbench;
  let panel: ConnectionPanelPage;

  before(async function () {
    this.timeout(180_000);
    nats = await startNatsServer({ args: ['--name', 'dev-server', '--user', 'alice', '--pass', password] });
    workspace = await makeWorkspace({ files: { 'README.md': '# Empty\n' } });
    workbench = await openWorkbench({ workspace });
    panel = await ConnectionPanelPage.open(workbench);
  });

  after(async () => {
    await workbench.close();
    await nats.stop();
    await workspace.remove();
  });

  it('offers a form with the usual address, filled in, when there is no connection yet', async () => {
    await panel.untilState('disconnected');
    await panel.button('Add connection').click();
    await panel.form.field('Servers').waitFor();
    assert.equal(await panel.form.field('Servers').inputValue(), 'nats://127.0.0.1:4222');
    assert.equal(await panel.form.field('Name').inputValue(), 'Local');
    // The editor runs on a server: what it calls localhost need not be where its user sits.
    await panel.form.frame
      .getByText('Here, localhost is the machine on which the VS Code server runs.')
      .waitFor();
    assert.equal(await panel.form.draftNote.count(), 0, 'nothing was typed');
  });

  it('shows by a test what is wrong and what to do, and saves nothing', async () => {
    await panel.form.field('Servers').fill(`nats://alice:wrong@127.0.0.1:${nats.port}`);
    await panel.form.button('Test').click();
    await panel.form.answer.filter({ hasText: /does not accept the user and password/ }).waitFor();
    assert.match(await panel.form.answer.innerText(), /enter them again/);
    assert.ok(!(await panel.form.answer.innerText()).includes('wrong'));
    assert.equal(await panel.row('Local').count(), 0);
    // Not moved to: a test is no attempt that has to be mended.
    assert.equal(await panel.form.focused.innerText(), 'Test');
  });

  it('keeps what was typed while another tab is shown, when it is closed and over a reload, but no secret', async () => {
    const { form } = panel;
    const isAsLeft = async (secret: string): Promise<void> => {
      await form.field('Name').waitFor();
      assert.equal(await form.field('Name').inputValue(), 'Half done');
      assert.equal(await form.field('User').inputValue(), 'alice');
      assert.equal(await form.field('Password').inputValue(), secret);
      await form.draftNote.filter({ hasText: 'without passwords and other secrets' }).waitFor();
    };
    await form.field('Name').fill('Half done');
    await form.field('Servers').fill(`127.0.0.1:${nats.port}`);
    await form.choose('Authentication', 'User and password');
    await form.field('User').fill('alice');
    await form.field('Password').fill('not to be kept');
    await workbench.openFile('README.md');
    await workbench.runCommand('RES: Add connection');
    await isAsLeft('not to be kept');
    await form.field('Name').press('Escape');
    await form.closed();
    await workbench.runCommand('RES: Add connection');
    await isAsLeft('');
    await form.field('Password').fill('not to be kept');
    await workbench.reloadByCommand();
    panel = await ConnectionPanelPage.find(workbench);
    await isAsLeft('');
  });

  it('forgets a draft that is discarded', async () => {
    await panel.form.button('Discard draft').click();
    await panel.form.draftNote.waitFor({ state: 'hidden' });
    assert.equal(await panel.form.field('Name').inputValue(), 'Local');
    await panel.form.choose('Authentication', 'User and password');
    await panel.form.draftNote.waitFor();
    await panel.form.button('Cancel').click();
    await panel.form.closed();
    await panel.button('Add connection').click();
    await panel.form.field('Name').waitFor();
    assert.equal(await panel.form.draftNote.count(), 0);
  });

  it('stays with what is to be mended when it is saved and can not connect', async () => {
    const { form } = panel;
    await form.field('Name').fill('');
    await form.field('Name').press('Enter');
    await form.answer.filter({ hasText: '"name" is empty' }).waitFor();
    assert.equal(await form.focused.getAttribute('aria-invalid'), 'true');
    assert.match(await form.description(form.field('Name')), /cannot be saved: "name" is empty/);
    await form.field('Name').fill('Dev');
    assert.equal(await form.field('Name').getAttribute('aria-invalid'), null);
    await form.choose('Authentication', 'Credentials file');
    // From another field than the one that is to be mended.
    await form.field('Name').press('Enter');
    await form.field('Credentials file (.creds)').and(form.frame.locator('[aria-invalid]')).waitFor();
    await form.field('Credentials file (.creds)').and(form.focused).waitFor();
    await form.answer.filter({ hasText: '"credsFile" is empty' }).waitFor();
    await form.choose('Authentication', 'User and password');
    await form.field('Servers').fill(`127.0.0.1:${nats.port}`);
    await form.field('User').fill('alice');
    await form.field('Password').fill('wrong');
    await form.button('Save and connect').click();
    await form.answer.filter({ hasText: /Saved "Dev", but not connected.*does not accept/ }).waitFor();
    assert.equal(await form.focused.getAttribute('type'), 'password');
    assert.match(await form.description(form.field('Password')), /does not accept the user and password/);
    await panel.untilState('failed');
    await workbench.screenshot('connection-form-failed');
    await panel.form.button('Cancel').click();
    await panel.button('Remove Dev').click();
    await workbench.dialog().getByRole('button', { name: 'Remove' }).click();
    await panel.row('Dev').waitFor({ state: 'detached' });
  });

  it('connects with the keyboard alone, and shows the server, its version and the round trip', async () => {
    await workbench.runCommand('RES: Add connection');
    await panel.form.field('Name').and(panel.form.focused).waitFor();
    await panel.type('Dev');
    await panel.press('Tab');
    await panel.type(`127.0.0.1:${nats.port}`);
    // Where it is kept, and the prefix of inboxes.
    await panel.press('Tab', 'Tab', 'Tab', 'ArrowDown', 'Tab');
    await panel.type('alice');
    await panel.press('Tab');
    await panel.type(password);
    await panel.press('Enter');
    await panel.untilState('connected');
    const status = await panel.status.innerText();
    assert.match(status, /Connected to Dev/);
    assert.match(status, /dev-server/);
    assert.match(status, /nats-server \d+\.\d+\.\d+/);
    assert.match(status, /Round trip\s+(<1|\d+) ms/);
    await workbench.statusBarItem(/RES: Dev/).waitFor();
  });

  it('says that a password is kept, and does not get it back', async () => {
    await panel.button('Edit Dev').click();
    assert.equal(await panel.form.field('Password').inputValue(), '');
    assert.equal(
      await panel.form.field('Password').getAttribute('placeholder'),
      'Stored in the secret storage',
    );
    assert.equal(await panel.form.draftNote.count(), 0, 'nothing was typed');
    await panel.form.field('Name').press('Escape');
    await panel.form.closed();
    // What was only looked at is no draft.
    await panel.button('Edit Dev').click();
    await panel.form.field('Password').waitFor();
    assert.equal(await panel.form.draftNote.count(), 0);
    await panel.form.field('Name').press('Escape');
    await panel.form.closed();
  });

  it('disconnects and connects again with the kept password', async () => {
    await panel.button('Disconnect').click();
    await panel.untilState('disconnected');
    await panel.button('Connect to Dev').click();
    await panel.untilState('connected');
  });

  it('adds another connection by the command, marked as protected and as unsafe', async () => {
    await workbench.runCommand('RES: Add connection');
    await panel.form.field('Name').fill('Production');
    await panel.form.field('Servers').fill('tls://nats-1.example.com, tls://nats-2.example.com');
    await panel.form.checkbox('Protected: ask before every reset').click();
    await panel.form.checkbox('Verify the certificate of the server').click();
    await panel.form.button('Save').click();
    await panel.row('Production').waitFor();
    assert.match(await panel.row('Production').innerText(), /protected/);
    assert.match(await panel.row('Production').innerText(), /certificates not verified/);
  });

  it('refuses a name that exists already, and keeps what was typed', async () => {
    await panel.button('Add connection').click();
    await panel.form.field('Name').fill('Dev');
    await panel.form.button('Save').click();
    await panel.form.answer.filter({ hasText: /already named "Dev"/ }).waitFor();
    assert.equal(await panel.form.field('Name').inputValue(), 'Dev');
    await panel.form.button('Cancel').click();
  });

  it('marks a connection with a colour and an icon, in the list, the picker and the status bar', async () => {
    await panel.button('Edit Dev').click();
    await panel.form.choose('Colour', 'Blue');
    await panel.form.choose('Icon', 'Rocket');
    await panel.form.button('Save').click();
    await panel.row('Dev').locator('.name > .icon').waitFor();
    await workbench
      .statusBarItem(/RES:\s+Dev/)
      .locator('.codicon-rocket')
      .waitFor();
    await panel.untilState('connected');
    await workbench.runCommand('RES: Connect…');
    const pick = workbench.quickPick();
    await pick.entry('Dev').locator('.codicon-rocket').waitFor();
    await pick.cancel();
  });

  it('keeps colour and icon when a connection is copied and put in another order', async () => {
    await panel.button('Duplicate Dev').click();
    const copy = panel.row('Dev copy');
    await copy.locator('.name > .icon').waitFor();
    assert.equal(await copy.getAttribute('data-color'), 'blue');
    await panel.button('Move Dev copy up').click();
    await panel.button('Move Dev copy down').first().waitFor();
    assert.equal(await copy.locator('.name > .icon').count(), 1);
    assert.equal(await copy.getAttribute('data-color'), 'blue');
    await panel.button('Remove Dev copy').click();
    await workbench.dialog().getByRole('button', { name: 'Remove' }).click();
    await copy.waitFor({ state: 'detached' });
  });

  it('asks before a reset as soon as the connection in use was made a protected one', async () => {
    await panel.button('Edit Dev').click();
    await panel.form.checkbox('Protected: ask before every reset').click();
    await panel.form.checkbox('Verify the certificate of the server').click();
    await panel.form.button('Save').click();
    await panel.row('Dev').filter({ hasText: 'protected' }).waitFor();
    await panel.untilState('connected');
    await workbench
      .statusBarItem(/RES:\s+Dev/)
      .locator('.codicon-lock')
      .waitFor();
    await workbench.runCommand('RES: Reset resources');
    const pick = workbench.quickPick();
    await pick.asksFor(/^A service, a pattern/);
    await pick.type('library.book.1');
    await pick.accept();
    const dialog = workbench.dialog().filter({ hasText: '“Dev” is protected' });
    await dialog.waitFor();
    assert.match(await dialog.innerText(), /Unsafe: the certificate of the server is not verified/);
    await workbench.page.keyboard.press('Escape');
    await workbench.dialog().waitFor({ state: 'detached' });
  });

  for (const theme of ['dark', 'light', 'highContrast', 'highContrastLight'] satisfies Theme[]) {
    it(`is drawn in the theme ${theme}`, async () => {
      await workbench.useTheme(theme);
      await panel.row('Dev').scrollIntoViewIfNeeded();
      await workbench.screenshot(`connection-panel-${theme}`);
      await panel.button('Edit Production').click();
      await panel.form.field('Name').waitFor();
      await workbench.screenshot(`connection-form-${theme}`);
      await panel.form.button('Cancel').click();
      const background = await panel.frame.evaluate(
        'getComputedStyle(document.body).getPropertyValue("--vscode-sideBar-background")',
      );
      assert.notEqual(background, '');
    });
  }

  it('shows at once that the server went away, and that it is back', async () => {
    await nats.stop();
    await panel.untilState('reconnecting');
    assert.match(await panel.status.innerText(), /Reconnecting to Dev — attempt \d+/);
    await workbench.screenshot('connection-panel-reconnecting');
    // From here on the next try of its own is so far away that it can't come before the click.
    await panel.status.filter({ hasText: /attempt 7, next try in \d s/ }).waitFor();
    nats = await startNatsServer({ port: nats.port, args: ['--user', 'alice', '--pass', password] });
    await panel.button('Reconnect now').click();
    await panel.untilState('connected');
  });

  it('removes a connection when that was confirmed', async () => {
    await panel.button('Remove Production').click();
    await workbench.dialog().getByRole('button', { name: 'Remove' }).click();
    await panel.row('Production').waitFor({ state: 'detached' });
    assert.equal(await panel.row('Dev').count(), 1);
  });

  it('never put the password into the settings', async () => {
    await workbench.runCommand('Preferences: Open User Settings (JSON)');
    const editors = workbench.page.locator('.monaco-editor .view-lines');
    const editor = editors.filter({ hasText: /res\.connections/ }).first();
    await editor.waitFor();
    const text = await editor.innerText();
    assert.match(text, /Dev/);
    assert.ok(!text.replaceAll('\u00a0', ' ').includes(password));
  });

  it('breaks no content security policy', () => {
    assert.deepEqual(
      workbench.consoleErrors.filter(
        (error) =>
          /Content Security Policy/.test(error) && /webview|connectionPanel|connectionForm/.test(error),
      ),
      [],
    );
  });
});
