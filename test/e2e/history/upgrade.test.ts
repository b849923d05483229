import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { startNatsServer, type NatsServer } from '../../host/natsServer';
import { packageUnderTest } from '../../host/packageExtension';
import { openWorkbench, type Workbench } from '../../host/workbench';
import { makeWorkspace, type Workspace } from '../../host/workspace';
import { listenToResets, type ResetBus } from '../../integration/resetBus';
import { ConnectionPanelPage } from '../connectionPanelPage';
import { resetResources } from '../resetResources';

const password = 'battery staple';
/** The first version as it was packaged, without its grammars, which are most of it. */
const firstVersion = path.join(import.meta.dirname, '../upgrade/vscode-res-0.1.0.vsix');

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly configuration: readonly { readonly properties: Readonly<Record<string, unknown>> }[];
    readonly keybindings: readonly { readonly command: string; readonly key: string }[];
  };
}

describe('An upgrade from the first version', function () {
  this.timeout(60_000);
  let nats: NatsServer;
  let bus: ResetBus;
  let workspace: Workspace;
  let workbench: Workbench;
  let panel: ConnectionPanelPage;
  let first: Manifest;

  before(async function () {
    this.timeout(180_000);
    nats = await startNatsServer({ args: ['--user', 'alice', '--pass', password] });
    bus = await listenToResets(nats.url.replace('://', `://alice:${encodeURIComponent(password)}@`));
    workspace = await makeWorkspace({ files: { 'README.md': '# Empty\n' } });
    const connection = { servers: [nats.url], auth: 'password', user: 'alice' };
    workbench = await openWorkbench({
      workspace,
      vsix: firstVersion,
      keepsSecrets: true,
      settings: {
        // With two of them, only a remembered one is used without a question.
        'res.connections': [
          { name: 'Other', servers: [nats.url] },
          { name: 'Team', ...connection },
        ],
        'res.verify.enabled': false,
      },
    });
    panel = await ConnectionPanelPage.open(workbench);
    await panel.button('Connect to Team').click();
    const box = workbench.quickPick();
    await box.asksFor(/^Password$/);
    await box.type(password);
    await box.accept();
    await panel.untilState('connected');
    await reset('before.upgrade');
    first = await manifest();
    await workbench.upgrade(await packageUnderTest());
    panel = await ConnectionPanelPage.open(workbench);
  });

  after(async () => {
    await workbench.close();
    await bus.close();
    await nats.stop();
    await workspace.remove();
  });

  const reset = async (pattern: string): Promise<void> => {
    await resetResources(workbench, pattern);
    await workbench.treeRow('History', pattern).first().waitFor();
  };

  const manifest = async (): Promise<Manifest> => {
    const folder = await workbench.extensionFolder('vscode-res.vscode-res');
    return JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as Manifest;
  };

  it('keeps what was sent', async () => {
    const row = workbench.treeRow('History', 'before.upgrade').first();
    await row.waitFor();
    assert.match((await row.getAttribute('aria-label')) ?? '', /^Reset of before\.upgrade, published/);
  });

  it('sends on the connection that was used, with the password that was kept, and asks nothing', async () => {
    await reset('after.upgrade');
    await panel.untilState('connected');
    const sent = JSON.stringify(await bus.resets());
    assert.match(sent, /before\.upgrade.*after\.upgrade/);
    assert.equal(await workbench.treeRow('History', 'before.upgrade').count(), 1);
  });

  it('keeps the ids of commands, settings and keys, which people and other extensions rely on', async () => {
    const { contributes: was } = first;
    const { contributes: is } = await manifest();
    const missing = (before: readonly string[], after: readonly string[]): string[] =>
      before.filter((one) => !after.includes(one));
    const commands = ({ commands: all }: Manifest['contributes']): string[] =>
      all.map(({ command }) => command);
    const keys = ({ keybindings }: Manifest['contributes']): string[] =>
      keybindings.map(({ key, command }) => `${key} ${command}`);
    assert.ok(was.commands.length > 40);
    assert.deepEqual(missing(commands(was), commands(is)), []);
    assert.deepEqual(missing(keys(was), keys(is)), []);
    const settings = ({ configuration }: Manifest['contributes']): string[] =>
      configuration.flatMap(({ properties }) => Object.keys(properties));
    assert.deepEqual(missing(settings(was), settings(is)), []);
  });
});
