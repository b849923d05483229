import assert from 'node:assert/strict';
import type { ConnectionService } from '../../../src/connections/connectionService';
import { defaultTimings, type Timings } from '../../../src/connections/timings';
import type { Bus } from '../../../src/resets/bus';
import type { Observation } from '../../../src/resets/observe/observation';
import { observationSummary } from '../../../src/resets/observe/observationText';
import { ResetService, type SentReset } from '../../../src/resets/resetService';
import { connectClient, type TestClient } from '../../host/client';
import { startNatsServer, type NatsServer } from '../../host/natsServer';
import { startGateway, type RunningGateway } from '../../host/resgate';
import { startService, type LibraryService } from '../../host/service';
import { startNatsProxy, type NatsProxy } from '../natsProxy';
import { createService, profileOf, stateWhere } from '../natsSetup';
import { keepsNothing } from '../../unit/resets/flowSetup';

const message = { resources: ['library.book.1', 'library.book.2'] };

describe('While the link stalls', function () {
  this.timeout(60_000);
  let nats: NatsServer;
  let proxy: NatsProxy;
  let service: LibraryService;
  let gateway: RunningGateway;
  let client: TestClient;
  let connections: ConnectionService;
  let bus: Bus;

  beforeEach(async () => {
    nats = await startNatsServer();
    proxy = await startNatsProxy(nats.port);
    service = await startService({ natsUrl: nats.url });
    gateway = await startGateway({ natsUrl: nats.url });
    client = await connectClient(gateway.wsUrl);
    await client.watch('library.book.1');
    await client.watch('library.book.2');
    service.requests.length = 0;
  });
  afterEach(async () => {
    connections.dispose();
    await client.close();
    await service.stop();
    await gateway.stop();
    await proxy.stop();
    await nats.stop();
  });

  const connectWith = async (timings: Partial<Timings> = {}): Promise<void> => {
    connections = createService({ timings: { ...defaultTimings, ...timings } });
    const connected = await connections.connect(profileOf({ servers: [proxy.url] }));
    assert.ok(connected.ok);
    bus = connected.value;
  };
  const send = (): Promise<SentReset> => {
    const resets = new ResetService({
      recording: keepsNothing,
      newId: () => '1',
      now: Date.now,
      observe: () => ({ answers: 'watched' }),
    });
    return resets.send({ message, origin: 'command' }, bus);
  };
  const end = async ({ observed }: SentReset): Promise<Observation> => {
    const { state } = await observed;
    assert.equal(state.kind, 'published');
    assert.ok(state.observation);
    return state.observation;
  };
  const after = (ms: number, action: () => void): NodeJS.Timeout => setTimeout(action, ms);

  // After a longer stall than the gateway waits, nobody here can tell whether it got the answers in time.
  const stalls: [ms: number, expected: RegExp][] = [
    [2500, /^2 refetched · [^·]+ m?s$/],
    [4000, /^2 late answers · [^·]+ m?s$/],
  ];
  for (const [ms, expected] of stalls) {
    it(`for ${ms / 1000} s after the confirmation, nothing is concluded: what happened meanwhile is seen then`, async () => {
      await connectWith();
      // What the gateway asks is held up with all that the server says after the confirmation.
      service.delays.set('library.book.1', { milliseconds: 300 });
      service.delays.set('library.book.2', { milliseconds: 300 });
      const sent = await send();
      proxy.hold(['server']);
      after(ms, () => {
        proxy.hold([]);
      });
      assert.match(observationSummary(await end(sent)), expected);
    });
  }

  it('for longer than a gateway waits, an answer that comes then is not reported as one in time, nor as none', async () => {
    await connectWith();
    service.delays.set('library.book.1', { milliseconds: 300 });
    service.silent.add('library.book.2');
    const sent = await send();
    await service.requested('get.library.book', 2);
    await bus.flush();
    proxy.hold(['server']);
    after(3800, () => {
      proxy.hold([]);
    });
    const observation = await end(sent);
    assert.match(observationSummary(observation), /^1 no answer, 1 late answer · [^·]+ m?s$/);
  });

  it('because the server stands still, nothing is concluded from what can’t come', async () => {
    await connectWith();
    const sent = await send();
    process.kill(nats.pid, 'SIGSTOP');
    after(2500, () => process.kill(nats.pid, 'SIGCONT'));
    const observation = await end(sent);
    assert.match(observationSummary(observation), /^2 refetched · [^·]+ m?s$/);
  });

  it('for good, the observation ends as one that was stopped early', async () => {
    await connectWith();
    service.silent.add('library.book.1');
    service.silent.add('library.book.2');
    const sent = await send();
    await service.requested('get.library.book', 2);
    await bus.flush();
    proxy.freeze();
    const observation = await end(sent);
    assert.match(observationSummary(observation), /^2 requested · observation stopped early · [^·]+ m?s$/);
  });

  it('and is lost, a reset that waits for the next link is observed there', async () => {
    await connectWith();
    const isLost = stateWhere(connections, 'reconnecting');
    proxy.hold(['server']);
    proxy.cut();
    await isLost;
    const sending = send();
    after(300, () => {
      proxy.hold([]);
    });
    assert.match(observationSummary(await end(await sending)), /^2 refetched · [^·]+ m?s$/);
  });

  it('unnoticed since before the reset, it is sent on the next link and observed there', async () => {
    await connectWith({ trustMs: 0, aliveMs: 500, flushMs: 1000 });
    proxy.freeze();
    assert.match(observationSummary(await end(await send())), /^2 refetched · [^·]+ m?s$/);
  });
});
