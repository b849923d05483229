import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { connect as connectClient } from 'nats';
import type { ConnectionService } from '../../../src/connections/connectionService';
import { defaultTimings } from '../../../src/connections/timings';
import type { Bus, PublishResult } from '../../../src/resets/bus';
import { startNatsServer, type NatsServer, type NatsServerOptions } from '../../host/natsServer';
import { freePorts } from '../../host/ports';
import { makeOperator } from '../natsIdentities';
import { startNatsProxy, type NatsProxy } from '../natsProxy';
import { createService, profileOf, stateWhere } from '../natsSetup';
import { serversOfEachTest } from '../natsTest';
import { said } from '../../unit/said';

const data = new TextEncoder().encode('{"resources":["library.>"]}');

describe('a connection as time goes by', function () {
  this.timeout(30_000);
  const { cleanUp, server } = serversOfEachTest();

  async function proxyOf({ port }: NatsServer): Promise<NatsProxy> {
    const proxy = await startNatsProxy(port);
    cleanUp.push(() => proxy.stop());
    return proxy;
  }

  async function connect(
    servers: string,
    options?: Parameters<typeof createService>[0],
  ): Promise<{ service: ConnectionService; bus: Bus }> {
    const service = createService(options);
    cleanUp.push(() => {
      service.dispose();
    });
    const connected = await service.connect(profileOf({ servers }));
    assert.ok(connected.ok, JSON.stringify(connected));
    return { service, bus: connected.value };
  }

  it('goes on with the next server of a cluster of three when one and then two are stopped', async () => {
    const nodes = await startCluster(server);
    const [first] = nodes;
    assert.ok(first);
    // One is named; the others are known from the cluster.
    const { service, bus } = await connect(first.url);
    assert.equal(bus.server, 'node-1');
    for (let stopped = 0; stopped < 2; stopped++) {
      const current = nodes.find((_node, index) => bus.server === `node-${index + 1}`);
      assert.ok(current);
      const lost = stateWhere(service, 'reconnecting');
      await current.stop();
      await lost;
      const outcome = await bus.publish('system.reset', data);
      assert.equal(outcome.state, 'published', JSON.stringify(outcome));
      const state = await stateWhere(service, 'connected');
      assert.equal(outcome.server, state.server.name);
      assert.notEqual(outcome.server, `node-${nodes.indexOf(current) + 1}`);
      assert.equal(state.server.cluster, 'trio');
    }
  });

  it('says that the server is about to shut down, and goes on elsewhere when it does', async () => {
    const config = 'lame_duck_duration: "30s"\nlame_duck_grace_period: "1s"';
    const ending = await server({ config });
    const other = await server({ args: ['--name', 'other'] });
    const { service } = await connect(`${ending.url},${other.url}`);
    const duck = stateWhere(service, 'connected', ({ lameDuck }) => lameDuck);
    process.kill(ending.pid, 'SIGUSR2');
    assert.equal((await duck).server.url, ending.url);
    const elsewhere = await stateWhere(service, 'connected', ({ server: { name } }) => name === 'other');
    assert.equal(elsewhere.lameDuck, false);
  });

  it('shows a slow network in its round-trip time, and sends over it', async () => {
    const proxy = await proxyOf(await server());
    proxy.delay(80);
    const { service, bus } = await connect(proxy.url);
    const { roundTripMs } = await stateWhere(service, 'connected');
    assert.ok(roundTripMs >= 70 && roundTripMs < 1_000, String(roundTripMs));
    assert.equal((await bus.publish('system.reset', data)).state, 'published');
  });

  it('says that a reset may not have arrived when the network is cut before the confirmation', async () => {
    const proxy = await proxyOf(await server());
    const { service, bus } = await connect(proxy.url, {
      timings: { trustMs: 60_000, pingIntervalMs: 60_000 },
    });
    proxy.delay(400);
    const outcome = bus.publish('system.reset', data);
    proxy.cut();
    const settled = await outcome;
    assert.equal(settled.state, 'failed');
    assert.equal(said(settled.problem.what), 'It is unknown whether the message arrived');
    proxy.delay(0);
    await stateWhere(service, 'connected');
  });

  it('notices a half-open socket within 10 s of the next need, with the times that are used for real', async () => {
    const proxy = await proxyOf(await server());
    const { bus, service } = await connect(proxy.url, { timings: { ...defaultTimings, trustMs: 0 } });
    proxy.freeze();
    const start = Date.now();
    const lost = stateWhere(service, 'reconnecting').then(() => Date.now() - start);
    assert.equal((await bus.publish('system.reset', data)).state, 'published');
    assert.ok((await lost) < 10_000);
    assert.ok(Date.now() - start < 10_000);
    assert.ok(defaultTimings.pingTimeoutMs < 10_000);
  });

  it('notices that the server process stands still, says so, and is repaired when it goes on', async () => {
    const stopped = await server();
    const { service, bus } = await connect(stopped.url, {
      timings: { trustMs: 0, connectMs: 300, reconnectWaitMs: 400 },
    });
    process.kill(stopped.pid, 'SIGSTOP');
    try {
      await standsStill(stopped.pid);
      const outcome = await bus.publish('system.reset', data);
      assert.equal(outcome.state, 'failed');
      assert.equal(said(outcome.problem.what), 'Nothing was sent');
      await stateWhere(service, 'reconnecting', ({ reason }) =>
        /sent no NATS greeting/.test(said(reason.what)),
      );
    } finally {
      process.kill(stopped.pid, 'SIGCONT');
    }
    await stateWhere(service, 'connected');
    assert.equal((await bus.publish('system.reset', data)).state, 'published');
  });

  it('tells the truth about each of 100 resets while the server is killed and started again', async () => {
    const ports = { port: 0 };
    const lives: NatsServer[] = [];
    const start = async (): Promise<void> => {
      // The server's own log of what it has read is what counts: it is there even if the server dies right after.
      const life = await startNatsServer({ args: ['-V'], ...(ports.port === 0 ? {} : ports) });
      ports.port = life.port;
      lives.push(life);
    };
    await start();
    cleanUp.push(() => lives.at(-1)?.stop());
    const { bus } = await connect(lives[0]?.url ?? '', { timings: { pingIntervalMs: 60_000, trustMs: 50 } });

    const outcomes = new Map<string, PublishResult>();
    let restart = Promise.resolve();
    for (let batch = 0; batch < 25; batch++) {
      const ids = [0, 1, 2, 3].map((index) => `reset-${batch * 4 + index}.`);
      const sending = ids.map(async (id) => {
        outcomes.set(id, await bus.publish('system.reset', new TextEncoder().encode(id)));
      });
      if (batch % 5 === 2) {
        await restart;
        const dying = lives.at(-1);
        // Half of them with a goodbye, half without.
        restart = (batch % 2 === 0 ? dying?.kill() : dying?.stop())?.then(start) ?? Promise.resolve();
      }
      await Promise.all(sending);
    }
    await restart;
    await lives.at(-1)?.stop();

    const log = lives.map((life) => life.output()).join('');
    const arrived = (id: string): number => log.split(`MSG_PAYLOAD: ["${id}"]`).length - 1;
    const published = [...outcomes].filter(([, { state }]) => state === 'published');
    assert.equal(outcomes.size, 100);
    assert.ok(published.length >= 50, `${published.length} published`);
    for (const [id, outcome] of outcomes) {
      const times = arrived(id);
      assert.ok(times <= 1, `${id} arrived ${times} times`);
      if (outcome.state === 'published') assert.equal(times, 1, `${id} is said to be published`);
      else {
        assert.equal(outcome.state, 'failed');
        if (said(outcome.problem.what) === 'Nothing was sent')
          assert.equal(times, 0, `${id} is said not to be sent`);
        else assert.equal(said(outcome.problem.what), 'It is unknown whether the message arrived');
      }
    }
  });

  it('uses renewed credentials when it reconnects', async () => {
    const operator = makeOperator();
    const first = await startNatsServer({ config: operator.config });
    let identity = operator.user({ pub: ['nothing.>'] });
    const service = createService({ secrets: () => ({ jwt: identity.jwt, seed: identity.seed }) });
    cleanUp.push(() => {
      service.dispose();
    });
    const connected = await service.connect(profileOf({ servers: first.url, auth: 'jwt' }));
    assert.ok(connected.ok);
    assert.equal((await connected.value.publish('system.reset', data)).state, 'rejected');
    identity = operator.user();
    const lost = stateWhere(service, 'reconnecting');
    await first.stop();
    await lost;
    await server({ port: first.port, config: operator.config });
    await stateWhere(service, 'connected');
    assert.equal((await connected.value.publish('system.reset', data)).state, 'published');
  });
});

/** A signal takes effect a moment after it was sent. */
async function standsStill(pid: number): Promise<void> {
  while (!/\) T /.test(await readFile(`/proc/${pid}/stat`, 'utf8')));
}

/** Starts three servers that know each other. */
async function startCluster(
  start: (options: NatsServerOptions) => Promise<NatsServer>,
): Promise<NatsServer[]> {
  const ports = await freePorts(3);
  const routes = ports.map((port) => `nats://127.0.0.1:${port}`);
  const nodes = await Promise.all(
    routes.map((route, index) =>
      start({
        args: [
          ...['--name', `node-${index + 1}`, '--cluster_name', 'trio'],
          ...['--cluster', route, '--routes', routes.join(',')],
        ],
      }),
    ),
  );
  // Each tells its clients of the others once it has a route to them.
  for (const { url } of nodes) {
    let others = 0;
    while (others < 2) {
      const client = await connectClient({ servers: url });
      others = client.info?.connect_urls?.length ?? 0;
      await client.close();
    }
  }
  return nodes;
}
