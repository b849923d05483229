import assert from 'node:assert/strict';
import { connect, type NatsConnection } from 'nats';
import type { ConnectionService } from '../../../src/connections/connectionService';
import { defaultTimings } from '../../../src/connections/timings';
import type { Bus } from '../../../src/resets/bus';
import { Monitor } from '../../../src/resets/observe/monitor';
import type { Observation } from '../../../src/resets/observe/observation';
import { observationOf } from '../../../src/resets/resetRecord';
import { ResetService } from '../../../src/resets/resetService';
import { silentLogger } from '../../host/silentLogger';
import { connectClient, type TestClient } from '../../host/client';
import { startNatsServer, type NatsServer } from '../../host/natsServer';
import { startGateway, type RunningGateway } from '../../host/resgate';
import { startService, type LibraryService } from '../../host/service';
import { createService, profileOf } from '../natsSetup';
import { keepsNothing } from '../../unit/resets/flowSetup';

/** A message of other systems as they come by the thousand: a request, its answer, and an event. */
function publishForeign(connection: NatsConnection, index: number): void {
  const inbox = `_INBOX.${String(index).padStart(22, 'x')}`;
  connection.publish(`get.vehicles.${index % 500}`, undefined, { reply: inbox });
  connection.publish(inbox, JSON.stringify({ result: { model: { id: index } } }));
  connection.publish(`event.vehicles.${index % 500}.change`, '{"values":{}}');
}

describe('A bus on which very much passes', function () {
  this.timeout(60_000);
  let nats: NatsServer;
  let others: NatsConnection;
  let connections: ConnectionService;
  let bus: Bus;

  before(async () => {
    nats = await startNatsServer();
    others = await connect({ servers: nats.url });
    // On a busy machine the server's word can take longer than tests otherwise wait for it.
    connections = createService({ timings: defaultTimings });
    const connected = await connections.connect(profileOf({ servers: [nats.url] }));
    assert.ok(connected.ok);
    bus = connected.value;
  });
  after(async () => {
    connections.dispose();
    await others.close();
    await nats.stop();
  });

  it('reports its messages a few in one go, all of them, and in order', async () => {
    const count = 20_000;
    let inTurn = 0;
    let most = 0;
    const told: number[] = [];
    const late: number[] = [];
    await new Promise<void>((resolve) => {
      const subscription = bus.subscribe('event.>', ({ data, at }) => {
        if (inTurn++ === 0) setImmediate(() => (inTurn = 0));
        most = Math.max(most, inTurn);
        if (at > performance.now() || at < (late.at(-1) ?? 0)) late.push(at);
        if (told.push(Number(new TextDecoder().decode(data))) < count) return;
        subscription.dispose();
        resolve();
      });
      void bus.flush().then(() => {
        for (let index = 0; index < count; index++) others.publish('event.vehicles.1.move', String(index));
      });
    });
    const [outOfOrder] = told.filter((value, index) => value !== index);
    assert.equal(outOfOrder, undefined);
    assert.deepEqual(late, []);
    // Each takes 40 bytes and more; what is handed on in one go is far less than what a socket reads at once.
    assert.ok(most < 500, `${most} messages in one go`);
  });

  describe('with a gateway', () => {
    let gateway: RunningGateway;
    let service: LibraryService;
    let client: TestClient;
    let traffic: NodeJS.Timeout;

    before(async () => {
      gateway = await startGateway({ natsUrl: nats.url });
      service = await startService({ natsUrl: nats.url });
      client = await connectClient(gateway.wsUrl);
      await client.watch('library.books');
      let sent = 0;
      traffic = setInterval(() => {
        for (let index = 0; index < 10; index++) publishForeign(others, sent++);
      }, 5);
    });
    after(async () => {
      clearInterval(traffic);
      await client.close();
      await service.stop();
      await gateway.stop();
    });

    const told = (observation: Observation): string[] =>
      observation.requests.map(({ kind, name, outcome }) => `${kind} ${name} ${outcome.kind}`).sort();
    const expected = ['1', '2', '3'].map((id) => `get library.book.${id} answered`);
    const message = { resources: ['library.book.*'] };

    it('has a reset verified by what belongs to it', async () => {
      const resets = new ResetService({
        recording: keepsNothing,
        newId: () => '1',
        now: Date.now,
        observe: () => ({ answers: 'watched' }),
      });
      const { observed } = await resets.send({ message, origin: 'command' }, bus);
      const observation = observationOf((await observed).state);
      assert.ok(observation);
      assert.deepEqual(told(observation), expected);
      assert.equal(observation.other, 0);
    });

    it("has somebody else's verified in the same way", async () => {
      let monitor: Monitor | undefined;
      const observation = await new Promise<Observation>((resolve) => {
        monitor = new Monitor({
          bus,
          rules: { answers: 'watched' },
          isOwn: () => false,
          newId: () => '1',
          now: Date.now,
          logger: silentLogger,
          onRecord: ({ state }) => {
            const seen = observationOf(state);
            if (seen) resolve(seen);
          },
          onProgress: () => undefined,
        });
        void bus.flush().then(() => {
          others.publish('system.reset', JSON.stringify(message));
        });
      });
      monitor?.dispose();
      assert.deepEqual(told(observation), expected);
      assert.equal(observation.other, 0, 'it counts what concerns other names');
      assert.equal(observation.gateways, 1);
    });
  });
});
