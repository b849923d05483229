import assert from 'node:assert/strict';
import { connect } from 'nats';
import type { Bus } from '../../../src/resets/bus';
import type { ConnectionService, KnownProfile } from '../../../src/connections/connectionService';
import { startNatsServer } from '../../host/natsServer';
import { startNatsProxy } from '../natsProxy';
import { createService, profileOf, stateWhere } from '../natsSetup';
import { serversOfEachTest } from '../natsTest';
import { said } from '../../unit/said';

const data = new TextEncoder().encode('{"resources":["library.>"]}');

describe('what the NATS client would get wrong by itself', function () {
  this.timeout(20_000);
  const { cleanUp, server } = serversOfEachTest();

  function service(options?: Parameters<typeof createService>[0]): ConnectionService {
    const created = createService(options);
    cleanUp.push(() => {
      created.dispose();
    });
    return created;
  }

  async function connected(to: ConnectionService, profile: KnownProfile): Promise<Bus> {
    const bus = await to.connect(profile);
    assert.ok(bus.ok, JSON.stringify(bus));
    return bus.value;
  }

  /** Counts what arrives, over a connection of its own. */
  async function listen(
    url: string,
    subject: string,
  ): Promise<{ received: string[]; settle: () => Promise<void> }> {
    const client = await connect({ servers: url });
    cleanUp.push(() => client.close());
    const received: string[] = [];
    client.subscribe(subject, {
      callback: (_error, message) => {
        received.push(message.string());
      },
    });
    await client.flush();
    return { received, settle: () => client.flush() };
  }

  it('does not talk in plain text to a server in whose URL tls:// stands', async () => {
    const { port } = await server();
    const result = await service().connect(profileOf({ servers: `tls://127.0.0.1:${port}` }));
    assert.equal(result.ok, false);
    assert.equal(result.problem.kind, 'tlsUnavailable');
  });

  it('uses the user and the password that stand in a URL', async () => {
    const { port } = await server({ args: ['--user', 'alice', '--pass', 'p@ss:w/rd'] });
    const url = `nats://alice:${encodeURIComponent('p@ss:w/rd')}@127.0.0.1:${port}`;
    const bus = await connected(service(), profileOf({ servers: url }));
    assert.equal((await bus.publish('system.reset', data)).state, 'published');
  });

  it('takes several servers in one text, and uses the one that is up', async () => {
    const { port } = await server();
    const bus = await connected(service(), profileOf({ servers: `127.0.0.1:1, 127.0.0.1:${port}` }));
    assert.equal((await bus.publish('system.reset', data)).state, 'published');
  });

  it('says "rejected" when the server denies the publish, and "published" for what it allows', async () => {
    const { url } = await server({
      config: 'authorization { users: [{ user: u, password: pw, permissions: { publish: ["allowed.>"] } }] }',
    });
    const bus = await connected(
      service({ secrets: { password: 'pw' } }),
      profileOf({ servers: url, auth: 'password', user: 'u' }),
    );
    const [denied, allowed, deniedAgain] = await Promise.all([
      bus.publish('system.reset', data),
      bus.publish('allowed.subject', data),
      bus.publish('system.reset', data),
    ]);
    assert.equal(denied.state, 'rejected');
    assert.match(said(denied.problem.what), /does not allow "test" to publish to system\.reset/);
    assert.equal(allowed.state, 'published');
    assert.equal(deniedAgain.state, 'rejected');
  });

  it('tells a subscriber that its subscription was denied', async () => {
    const { url } = await server({
      config:
        'authorization { users: [{ user: u, password: pw, permissions: { subscribe: ["allowed.>"] } }] }',
    });
    const bus = await connected(
      service({ secrets: { password: 'pw' } }),
      profileOf({ servers: url, auth: 'password', user: 'u' }),
    );
    const denied: string[] = [];
    bus.subscribe(
      'get.>',
      () => undefined,
      (problem) => denied.push(said(problem.what)),
    );
    bus.subscribe(
      'allowed.>',
      () => undefined,
      (problem) => denied.push(said(problem.what)),
    );
    assert.equal(await bus.flush(), true);
    assert.deepEqual(denied, ['The server does not allow "test" to subscribe to get.>']);
  });

  it('says "failed", and loses nothing silently, while the server is away', async () => {
    const { url, stop } = await startNatsServer();
    const away = service({ timings: { reconnectWaitMs: 100 } });
    const bus = await connected(away, profileOf({ servers: url }));
    const lost = stateWhere(away, 'reconnecting');
    await stop();
    await lost;
    const outcome = await bus.publish('system.reset', data);
    assert.equal(outcome.state, 'failed');
    assert.equal(said(outcome.problem.what), 'Nothing was sent');
    assert.equal(await bus.flush(), false);
  });

  it('sends once, after the reconnect, what was wanted while the server was away', async () => {
    const first = await startNatsServer();
    const repaired = service();
    const bus = await connected(repaired, profileOf({ servers: first.url }));
    const lost = stateWhere(repaired, 'reconnecting');
    await first.stop();
    await lost;
    const outcome = bus.publish('system.reset', data);
    // The server's own log tells what it has read, and when it has ended the log is complete.
    const second = await startNatsServer({ port: first.port, args: ['-V'] });
    assert.equal((await outcome).state, 'published');
    await second.stop();
    assert.equal(second.output().split('[PUB system.reset ').length - 1, 1);
  });

  it('notices a half-open socket before it sends, repairs it, and then sends once', async () => {
    const { port, url } = await server();
    const proxy = await startNatsProxy(port);
    cleanUp.push(() => proxy.stop());
    const repaired = service({ timings: { trustMs: 0, pingIntervalMs: 60_000 } });
    const bus = await connected(repaired, profileOf({ servers: proxy.url }));
    const { received, settle } = await listen(url, 'system.reset');
    proxy.freeze();
    assert.equal((await bus.publish('system.reset', data)).state, 'published');
    await settle();
    assert.deepEqual(received, ['{"resources":["library.>"]}']);
  });

  it('does not hang on a socket that freezes between the sign of life and the confirmation, and claims nothing', async () => {
    const { port } = await server();
    const proxy = await startNatsProxy(port);
    cleanUp.push(() => proxy.stop());
    const repaired = service({ timings: { trustMs: 60_000, pingIntervalMs: 60_000 } });
    const bus = await connected(repaired, profileOf({ servers: proxy.url }));
    proxy.freeze();
    const outcome = await bus.publish('system.reset', data);
    assert.equal(outcome.state, 'failed');
    assert.equal(said(outcome.problem.what), 'It is unknown whether the message arrived');
    await stateWhere(repaired, 'connected');
    assert.equal((await bus.publish('system.reset', data)).state, 'published');
  });

  it('notices a half-open socket by its own ping when nothing is sent', async () => {
    const { port } = await server();
    const proxy = await startNatsProxy(port);
    cleanUp.push(() => proxy.stop());
    const repaired = service();
    await connected(repaired, profileOf({ servers: proxy.url }));
    const lost = stateWhere(repaired, 'reconnecting');
    proxy.freeze();
    assert.equal((await lost).reason.kind, 'timeout');
    await stateWhere(repaired, 'connected');
  });

  it('goes on reconnecting after more than ten attempts, and takes its subscriptions along', async () => {
    const first = await startNatsServer();
    const patient = service();
    const bus = await connected(patient, profileOf({ servers: first.url }));
    const seen: string[] = [];
    const arrived = new Promise<void>((resolve) => {
      bus.subscribe('event.>', (message) => {
        seen.push(message.subject);
        resolve();
      });
    });
    const eleventh = stateWhere(patient, 'reconnecting', ({ attempt }) => attempt > 11);
    await first.stop();
    assert.equal((await eleventh).reason.kind, 'refused');
    await server({ port: first.port });
    await stateWhere(patient, 'connected');
    assert.equal((await bus.publish('event.library.book', data)).state, 'published');
    await arrived;
    assert.deepEqual(seen, ['event.library.book']);
  });

  it('stops reconnecting when the server does not accept the password any more, and says so', async () => {
    const first = await startNatsServer({ args: ['--user', 'u', '--pass', 'old'] });
    const stopped = service({ secrets: { password: 'old' } });
    const bus = await connected(stopped, profileOf({ servers: first.url, auth: 'password', user: 'u' }));
    const over = stateWhere(stopped, 'disconnected');
    await first.stop();
    await server({ port: first.port, args: ['--user', 'u', '--pass', 'new'] });
    assert.equal((await over).reason?.kind, 'wrongCredentials');
    assert.equal((await bus.publish('system.reset', data)).state, 'failed');
  });

  it('notices at once that the server was killed', async () => {
    const first = await startNatsServer();
    const service1 = service({ timings: { pingIntervalMs: 60_000 } });
    await connected(service1, profileOf({ servers: first.url }));
    const lost = stateWhere(service1, 'reconnecting');
    await first.kill();
    assert.match(said((await lost).reason.what), /The connection to .* was lost/);
  });

  it('refuses a message that the server would not take, without sending it', async () => {
    const { url } = await server({ config: 'max_payload: 1024' });
    const bus = await connected(service(), profileOf({ servers: url }));
    const outcome = await bus.publish('system.reset', new Uint8Array(2048));
    assert.equal(outcome.state, 'failed');
    assert.match(said(outcome.problem.why), /larger than the 1024 bytes/);
    assert.equal((await bus.publish('system.reset', data)).state, 'published');
  });

  it('never lets a subject smuggle a second command in', async () => {
    const { url } = await server();
    const bus = await connected(service(), profileOf({ servers: url }));
    const { received, settle } = await listen(url, '>');
    assert.equal((await bus.publish('a 0\r\n\r\nPUB b', data)).state, 'failed');
    await bus.flush();
    await settle();
    assert.deepEqual(received, []);
  });
});
