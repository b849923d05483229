import assert from 'node:assert/strict';
import { connect, type NatsConnection } from 'nats';
import type { ConnectionService } from '../../../src/connections/connectionService';
import type { Bus } from '../../../src/resets/bus';
import { Monitor } from '../../../src/resets/observe/monitor';
import { observationSummary } from '../../../src/resets/observe/observationText';
import { observationOf, type ResetRecord } from '../../../src/resets/resetRecord';
import { ResetService } from '../../../src/resets/resetService';
import { defaultRules } from '../../../src/resets/observe/resetWatch';
import { silentLogger } from '../../host/silentLogger';
import { connectClient, type TestClient } from '../../host/client';
import { startNatsServer, type NatsServer } from '../../host/natsServer';
import { startGateway, type RunningGateway } from '../../host/resgate';
import { startService, type LibraryService } from '../../host/service';
import { waiters } from '../../host/waiters';
import { createService, profileOf } from '../natsSetup';
import { keepsNothing } from '../../unit/resets/flowSetup';

describe('The resets of others', function () {
  this.timeout(30_000);
  let nats: NatsServer;
  let gateway: RunningGateway;
  let service: LibraryService;
  let client: TestClient;
  let colleague: NatsConnection;
  let connections: ConnectionService;
  let bus: Bus;
  let resets: ResetService;
  let monitor: Monitor;
  let records: Map<string, ResetRecord>;
  const changes = waiters();

  before(async () => {
    nats = await startNatsServer();
    gateway = await startGateway({ natsUrl: nats.url });
    service = await startService({ natsUrl: nats.url });
    client = await connectClient(gateway.wsUrl);
    await client.watch('library.books');
    colleague = await connect({ servers: nats.url });
    connections = createService();
    const connected = await connections.connect(profileOf({ servers: [nats.url] }));
    assert.ok(connected.ok);
    bus = connected.value;
    let count = 0;
    const newId = (): string => String(++count);
    const rules = { answers: 'watched', rules: defaultRules } as const;
    resets = new ResetService({ recording: keepsNothing, newId, now: Date.now, observe: () => rules });
    const note = (record: ResetRecord): void => {
      records.set(record.id, record);
      changes.wake();
    };
    monitor = new Monitor({
      bus,
      rules,
      isOwn: resets.listener(),
      newId,
      now: Date.now,
      logger: silentLogger,
      onRecord: note,
      onProgress: () => undefined,
    });
    await bus.flush();
  });
  beforeEach(() => {
    records = new Map();
  });
  after(async () => {
    monitor.dispose();
    connections.dispose();
    await colleague.close();
    await client.close();
    await service.stop();
    await gateway.stop();
    await nats.stop();
  });

  const observed = async (count: number): Promise<ResetRecord[]> => {
    await changes.until(
      () => [...records.values()].filter(({ state }) => observationOf(state)).length === count,
      () => JSON.stringify([...records.values()]),
    );
    return [...records.values()];
  };

  it('are recorded as received, with what the gateway did', async () => {
    colleague.publish('system.reset', JSON.stringify({ resources: ['library.book.*'] }));
    const [record] = await observed(1);
    assert.ok(record);
    assert.equal(record.origin, 'received');
    assert.deepEqual(record.message, { resources: ['library.book.*'] });
    const observation = observationOf(record.state);
    assert.ok(observation);
    assert.match(observationSummary(observation), /^3 refetched · [^·]+ m?s$/);
  });

  it('do not include those that this window sends, but an equal one of a colleague', async () => {
    const message = { resources: ['library.books'] };
    const { observed: done } = await resets.send({ message, origin: 'command' }, bus);
    await done;
    assert.deepEqual([...records.values()], []);
    colleague.publish('system.reset', JSON.stringify(message));
    assert.equal((await observed(1)).length, 1);
  });

  it('that no gateway understands are left out', async () => {
    colleague.publish('system.reset', '{"resources":"library.>"}');
    colleague.publish('system.reset', 'no JSON');
    colleague.publish('system.reset', JSON.stringify({ resources: ['stock.>'] }));
    const [record, ...more] = await observed(1);
    assert.deepEqual(record?.message, { resources: ['stock.>'] });
    assert.deepEqual(more, []);
  });

  it('are kept whole and watched whole, though they list very much', async () => {
    const resources = [...Array.from({ length: 3000 }, (_, at) => `stock.shelf.${at}`), 'library.book.*'];
    colleague.publish('system.reset', JSON.stringify({ resources }));
    const [record] = await observed(1);
    assert.ok(record);
    assert.deepEqual(record.message, { resources });
    assert.equal(record.leftOut, undefined);
    assert.equal(observationOf(record.state)?.counts.get.answered, 3);
  });

  it('tell how much of them is not kept, and are watched whole all the same, where they list still more', async () => {
    const resources = [...Array.from({ length: 9000 }, (_, at) => `stock.shelf.${at}`), 'library.book.*'];
    colleague.publish('system.reset', JSON.stringify({ resources }));
    const [record] = await observed(1);
    assert.ok(record && 'resources' in record.message);
    assert.equal((record.message.resources?.length ?? 0) + (record.leftOut ?? 0), 9001);
    assert.ok((record.leftOut ?? 0) > 0);
    assert.equal(observationOf(record.state)?.counts.get.answered, 3);
  });

  it('of tokens are recorded too', async () => {
    colleague.publish('system.tokenReset', JSON.stringify({ tids: ['12'], subject: 'auth.library.renew' }));
    const [record] = await observed(1);
    assert.deepEqual(record?.message, { tids: ['12'], subject: 'auth.library.renew' });
  });
});

describe('A token reset', function () {
  this.timeout(30_000);

  it('is verified by the auth requests that follow', async () => {
    const nats = await startNatsServer();
    const gateway = await startGateway({ natsUrl: nats.url });
    const service = await connect({ servers: nats.url });
    const connections = createService();
    const client = await connectClient(gateway.wsUrl);
    try {
      // Logging in gives the connection a token with an id; renewing answers without one.
      service.subscribe('auth.users.login', {
        callback: (_, message) => {
          const { cid } = JSON.parse(message.string()) as { cid: string };
          service.publish(`conn.${cid}.token`, JSON.stringify({ token: { user: 1 }, tid: '12' }));
          message.respond(JSON.stringify({ result: null }));
        },
      });
      service.subscribe('auth.users.renew', {
        callback: (_, message) => {
          message.respond(JSON.stringify({ result: null }));
        },
      });
      await service.flush();
      await client.authenticate('users', 'login');
      const connected = await connections.connect(profileOf({ servers: [nats.url] }));
      assert.ok(connected.ok);
      const resets = new ResetService({
        recording: keepsNothing,
        newId: () => '1',
        now: Date.now,
        observe: () => ({ answers: 'watched' }),
      });
      const message = { tids: ['12', '99'], subject: 'auth.users.renew' };
      const { observed } = await resets.send({ message, origin: 'command' }, connected.value);
      const observation = observationOf((await observed).state);
      assert.ok(observation);
      assert.deepEqual(
        observation.requests.map(({ kind, name, outcome }) => `${kind} ${name} ${outcome.kind}`),
        ['auth users answered'],
      );
    } finally {
      connections.dispose();
      await client.close();
      await service.close();
      await gateway.stop();
      await nats.stop();
    }
  });
});
