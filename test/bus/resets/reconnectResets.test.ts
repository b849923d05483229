import assert from 'node:assert/strict';
import { connect as connectClient, type NatsConnection } from 'nats';
import type { KnownService } from '../../../src/code/index/workspaceIndex';
import { LiveNames } from '../../../src/code/index/liveNames';
import { WorkspaceIndex } from '../../../src/code/index/workspaceIndex';
import { AutomaticResets, type Passed } from '../../../src/recovery/gate';
import { HeardResets } from '../../../src/recovery/heardResets';
import { ReconnectResets } from '../../../src/recovery/reconnectResets';
import { askService } from '../../../src/recovery/serviceQuestion';
import { encodeMessage, subjectOf } from '../../../src/res/systemMessage';
import type { ResetRecord } from '../../../src/resets/resetRecord';
import { startNatsServer } from '../../host/natsServer';
import { until } from '../../integration/until';
import { createService, profileOf, stateWhere } from '../natsSetup';

const service = (name: string): KnownService => ({
  name,
  places: [],
  serves: new Set(['get']),
  servesRoot: false,
});

describe('a NATS server that was away', function () {
  this.timeout(30_000);
  const cleanUp: (() => void | Promise<void>)[] = [];

  afterEach(async () => {
    for (const step of cleanUp.splice(0).reverse()) await step();
  });

  /** A service that comes back by itself, and answers for its books. */
  async function startService(url: string, name: string): Promise<NatsConnection> {
    const client = await connectClient({ servers: url, reconnectTimeWait: 50, maxReconnectAttempts: -1 });
    client.subscribe(`get.${name}.books`, { callback: (_error, message) => message.respond('{}') });
    cleanUp.push(() => client.close());
    return client;
  }

  it('leaves those services stale that do not reset themselves: they are reset, and no others', async () => {
    const nats = await startNatsServer();
    const { url, port } = nats;
    const [library, inventory] = await Promise.all(
      ['library', 'inventory'].map((name) => startService(url, name)),
    );
    assert.ok(library && inventory);
    await Promise.all([library.flush(), inventory.flush()]);
    const connections = createService();
    cleanUp.push(() => {
      connections.dispose();
    });
    assert.ok((await connections.connect(profileOf({ servers: url }))).ok);

    const live = new LiveNames();
    for (const name of ['library', 'inventory']) live.seeSubject(`get.${name}.books`, Date.now());
    const passed: [unknown, Passed['kind']][] = [];
    let look: (() => void) | undefined;
    let heard: HeardResets | undefined;
    const resets = new ReconnectResets({
      gate: new AutomaticResets({
        isOn: () => true,
        isTrusted: () => true,
        openBus: () => (connections.state.kind === 'connected' ? connections.bus() : undefined),
        reasonsToAsk: () => [],
        send: async ({ message }, bus) => {
          const result = await bus.publish(subjectOf(message), encodeMessage(message));
          assert.equal(result.state, 'published');
          const record = { state: { kind: 'published', server: '' } } as ResetRecord;
          return { record, observed: Promise.resolve(record) };
        },
        offer: () => Promise.resolve(false),
        sendAsked: () => undefined,
        now: () => performance.now(),
      }),
      services: () => [service('library'), service('inventory')],
      listen: (bus) => (heard = new HeardResets(bus, () => performance.now())),
      ask: (bus, name) => askService(bus, name, { index: new WorkspaceIndex(), live }),
      // Not after a time but once all is as it should be then.
      schedule: (_ms, run) => {
        look = run;
        return () => undefined;
      },
      isAlways: () => true,
      wantAlways: () => Promise.resolve(),
      notify: () => Promise.resolve(undefined),
      sendAsked: () => undefined,
      onPassed: (message, { kind }) => passed.push([message, kind]),
      onNotReset: (name, why) => {
        assert.fail(`${name}: ${why}`);
      },
      onNothingSent: () => undefined,
    });
    const update = (): void => {
      resets.update(connections.bus(), connections.state.kind === 'connected');
    };
    cleanUp.push(() => {
      resets.dispose();
    });
    connections.onDidChange(update);
    update();

    const lost = stateWhere(connections, 'reconnecting');
    await nats.kill();
    await lost;
    const again = await startNatsServer({ port });
    cleanUp.push(() => again.stop());
    await stateWhere(connections, 'connected');
    for (const client of [library, inventory])
      await until(
        () =>
          client.flush().then(
            () => true,
            () => undefined,
          ),
        () => 'the services to be back',
      );
    const seen: string[] = [];
    library.subscribe('system.reset', { callback: (_error, message) => seen.push(message.string()) });
    await library.flush();
    inventory.publish('system.reset', '{"resources":["inventory.>"]}');
    await inventory.flush();
    await until(
      () => (heard?.since(0).length === 1 && look ? true : undefined),
      () => 'the reset of the inventory',
    );
    look?.();
    await until(
      () => passed[0],
      () => 'the automatic reset',
    );
    assert.deepEqual(passed, [[{ resources: ['library.>'] }, 'sent']]);
    await library.flush();
    assert.deepEqual(seen, ['{"resources":["inventory.>"]}', '{"resources":["library.>"]}']);
  });
});
