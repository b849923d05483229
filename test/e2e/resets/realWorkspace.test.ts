import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { openWorkbench, type Workbench } from '../../host/workbench';
import { makeWorkspace, type Workspace } from '../../host/workspace';

const serves = `import { connect } from 'nats';
const nats = await connect({ servers: 'nats://127.0.0.1:4222' });
nats.subscribe('get.orders.*', { callback: () => {} });
`;
const csharp = `using ResgateIO.Service;
/* Größe */ class Shop { void Start() { var service = new ResService("shop"); service.AddHandler("item.$id", new Items()); } }
`;

describe('A workspace with build output and an old encoding', function () {
  this.timeout(60_000);
  let workspace: Workspace;
  let workbench: Workbench;

  before(async function () {
    this.timeout(240_000);
    workspace = await makeWorkspace({
      files: { '.gitignore': 'dist/\n', 'dist/a.js': serves, 'src/a.ts': serves },
    });
    await writeFile(path.join(workspace.path, 'Shop.cs'), Buffer.from(csharp, 'latin1'));
    workbench = await openWorkbench({ workspace });
    await workbench.openContainer('RES');
  });

  after(async () => {
    await workbench.close();
    await workspace.remove();
  });

  const row = (text: string) => workbench.treeRow('Resources', text).first();

  it('has each service once, in the source and not in what is made of it', async () => {
    await row('Service orders, src/a.ts:3').waitFor();
    await row('Service shop, Shop.cs:2').waitFor();
    assert.equal(await workbench.treeRow('Resources', 'dist/').count(), 0);
  });

  it('has lenses in an ignored file while it is open, and shows it nowhere else', async () => {
    await workbench.openFile('dist/a.js');
    await workbench.codeLens('Reset orders.*').waitFor();
    await row('Service orders, src/a.ts:3').waitFor();
    assert.equal(await workbench.treeRow('Resources', '+1').count(), 0);
  });

  it('has lenses in a file that is no UTF-8', async () => {
    await workbench.openFile('Shop.cs');
    await workbench.codeLens('Reset shop.>').waitFor();
    await workbench.codeLens('Reset shop.item.*').waitFor();
  });

  it('takes what an ignore file no longer names in at once, and leaves it out again', async () => {
    await workspace.write('.gitignore', '');
    await row('Service orders, dist/a.js:3 +1').waitFor();
    await workspace.write('.gitignore', 'dist\n');
    await row('Service orders, src/a.ts:3').waitFor();
    assert.equal(await workbench.treeRow('Resources', '+1').count(), 0);
  });
});
