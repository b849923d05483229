import assert from 'node:assert/strict';
import type { ConnectionService } from '../../../src/connections/connectionService';
import type { Bus } from '../../../src/resets/bus';
import { Monitor } from '../../../src/resets/observe/monitor';
import type { Observation } from '../../../src/resets/observe/observation';
import { observationSummary } from '../../../src/resets/observe/observationText';
import { observationOf, type ResetRecord } from '../../../src/resets/resetRecord';
import { ResetService } from '../../../src/resets/resetService';
import { defaultRules } from '../../../src/resets/observe/resetWatch';
import { silentLogger } from '../../host/silentLogger';
import { connectClient, type TestClient } from '../../host/client';
import { startNatsServer, type NatsServer } from '../../host/natsServer';
import { startGateway, type RunningGateway } from '../../host/resgate';
import { createService, profileOf } from '../natsSetup';
import { startDistantService, type DistantService } from './distantService';
import { keepsNothing } from '../../unit/resets/flowSetup';

const books = 4;
/** How long each answer takes, in milliseconds; timers may fire a moment early, and a tenth makes no difference to a person. */
const delay = 60;
const surely = delay * 0.9 - 2;

describe('While this thread reads late', function () {
  this.timeout(30_000);
  let nats: NatsServer;
  let gateway: RunningGateway;
  let service: DistantService;
  let client: TestClient;
  let connections: ConnectionService;
  let bus: Bus;

  before(async () => {
    nats = await startNatsServer();
    service = await startDistantService(nats.url, { books, delay });
    gateway = await startGateway({ natsUrl: nats.url });
    client = await connectClient(gateway.wsUrl);
    await client.watch('library.books');
    connections = createService();
    const connected = await connections.connect(profileOf({ servers: [nats.url] }));
    assert.ok(connected.ok);
    bus = connected.value;
  });
  after(async () => {
    connections.dispose();
    await client.close();
    await gateway.stop();
    service.stop();
    await nats.stop();
  });

  const message = { resources: ['library.book.*'] };
  const rules = { answers: 'watched', rules: defaultRules } as const;
  /** What comes of the message that is being sent is read only after the answers are there. */
  const blockWhenWritten = (): void => {
    setImmediate(() => {
      service.blockUntilAnswered(books);
    });
  };
  /** Nothing shorter is told than what each answer surely took. */
  const isTrue = ({ requests, took, ...rest }: Observation): void => {
    assert.deepEqual(
      requests.map(({ outcome }) => outcome.kind),
      Array.from({ length: books }, () => 'answered'),
    );
    for (const request of requests) {
      assert.ok(request.took !== undefined && request.took >= surely, JSON.stringify(request));
    }
    assert.ok(took >= surely, `${took} ms in all`);
    assert.doesNotMatch(observationSummary({ requests, took, ...rest }), /<1 ms/);
  };

  it('no shorter time is told of an answer than it can have taken', async () => {
    const resets = new ResetService({
      recording: keepsNothing,
      newId: () => '1',
      now: Date.now,
      observe: () => rules,
    });
    const publish: Bus['publish'] = (subject, data, onSending) =>
      bus.publish(subject, data, () => {
        onSending?.();
        blockWhenWritten();
      });
    const held = new Proxy(bus, {
      get(of, name) {
        if (name === 'publish') return publish;
        const value: unknown = Reflect.get(of, name, of);
        return typeof value === 'function' ? (value.bind(of) as unknown) : value;
      },
    });
    const { observed } = await resets.send({ message, origin: 'command' }, held);
    const observation = observationOf((await observed).state);
    assert.ok(observation);
    isTrue(observation);
    assert.ok(
      observation.requests.every(({ tookMin = Infinity }) => tookMin <= delay),
      'it says how short it may have been',
    );
  });

  it('no shorter time is told of what follows the reset of another client either', async () => {
    const ended = new Promise<ResetRecord>((resolve) => {
      const monitor = new Monitor({
        bus,
        rules,
        isOwn: () => false,
        newId: () => '2',
        now: Date.now,
        logger: silentLogger,
        onProgress: () => undefined,
        onRecord: (record) => {
          if (observationOf(record.state)?.state !== 'complete') return;
          monitor.dispose();
          resolve(record);
        },
      });
    });
    await bus.flush();
    await bus.publish('system.reset', new TextEncoder().encode(JSON.stringify(message)), blockWhenWritten);
    const observation = observationOf((await ended).state);
    assert.ok(observation);
    isTrue(observation);
  });

  it('an answer that is read at once has one time', async () => {
    const resets = new ResetService({
      recording: keepsNothing,
      newId: () => '3',
      now: Date.now,
      observe: () => rules,
    });
    const { observed } = await resets.send({ message, origin: 'command' }, bus);
    const observation = observationOf((await observed).state);
    assert.ok(observation);
    isTrue(observation);
  });
});
