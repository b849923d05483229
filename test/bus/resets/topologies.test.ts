import assert from 'node:assert/strict';
import { connect } from 'nats';
import type { ConnectionService } from '../../../src/connections/connectionService';
import { defaultTimings } from '../../../src/connections/timings';
import type { Bus } from '../../../src/resets/bus';
import { observationSummary, outcomeText } from '../../../src/resets/observe/observationText';
import { outcomeOf, type ResetOutcome } from '../../../src/resets/resetOutcome';
import { ResetService } from '../../../src/resets/resetService';
import type { Observation } from '../../../src/resets/observe/observation';
import type { ResetMessage } from '../../../src/res/resetMessage';
import { connectClient, type TestClient } from '../../host/client';
import { startGateway, type RunningGateway } from '../../host/resgate';
import { startService, type LibraryService } from '../../host/service';
import { createService, profileOf } from '../natsSetup';
import { leafNode, superCluster, twoAccounts, type Topology } from '../topologies';
import { keepsNothing } from '../../unit/resets/flowSetup';

const noAnswerSeen =
  "no answer seen: the service did not respond, or this account can't see the gateway's answers";
const noAnswer = 'no answer in time: the service is down or slow, and the cache is unchanged';

describe('What is said of a reset', function () {
  this.timeout(60_000);
  let topology: Topology;
  let service: LibraryService;
  let gateway: RunningGateway;
  let client: TestClient;
  let connections: ConnectionService;
  let bus: Bus;

  const setUp = async (started: Topology): Promise<void> => {
    topology = started;
    service = await startService({ natsUrl: topology.serviceUrl, ...topology.serviceUser });
    gateway = await startGateway({ natsUrl: topology.gatewayUrl });
    client = await connectClient(gateway.wsUrl);
    connections = createService({ secrets: { password: 'p' }, timings: defaultTimings });
    const connected = await connections.connect(profileOf(topology.observer));
    assert.ok(connected.ok);
    bus = connected.value;
    await reaches();
    await client.watch('library.book.1');
    await client.watch('library.book.2');
  };
  /** Servers need a moment to know each other: waits until what the observer publishes arrives where the gateway is. */
  const reaches = async (): Promise<void> => {
    const far = await connect({
      servers: topology.gatewayUrl.replace(/\/\/.*@/, '//'),
      ...topology.serviceUser,
    });
    const arrived = new Promise<void>((resolve) => {
      far.subscribe('system.reset', {
        callback: () => {
          resolve();
        },
      });
    });
    await far.flush();
    const again = setInterval(() => void bus.publish('system.reset', new TextEncoder().encode('{}')), 50);
    await arrived;
    clearInterval(again);
    await far.close();
  };
  afterEach(async () => {
    connections.dispose();
    await client.close();
    await service.stop();
    await gateway.stop();
    await topology.stop();
  });

  const send = async (
    message: ResetMessage,
  ): Promise<{ observation: Observation; outcome: ResetOutcome; texts: string[] }> => {
    const resets = new ResetService({
      recording: keepsNothing,
      newId: () => '1',
      now: Date.now,
      observe: () => ({ answers: 'watched' }),
    });
    const record = await (await resets.send({ message, origin: 'command' }, bus)).observed;
    assert.equal(record.state.kind, 'published');
    const { observation } = record.state;
    assert.ok(observation);
    const texts = observation.requests.map(
      ({ name, kind, outcome }) => `${name} ${outcomeText(kind, outcome)}`,
    );
    return { observation, outcome: outcomeOf(record), texts: texts.sort() };
  };

  it('from another account does not take answers for missing that stay in the gateway’s', async () => {
    await setUp(await twoAccounts());
    service.requests.length = 0;
    const { observation, outcome, texts } = await send({ resources: ['library.>'] });
    assert.equal(service.requests.length, 2, 'the service was not asked');
    assert.match(observationSummary(observation), /^2 no answer seen · [^·]+ m?s$/);
    assert.deepEqual(texts, [`library.book.1 ${noAnswerSeen}`, `library.book.2 ${noAnswerSeen}`]);
    assert.equal(outcome.refetched, undefined, 'it says that nothing was refetched');
  });

  it('from an account that gets no requests does not say that nothing happened', async () => {
    await setUp(await twoAccounts(['access.>']));
    service.requests.length = 0;
    const { observation } = await send({ resources: ['library.>'] });
    assert.equal(service.requests.length, 2, 'the service was not asked');
    assert.match(
      observationSummary(observation),
      /no gateway was seen to react: .* or this account can't see its requests$/,
    );
  });

  const places = ['first', 'second'] as const;
  const topologies: [where: string, start: (service: 'first' | 'second') => Promise<Topology>][] = [
    ['in another cluster', superCluster],
    ['at a leaf node', leafNode],
  ];
  for (const [where, start] of topologies) {
    for (const place of places) {
      it(`${where} is what the gateway got, with the service ${place === 'first' ? 'there' : 'here'}`, async () => {
        await setUp(await start(place));
        const all = await send({ resources: ['library.>'] });
        assert.match(observationSummary(all.observation), /^2 refetched · [^·]+ m?s$/);
        service.silent.add('library.book.2');
        const one = await send({ resources: ['library.>'] });
        assert.match(observationSummary(one.observation), /^1 refetched, 1 no answer · [^·]+ m?s$/);
        service.silent.add('library.book.1');
        const none = await send({ resources: ['library.>'] });
        assert.deepEqual(none.texts, [`library.book.1 ${noAnswer}`, `library.book.2 ${noAnswer}`]);
      });
    }
  }

  it('at a leaf node that gets no answers does not take them for missing', async () => {
    await setUp(await leafNode('first', ', deny_import: ["_INBOX.>"]'));
    service.requests.length = 0;
    const { texts } = await send({ resources: ['library.>'] });
    assert.equal(service.requests.length, 2, 'the service was not asked');
    assert.deepEqual(texts, [`library.book.1 ${noAnswerSeen}`, `library.book.2 ${noAnswerSeen}`]);
  });

  it('is sure of an answer that did not come only on the link on which one came', async () => {
    await setUp(await superCluster('first'));
    service.silent.add('library.book.2');
    const before = await send({ resources: ['library.book.2'] });
    assert.deepEqual(before.texts, [`library.book.2 ${noAnswerSeen}`]);
    await send({ resources: ['library.book.1'] });
    const after = await send({ resources: ['library.book.2'] });
    assert.deepEqual(after.texts, [`library.book.2 ${noAnswer}`]);
    const isBack = new Promise<void>((resolve) => {
      connections.onDidChange(({ kind }) => {
        if (kind === 'connected') resolve();
      });
    });
    connections.reconnectNow();
    await isBack;
    const onNextLink = await send({ resources: ['library.book.2'] });
    assert.deepEqual(onNextLink.texts, [`library.book.2 ${noAnswerSeen}`]);
  });
});
