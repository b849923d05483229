import assert from 'node:assert/strict';
import type { ConnectionService } from '../../../src/connections/connectionService';
import type { Bus } from '../../../src/resets/bus';
import type { Observation, ObservedRequest } from '../../../src/resets/observe/observation';
import { observationSummary } from '../../../src/resets/observe/observationText';
import { outcomeOf } from '../../../src/resets/resetOutcome';
import type { ResetRecord } from '../../../src/resets/resetRecord';
import { ResetService } from '../../../src/resets/resetService';
import { defaultRules } from '../../../src/resets/observe/resetWatch';
import type { ResetMessage } from '../../../src/res/resetMessage';
import { connectClient, type TestClient } from '../../host/client';
import { startNatsServer, type NatsServer } from '../../host/natsServer';
import { startGateway, type RunningGateway } from '../../host/resgate';
import { startService, type LibraryService } from '../../host/service';
import { createService, profileOf } from '../natsSetup';
import { keepsNothing } from '../../unit/resets/flowSetup';

describe('A reset is verified', function () {
  this.timeout(30_000);
  let nats: NatsServer;
  let gateways: RunningGateway[];
  let service: LibraryService;
  let client: TestClient;
  let connections: ConnectionService;
  let resets: ResetService;
  let bus: Bus;

  before(async () => {
    nats = await startNatsServer();
  });
  after(() => nats.stop());

  const setUp = async (options: { gateways?: number; resetThrottle?: number } = {}): Promise<void> => {
    service = await startService({ natsUrl: nats.url });
    const { gateways: count = 1, resetThrottle } = options;
    gateways = await Promise.all(
      Array.from({ length: count }, () => startGateway({ natsUrl: nats.url, resetThrottle })),
    );
    client = await connectClient(gatewayUrl(0));
    connections = createService();
    const connected = await connections.connect(profileOf({ servers: [nats.url] }));
    assert.ok(connected.ok);
    bus = connected.value;
    let count2 = 0;
    resets = new ResetService({
      recording: keepsNothing,
      newId: () => String(++count2),
      now: Date.now,
      observe: () => ({ answers: 'watched', rules: defaultRules }),
    });
  };
  const gatewayUrl = (index: number): string => gateways[index]?.wsUrl ?? '';

  afterEach(async () => {
    connections.dispose();
    await client.close();
    await service.stop();
    await Promise.all(gateways.map((gateway) => gateway.stop()));
  });

  const send = async (message: ResetMessage): Promise<{ record: ResetRecord; observation: Observation }> => {
    const { observed } = await resets.send({ message, origin: 'command' }, bus);
    const record = await observed;
    assert.equal(record.state.kind, 'published');
    assert.ok(record.state.observation);
    return { record, observation: record.state.observation };
  };
  const told = (observation: Observation): string[] =>
    observation.requests
      .map(
        ({ kind, name, query, outcome }: ObservedRequest) =>
          `${kind} ${name}${query === undefined ? '' : `?${query}`} ${outcome.kind}`,
      )
      .sort();

  it('with each resource that the gateway fetched again, and how the service answered', async () => {
    await setUp();
    await client.watch('library.books');
    service.books.delete('2');
    service.errors.set('library.book.3', 'system.internalError');
    service.requests.length = 0;
    const { record, observation } = await send({ resources: ['library.>'] });
    assert.deepEqual(told(observation), [
      'get library.book.1 answered',
      'get library.book.2 notFound',
      'get library.book.3 error',
      'get library.books answered',
    ]);
    assert.match(observationSummary(observation), /^2 refetched, 1 not found, 1 error · [^·]+ m?s$/);
    assert.deepEqual(
      observation.requests.map(({ kind, name }) => `${kind}.${name}`).sort(),
      service.requests.map(({ subject }) => subject).sort(),
      'the service got other requests than were told',
    );
    // What was deleted is not among them.
    assert.deepEqual(outcomeOf(record).refetched, ['library.book.1', 'library.books']);
  });

  it('with the queries of a resource one by one', async () => {
    await setUp();
    await client.watch('library.books');
    await client.watch('library.books?start=0&limit=1');
    const { observation } = await send({ resources: ['library.books'] });
    assert.deepEqual(told(observation), [
      'get library.books answered',
      'get library.books?start=0&limit=1 answered',
    ]);
  });

  it('with access granted and refused for each client connection', async () => {
    await setUp();
    const second = await connectClient(gatewayUrl(0));
    try {
      await client.watch('library.book.1');
      await second.watch('library.book.1');
      await client.watch('library.book.2');
      service.denied.add('library.book.2');
      const { record, observation } = await send({ access: ['library.>'] });
      assert.deepEqual(told(observation), [
        'access library.book.1 granted',
        'access library.book.1 granted',
        'access library.book.2 refused',
      ]);
      assert.equal(new Set(observation.requests.map(({ client: number }) => number)).size, 2);
      assert.match(observationSummary(observation), /^2 re-authorised, 1 refused · [^·]+ m?s$/);
      assert.deepEqual(outcomeOf(record).reaccessed, ['library.book.1', 'library.book.2']);
    } finally {
      await second.close();
    }
  });

  it('as one that nobody reacted to, when nothing cached matches', async () => {
    await setUp();
    await client.watch('library.book.1');
    const { observation } = await send({ resources: ['stock.>'] });
    assert.deepEqual(observation.requests, []);
    assert.match(observationSummary(observation), /no gateway was seen to react/);
  });

  it('with no answer, when the service is down', async () => {
    await setUp();
    await client.watch('library.book.1');
    service.silent.add('library.book.1');
    const { observation } = await send({ resources: ['library.>'] });
    assert.deepEqual(told(observation), ['get library.book.1 noAnswer']);
  });

  it('waits for a service that announces that it takes 5 s', async () => {
    await setUp();
    const book = await client.watch('library.book.1');
    service.books.set('1', { title: 'Slow', author: 'Service' });
    service.delays.set('library.book.1', { milliseconds: 5000, announce: true });
    const { observation } = await send({ resources: ['library.>'] });
    assert.deepEqual(told(observation), ['get library.book.1 answered']);
    assert.ok((observation.requests[0]?.took ?? 0) >= 4900);
    assert.equal((book.value() as { title: string }).title, 'Slow');
  });

  it('to the end, when the gateway asks for one resource after the other', async () => {
    await setUp({ resetThrottle: 1 });
    await client.watch('library.books');
    for (const id of ['1', '2', '3']) service.delays.set(`library.book.${id}`, { milliseconds: 400 });
    const { observation } = await send({ resources: ['library.>'] });
    assert.equal(observation.counts.get.answered, 4);
    assert.ok(observation.took >= 1200);
  });

  it('with three gateways told apart', async () => {
    await setUp({ gateways: 3 });
    const others = [await connectClient(gatewayUrl(1)), await connectClient(gatewayUrl(2))];
    try {
      await client.watch('library.books');
      for (const other of others) await other.watch('library.book.1');
      const { observation } = await send({ resources: ['library.book.*', 'library.books'] });
      assert.equal(observation.gateways, 3);
      const asked = new Map<number, number>();
      for (const { gateway } of observation.requests) asked.set(gateway, (asked.get(gateway) ?? 0) + 1);
      assert.deepEqual([...asked.values()].sort(), [1, 1, 4]);
    } finally {
      for (const other of others) await other.close();
    }
  });

  it('without what a client asks for in the same moment', async () => {
    await setUp();
    await client.watch('library.book.1');
    const second = await connectClient(gatewayUrl(0));
    try {
      service.delays.set('library.book.1', { milliseconds: 300 });
      const sending = send({ resources: ['library.>'] });
      await service.requested('get.library.book.1', 2);
      await second.watch('library.book.3');
      const { observation } = await sending;
      assert.deepEqual(told(observation), ['get library.book.1 answered']);
      assert.equal(observation.other, 2);
    } finally {
      await second.close();
    }
  });
});

