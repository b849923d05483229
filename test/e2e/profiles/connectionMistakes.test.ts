import assert from 'node:assert/strict';
import { openWorkbench, type Workbench } from '../../host/workbench';
import { makeWorkspace, type Workspace } from '../../host/workspace';
import { ConnectionPanelPage } from '../connectionPanelPage';

describe('A list of connections with mistakes in it', function () {
  this.timeout(60_000);
  let workspace: Workspace;
  let workbench: Workbench;
  const broken = [{ name: 5 }, 'nonsense', { name: 'Half', servers: 7 }] as const;

  before(async function () {
    this.timeout(180_000);
    const good = { name: 'Good', servers: ['nats://127.0.0.1:1'], note: 'ours' };
    workspace = await makeWorkspace({
      settings: { 'res.connections': [broken[0], good, broken[1], broken[2]] },
    });
    workbench = await openWorkbench({ workspace });
  });

  after(async () => {
    await workbench.close();
    await workspace.remove();
  });

  it('says what is wrong, keeps the good entry usable, and loses nothing when it is edited', async () => {
    const panel = await ConnectionPanelPage.open(workbench);
    await panel.row('Good').waitFor();
    const text = await panel.frame.locator('main').innerText();
    assert.match(text, /"name" must be a string/);
    assert.match(text, /not an object/);
    assert.match(text, /"Half".*"servers" must be a string or a list of strings/s);
    await panel.button('Edit Good').click();
    await panel.form.field('Name').fill('Better');
    await panel.form.button('Save').click();
    await panel.row('Better').waitFor();
    const settings = JSON.parse(await workspace.read('.vscode/settings.json')) as Record<string, unknown>;
    assert.deepEqual(settings['res.connections'], [
      broken[0],
      { name: 'Better', servers: ['nats://127.0.0.1:1'], note: 'ours' },
      broken[1],
      broken[2],
    ]);
  });

  it('says that nothing listens, and what to do, when it can not connect', async () => {
    const panel = await ConnectionPanelPage.find(workbench);
    await panel.button('Connect to Better').click();
    await panel.untilState('failed');
    assert.match(await panel.status.innerText(), /No server is listening at nats:\/\/127\.0\.0\.1:1/);
    assert.match(await panel.status.innerText(), /Start the NATS server/);
  });
});
