import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startNatsServer, type NatsServer } from '../../host/natsServer';
import { openWorkbench, type Workbench } from '../../host/workbench';
import { makeWorkspace, type Workspace } from '../../host/workspace';

const serves = `import { connect } from 'nats';
const nats = await connect({ servers: 'nats://127.0.0.1:4222' });
nats.subscribe('get.orders.*', { callback: () => {} });
`;
const csharp = `using ResgateIO.Service;
/* Größe */ class Shop { void Start() { var service = new ResService("shop"); service.AddHandler("item.$id", new Items()); } }
`;

const byEnvironment = `package main
import (
	"os"
	res "github.com/jirenius/go-res"
)
func main() {
	service := res.NewService(os.Getenv("SERVICE_NAME"))
	service.Handle("book.$id", res.Model)
}
`;
const byConfiguration = `import { connect } from 'nats';
import config from 'config';
const nats = await connect();
nats.subscribe(\`get.\${config.get('service.name')}.stock\`, { callback: () => ({ result: { model: {} } }) });
`;

describe('A workspace with build output, an old encoding and names from elsewhere', function () {
  this.timeout(60_000);
  let nats: NatsServer;
  let workspace: Workspace;
  let workbench: Workbench;

  before(async function () {
    this.timeout(240_000);
    nats = await startNatsServer();
    workspace = await makeWorkspace({
      files: {
        '.gitignore': 'dist/\n',
        'dist/a.js': serves,
        'src/a.ts': serves,
        'books/main.go': byEnvironment,
        'stock/main.mjs': byConfiguration,
      },
      settings: { 'res.connections': [{ name: 'local', servers: [nats.url] }] },
    });
    await writeFile(path.join(workspace.path, 'Shop.cs'), Buffer.from(csharp, 'latin1'));
    workbench = await openWorkbench({ workspace });
    await workbench.openContainer('RES');
  });

  after(async () => {
    await workbench.close();
    await nats.stop();
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

  it('names a service whose name comes from its environment, and then knows its handlers whole', async () => {
    await row('Service, name unknown, environment variable SERVICE_NAME, books/main.go:7').waitFor();
    await row('Handler ….book.*, books/main.go:8').waitFor();
    await workbench.openFile('books/main.go');
    await workbench.codeLens('Reset ….book.*').waitFor();
    await workbench.clickCodeLens('Name this service…');
    const input = workbench.quickPick();
    await input.type('two words');
    await workbench.page.getByText('A space at position 4 is not allowed').first().waitFor();
    await input.type('library');
    await input.accept();
    await row('Service library, books/main.go:7').waitFor();
    await workbench.codeLens('Reset library.>').waitFor();
    await workbench.codeLens('Reset library.book.*').waitFor();
    assert.equal(await workbench.codeLens('Name this service…').count(), 0);
    const settings = JSON.parse(await workspace.read('.vscode/settings.json')) as Record<string, unknown>;
    assert.deepEqual(settings['res.serviceNames'], [{ env: 'SERVICE_NAME', name: 'library' }]);
  });

  it('asks for the name before a handler without one is reset, once, and sends', async () => {
    await workbench.openFile('stock/main.mjs');
    await workbench.clickCodeLens('Reset ….stock');
    const input = workbench.quickPick();
    await input.type('shop2');
    await input.accept();
    await workbench.treeRow('History', 'shop2.stock').first().waitFor();
    await workbench.codeLens('Reset shop2.stock').waitFor();
    await row('Service shop2, stock/main.mjs:4').waitFor();
    assert.equal(await workbench.treeRow('Resources', 'name unknown').count(), 0);
  });
});
