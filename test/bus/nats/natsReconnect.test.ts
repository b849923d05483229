import assert from 'node:assert/strict';
import { setTimeout as pass } from 'node:timers/promises';
import { defaultTimings } from '../../../src/connections/timings';
import { startNatsServer } from '../../host/natsServer';
import { silentPort, startHiddenCluster, type HiddenCluster } from '../natsCluster';
import { createService, profileOf, stateWhere } from '../natsSetup';
import { serversOfEachTest } from '../natsTest';

describe('a reconnect that some addresses hold up', function () {
  this.timeout(90_000);
  const { cleanUp, server } = serversOfEachTest();
  let cluster: HiddenCluster;

  before(async () => {
    cluster = await startHiddenCluster(6);
  });
  afterEach(() => cluster.startFirst());
  after(() => cluster.stop());
  /** With the times that are used for real. */
  async function connect(servers: string | readonly string[]): Promise<ReturnType<typeof createService>> {
    const service = createService({ timings: defaultTimings });
    cleanUp.push(() => {
      service.dispose();
    });
    const connected = await service.connect(profileOf({ servers }));
    assert.ok(connected.ok, JSON.stringify(connected));
    return service;
  }

  async function connectToCluster(): Promise<ReturnType<typeof createService>> {
    await cluster.namesAll();
    return connect(`127.0.0.1:${cluster.port}`);
  }

  const open = (): number => cluster.silent.reduce((sum, one) => sum + one.open(), 0);
  const untilOpen = async (fits: (count: number) => boolean): Promise<void> => {
    const end = Date.now() + 50_000;
    while (!fits(open())) {
      assert.ok(Date.now() < end, `${open()} are open`);
      await pass(5);
    }
  };

  it('is back within 2 s of the return of a server whose six peers take connections and stay silent', async () => {
    const service = await connectToCluster();
    const lost = stateWhere(service, 'reconnecting');
    await cluster.stopFirst();
    await lost;
    await pass(1_000);
    await cluster.startFirst();
    const returned = performance.now();
    await stateWhere(service, 'connected');
    const took = performance.now() - returned;
    assert.ok(took < 2_000, `${took} ms`);
    await untilOpen((count) => count === 0);
  });

  it('keeps few attempts under way at once, and comes round to every peer', async () => {
    const service = await connectToCluster();
    const before = cluster.silent.map((one) => one.taken());
    await cluster.stopFirst();
    let most = 0;
    await untilOpen((count) => {
      most = Math.max(most, count);
      return cluster.silent.every((one, index) => one.taken() > (before[index] ?? 0));
    });
    assert.ok(most > 1 && most <= 4, `${most} at once`);
    service.disconnect();
    await untilOpen((count) => count === 0);
  });

  it('reconnects at once when a person says so, though attempts hang', async () => {
    const service = await connectToCluster();
    await cluster.stopFirst();
    // By then the next try of its own is 2 s and more away.
    await stateWhere(
      service,
      'reconnecting',
      ({ attempt, nextTryAt }) => attempt > 4 && nextTryAt !== undefined,
    );
    assert.ok(open() > 0);
    await cluster.startFirst();
    const asked = performance.now();
    service.reconnectNow();
    await stateWhere(service, 'connected');
    const took = performance.now() - asked;
    assert.ok(took < 1_000, `${took} ms`);
  });

  it('forgets the peers that the server does not name any more', async () => {
    const service = await connectToCluster();
    await cluster.stopFirst();
    const alone = await startNatsServer({ port: cluster.port });
    await stateWhere(service, 'connected', ({ server: { cluster: name } }) => name === undefined);
    const before = cluster.silent.map((one) => one.taken());
    await alone.stop();
    await stateWhere(service, 'reconnecting', ({ attempt }) => attempt > 3);
    assert.deepEqual(
      cluster.silent.map((one) => one.taken()),
      before,
    );
    service.disconnect();
  });

  it('does not wait for servers of the profile that stay silent, the first time and later', async () => {
    const silent = await Promise.all([silentPort(), silentPort()]);
    for (const one of silent) cleanUp.push(one.stop);
    const there = await startNatsServer();
    const start = performance.now();
    const service = await connect([...silent.map(({ port }) => `127.0.0.1:${port}`), there.url]);
    await stateWhere(service, 'connected');
    assert.ok(performance.now() - start < defaultTimings.connectMs);
    const lost = stateWhere(service, 'reconnecting');
    await there.stop();
    await lost;
    await server({ port: there.port });
    const returned = performance.now();
    await stateWhere(service, 'connected');
    const took = performance.now() - returned;
    assert.ok(took < 2_000, `${took} ms`);
  });

  it('still ends when the server refuses the credentials, and asks it only once', async () => {
    const first = await startNatsServer({ args: ['--user', 'u', '--pass', 'old'] });
    const silent = await silentPort();
    cleanUp.push(silent.stop);
    const service = createService({ secrets: { password: 'old' } });
    cleanUp.push(() => {
      service.dispose();
    });
    const servers = [first.url, `127.0.0.1:${silent.port}`];
    assert.ok((await service.connect(profileOf({ servers, auth: 'password', user: 'u' }))).ok);
    const over = stateWhere(service, 'disconnected');
    await first.stop();
    const changed = await server({ port: first.port, args: ['-D', '--user', 'u', '--pass', 'new'] });
    assert.equal((await over).reason?.kind, 'wrongCredentials');
    assert.equal(changed.output().split('authentication error').length - 1, 1);
  });
});
