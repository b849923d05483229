import assert from 'node:assert/strict';
import { createDial } from '../../../src/connections/link/dial';
import { connectionsByKey, findConnection, nextPlace } from '../../../src/connections/choosing';
import { HistorySending } from '../../../src/history/commands/sending';
import { placeOf } from '../../../src/resets/bus';
import { startNatsServer, type NatsServer } from '../../host/natsServer';
import { listenToResets, type ResetBus } from '../../integration/resetBus';
import { context } from '../../unit/connections/store/storeSetup';
import { playedWindow } from '../../unit/connections/windowSetup';
import { fakeNotifier, flowOf } from '../../unit/resets/flowSetup';
import { entry } from '../../unit/history/records';

describe('Two connections of one name, which lead to two servers', function () {
  this.timeout(20_000);
  let servers: NatsServer[] = [];
  let listeners: ResetBus[] = [];

  before(async () => {
    servers = await Promise.all([startNatsServer(), startNatsServer()]);
  });

  beforeEach(async () => {
    listeners = await Promise.all(servers.map(({ url }) => listenToResets(url)));
  });

  afterEach(() => Promise.all(listeners.map((listener) => listener.close())));

  after(() => Promise.all(servers.map((server) => server.stop())));

  /** A connection of the settings that leads to the first server, a context of the NATS CLI to the second. */
  async function window(cli = `127.0.0.1:${servers[1]?.port}`) {
    const saved = `127.0.0.1:${servers[0]?.port}`;
    const played = await playedWindow(
      [{ name: 'local', servers: `nats://${saved}` }],
      { contexts: [context('local', cli)] },
      createDial(2000),
    );
    const flow = flowOf(connectionsByKey(played.controller, played));
    const sending = new HistorySending({
      history: { entries: () => [], stored: () => Promise.resolve() },
      flow: flow.flow,
      placeOf: (key) => nextPlace(played, key),
      prompts: {
        enterTexts: (title) => {
          titles.push(title);
          return Promise.resolve(['library.edited', '']);
        },
      },
      notifier: fakeNotifier(),
      resetResources: () => undefined,
    });
    const titles: string[] = [];
    const find = (key: Parameters<typeof findConnection>[1]) => findConnection(played, key)?.id;
    return { ...played, ...flow, sending, titles, find };
  }
  const heard = (): Promise<unknown[][]> => Promise.all(listeners.map((listener) => listener.resets()));
  const of = (name: string) => ({ resources: [name] });

  it('a reset goes to the one that its title named', async () => {
    const { flow, controller, service } = await window();
    await controller.use('context:local');
    const connected = await flow.connect();
    assert.ok('bus' in connected);
    assert.match(placeOf(connected.bus), new RegExp(`^local \\(.*:${servers[1]?.port}`));
    // Another command opens the other one meanwhile.
    await controller.use('user:local');
    await flow.run(of('library.>'), 'command', connected.bus);
    assert.deepEqual(await heard(), [[], [of('library.>')]]);
    assert.equal(service.activeId, 'context:local');
    controller.close();
  });

  it('a reset of the history goes to the one that it was sent on, and its title says that server', async () => {
    const { flow, records, sending, titles, controller } = await window();
    await controller.use('context:local');
    await flow.run(of('library.>'), 'command');
    const sent = records.at(-1);
    assert.ok(sent);
    await controller.use('user:local');
    await sending.sendAgain([entry('1', sent)]);
    await controller.use('user:local');
    await sending.editAndSend(entry('1', sent));
    assert.match(titles[0] ?? '', new RegExp(`local \\(.*:${servers[1]?.port}`));
    assert.deepEqual(await heard(), [[], [of('library.>'), of('library.>'), of('library.edited')]]);
    controller.close();
  });

  it('the name means the open one, and so does a reset that was stored with a name alone', async () => {
    const { flow, sending, titles, controller, find } = await window();
    assert.equal(find('local'), 'user:local');
    await controller.use('context:local');
    assert.equal(find('local'), 'context:local');
    await flow.run(of('library.a'), 'api', 'local');
    await sending.sendAgain([entry('1', { message: of('library.b') })]);
    await sending.editAndSend(entry('1'));
    assert.match(titles[0] ?? '', new RegExp(`local \\(.*:${servers[1]?.port}`));
    assert.deepEqual(await heard(), [[], [of('library.a'), of('library.b'), of('library.edited')]]);
    controller.close();
  });

  it('a reset of one that is gone goes nowhere, although another one has its name', async () => {
    const { flow, controller, records } = await window();
    await controller.use('user:local');
    const outcome = await flow.run(of('library.>'), 'history', { id: 'context:gone', connection: 'local' });
    assert.equal(outcome.state, 'failed');
    assert.match(outcome.reason ?? '', /no longer exists/);
    assert.equal(records.at(-1)?.connectionId, 'context:gone');
    assert.deepEqual(await heard(), [[], []]);
    controller.close();
  });

  it('a reset that could not be sent is sent again to where it was meant for', async () => {
    const down = await startNatsServer();
    await down.stop();
    const { flow, values, records, resets, notifier } = await window(`127.0.0.1:${down.port}`);
    values.set('res.activeConnection', 'context:local');
    notifier.chooses = 'Send Again';
    let failed = 0;
    const failedTwice = new Promise<void>((resolve) => {
      resets.onDidChange(({ state }) => {
        if (state.kind !== 'requested' && ++failed === 2) resolve();
      });
    });
    await flow.run(of('library.>'), 'command');
    await failedTwice;
    assert.deepEqual(
      records.map(({ connectionId }) => connectionId),
      Array(4).fill('context:local'),
    );
    assert.deepEqual(await heard(), [[], []]);
  });
});