describe('A reset on a connection that may not watch', function () {
  this.timeout(30_000);
  const cases: [what: string, permissions: string, expected: RegExp][] = [
    [
      'the requests',
      'subscribe: { deny: ["get.>", "access.>"] }',
      /^no permission to observe on this connection/,
    ],
    ['the reset itself', 'subscribe: { deny: "system.reset" }', /^1 refetched · [^·]+ m?s$/],
    [
      'the answers',
      'subscribe: { deny: "_INBOX.*" }',
      /^1 requested · no permission to observe answers · [^·]+ m?s$/,
    ],
  ];
  for (const [what, permissions, expected] of cases) {
    it(`${what} is published and says so`, async () => {
      const nats = await startNatsServer({
        config: `authorization { users: [
          { user: "all", password: "p" },
          { user: "few", password: "p", permissions: { ${permissions} } } ] }`,
      });
      const url = nats.url.replace('nats://', '');
      const service = await startService({ natsUrl: `nats://${url}`, user: 'all', pass: 'p' });
      const gateway = await startGateway({ natsUrl: `nats://all:p@${url}` });
      const client = await connectClient(gateway.wsUrl);
      const connections = createService({ secrets: { password: 'p' } });
      try {
        await client.watch('library.book.1');
        const profile = profileOf({ servers: [nats.url], auth: 'password', user: 'few' });
        const connected = await connections.connect(profile);
        assert.ok(connected.ok);
        const resets = new ResetService({
          recording: keepsNothing,
          newId: () => '1',
          now: Date.now,
          observe: () => ({ answers: 'watched' }),
        });
        const message = { resources: ['library.>'] };
        const { observed } = await resets.send({ message, origin: 'command' }, connected.value);
        const { state } = await observed;
        assert.equal(state.kind, 'published');
        assert.ok(state.observation);
        assert.match(observationSummary(state.observation), expected);
      } finally {
        connections.dispose();
        await client.close();
        await service.stop();
        await gateway.stop();
        await nats.stop();
      }
    });
  }
});
