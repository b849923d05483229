import assert from 'node:assert/strict';
import { connectClient, type TestClient, type WatchedResource } from '../../host/client';
import { startNatsServer, type NatsServer } from '../../host/natsServer';
import { startGateway, type RunningGateway } from '../../host/resgate';
import { startService, type LibraryService } from '../../host/service';
import { openWorkbench, type Workbench } from '../../host/workbench';
import { makeWorkspace, type Workspace } from '../../host/workspace';

describe('A stale client becomes fresh', function () {
  this.timeout(120_000);
  let nats: NatsServer;
  let gateway: RunningGateway;
  let service: LibraryService;
  let client: TestClient;
  let workspace: Workspace;
  let workbench: Workbench;

  before(async () => {
    nats = await startNatsServer();
    [gateway, service] = await Promise.all([
      startGateway({ natsUrl: nats.url }),
      startService({ natsUrl: nats.url }),
    ]);
    workspace = await makeWorkspace({
      files: { 'library/service.js': serviceCode },
      settings: { 'res.connections': [{ name: 'local', servers: [nats.url] }] },
    });
    workbench = await openWorkbench({ workspace });
  });

  beforeEach(async () => {
    client = await connectClient(gateway.wsUrl);
  });

  afterEach(async () => {
    service.denied.clear();
    await client.close();
  });

  after(async () => {
    await workbench.close();
    await Promise.all([service.stop(), gateway.stop()]);
    await nats.stop();
    await workspace.remove();
  });

  const titleOf = (book: WatchedResource): unknown => (book.value() as { title: string }).title;

  /** Changes the data without an event, and shows by a request that comes after it that the client did not notice. */
  const changeBehindItsBack = async (book: WatchedResource, title: string): Promise<void> => {
    const old = titleOf(book);
    service.books.set('1', { title, author: 'George Orwell' });
    await client.call('library.book.2', 'set', { author: 'A. Huxley' });
    assert.equal(titleOf(book), old, 'the client is fresh before anything was reset');
  };

  it('by the palette command, three typed letters and Enter', async () => {
    const book = await client.watch('library.book.1');
    await changeBehindItsBack(book, 'Down and Out');

    await workbench.runCommand('RES: Reset resources');
    const pick = workbench.quickPick();
    await pick.type('lib');
    await pick.entry('library.>').waitFor();
    await pick.accept();

    await book.untilEvent('change');
    assert.equal(titleOf(book), 'Down and Out');
    await workbench.openContainer('RES');
    await workbench.treeRow('History', 'library.>').filter({ hasText: 'refetched' }).first().waitFor();
  });

  it('by the code lens above a handler', async () => {
    const book = await client.watch('library.book.1');
    await changeBehindItsBack(book, 'Burmese Days');

    await workbench.openFile('library/service.js');
    await workbench.clickCodeLens('Reset library.book.*');

    await book.until(() => titleOf(book) === 'Burmese Days');
    await workbench.openContainer('RES');
    await workbench.treeRow('History', 'library.book.*').filter({ hasText: 'code lens' }).first().waitFor();
  });

  it('and one that lost its permission is unsubscribed when access is reset', async () => {
    const book = await client.watch('library.book.1');
    service.denied.add('library.book.1');

    await workbench.runCommand('RES: Reset access');
    const pick = workbench.quickPick();
    await pick.type('library.book.1');
    await pick.entry('library.book.1').first().waitFor();
    await pick.accept();

    await book.untilEvent('unsubscribe');
  });
});

const serviceCode = `import { connect, JSONCodec } from 'nats';

const codec = JSONCodec();
const nc = await connect({ servers: process.env.NATS_URL });

nc.subscribe('get.library.books', { callback: (_, message) => message.respond(codec.encode({})) });
nc.subscribe('get.library.book.*', { callback: (_, message) => message.respond(codec.encode({})) });
nc.subscribe('access.library.>', { callback: (_, message) => message.respond(codec.encode({})) });
`;
