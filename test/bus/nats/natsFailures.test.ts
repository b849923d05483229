import assert from 'node:assert/strict';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';
import type { ConnectionProblem } from '../../../src/connections/connectionProblem';
import type { ProfileSecrets } from '../../../src/connections/profile/secrets';
import { startNatsServer, type NatsServer } from '../../host/natsServer';
import { deafHost } from '../natsDeafHost';
import { createService, profileOf, stateWhere } from '../natsSetup';
import { serversOfEachTest } from '../natsTest';
import { said } from '../../unit/said';

describe('a connection that can not be made', function () {
  this.timeout(20_000);
  const { cleanUp, server } = serversOfEachTest();

  async function listening(server: Server): Promise<number> {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    cleanUp.push(() => {
      server.close();
    });
    return (server.address() as AddressInfo).port;
  }

  /** The problem, which a test of the connection and connecting must agree on. */
  async function problemOf(
    settings: Record<string, unknown>,
    secrets: ProfileSecrets = {},
  ): Promise<ConnectionProblem> {
    const service = createService({ secrets, timings: { connectMs: 400 } });
    cleanUp.push(() => {
      service.dispose();
    });
    const [connected, tested] = [
      await service.connect(profileOf(settings)),
      await service.test(profileOf(settings)),
    ];
    assert.equal(connected.ok, false);
    assert.equal(tested.ok, false);
    assert.deepEqual(tested.problem, connected.problem);
    assert.deepEqual(service.state, { kind: 'disconnected', profile: 'test', reason: connected.problem });
    assert.equal(service.bus(), undefined);
    return connected.problem;
  }

  it('because nothing listens there', async () => {
    const problem = await problemOf({ servers: '127.0.0.1:1' });
    assert.equal(problem.kind, 'refused');
    assert.match(said(problem.remedy), /Start the NATS server/);
  });

  it('because the host is not known', async () => {
    const problem = await problemOf({ servers: 'no-such-host.invalid' });
    assert.equal(problem.kind, 'unknownHost');
  });

  it('because a web server is there', async () => {
    const port = await listening(createHttpServer((_request, response) => response.end()));
    const problem = await problemOf({ servers: `127.0.0.1:${port}` });
    assert.equal(problem.kind, 'notNats');
    assert.match(said(problem.remedy), /Check the port/);
  });

  it('because something that speaks first, but not NATS, is there', async () => {
    const port = await listening(createServer((socket) => socket.end('220 mail.example.com ESMTP\r\n')));
    assert.equal((await problemOf({ servers: `127.0.0.1:${port}` })).kind, 'notNats');
  });

  it('because something that closes at once is there', async () => {
    const port = await listening(createServer((socket) => socket.end()));
    assert.equal((await problemOf({ servers: `127.0.0.1:${port}` })).kind, 'notNats');
  });

  it('because the greeting never ends', async () => {
    const port = await listening(
      createServer((socket) => {
        socket.on('error', () => undefined);
        socket.write('x'.repeat(128 * 1024));
      }),
    );
    assert.equal((await problemOf({ servers: `127.0.0.1:${port}` })).kind, 'notNats');
  });

  it('because a server that greets as NATS then says no more', async () => {
    const port = await listening(
      createServer((socket) => {
        socket.on('error', () => undefined);
        socket.write('INFO {"server_id":"X","version":"2.10.0","proto":1,"max_payload":1024}\r\n');
      }),
    );
    assert.equal((await problemOf({ servers: `127.0.0.1:${port}` })).kind, 'timeout');
  });

  it('because the host does not answer at all', async () => {
    const { port, stop } = await deafHost();
    cleanUp.push(stop);
    const problem = await problemOf({ servers: `127.0.0.1:${port}` });
    assert.equal(problem.kind, 'timeout');
    assert.match(said(problem.remedy), /firewall/);
  });

  it('because the password is wrong, without telling it', async () => {
    const { url } = await server({ args: ['--user', 'alice', '--pass', 'right'] });
    const problem = await problemOf(
      { servers: url, auth: 'password', user: 'alice' },
      { password: 'wrong-one' },
    );
    assert.equal(problem.kind, 'wrongCredentials');
    assert.match(said(problem.what), /does not accept the user and password/);
    assert.ok(!JSON.stringify(problem).includes('wrong-one'));
  });

  it('because the token is wrong', async () => {
    const { url } = await server({ args: ['--auth', 'right'] });
    const problem = await problemOf({ servers: url, auth: 'token' }, { token: 'wrong-one' });
    assert.equal(problem.kind, 'wrongCredentials');
    assert.match(said(problem.what), /does not accept the token/);
  });

  it('because the server wants to know who it is', async () => {
    const { url } = await server({ args: ['--auth', 'right'] });
    assert.equal((await problemOf({ servers: url })).kind, 'authorizationViolation');
  });

  it('because the password is not kept on this machine', async () => {
    const { url } = await server();
    const problem = await problemOf({ servers: url, auth: 'password', user: 'alice' });
    assert.equal(problem.kind, 'missingSecret');
    assert.match(said(problem.what), /password of "test"/);
  });

  it('because the credentials file is not there', async () => {
    const { url } = await server();
    const problem = await problemOf({ servers: url, auth: 'creds', credsFile: '/no/such/file.creds' });
    assert.equal(problem.kind, 'unusableFile');
    assert.match(said(problem.what), /credentials file/);
    assert.ok(!JSON.stringify(problem).includes('/no/such'));
  });

  it('because the server takes no more connections', async () => {
    const { url } = await server({ config: 'max_connections: 1' });
    const first = createService();
    cleanUp.push(() => {
      first.dispose();
    });
    assert.ok((await first.connect(profileOf({ servers: url }))).ok);
    assert.equal((await problemOf({ servers: url })).kind, 'maximumConnections');
  });

  it('because none of several servers answers: the telling reason is named', async () => {
    const { url } = await server({ args: ['--auth', 'right'] });
    const problem = await problemOf({ servers: ['127.0.0.1:1', url] });
    assert.equal(problem.kind, 'authorizationViolation');
    assert.match(said(problem.what), /None of these servers can be used/);
    assert.match(said(problem.why), /requires authentication/);
  });
});

describe('a connection that is not wanted any more', function () {
  this.timeout(20_000);
  let server: NatsServer;

  before(async () => {
    server = await startNatsServer();
  });
  after(() => server.stop());

  it('gives way to a newer one, whose state alone is shown', async () => {
    const service = createService();
    const states: string[] = [];
    service.onDidChange((state) => states.push(`${state.kind} ${state.profile ?? ''}`));
    const slow = service.connect(profileOf({ name: 'old', servers: server.url }));
    const fast = service.connect(profileOf({ name: 'new', servers: server.url }));
    assert.equal((await slow).ok, false);
    assert.ok((await fast).ok);
    await stateWhere(service, 'connected');
    assert.deepEqual(states.slice(0, 3), ['connecting old', 'connecting new', 'connected new']);
    service.dispose();
  });

  it('sends nothing after it was disconnected', async () => {
    const service = createService();
    const bus = await service.connect(profileOf({ servers: server.url }));
    assert.ok(bus.ok);
    service.disconnect();
    assert.equal(service.state.kind, 'disconnected');
    assert.equal(service.bus(), undefined);
    const outcome = await bus.value.publish('system.reset', new Uint8Array());
    assert.equal(outcome.state, 'failed');
    assert.match(said(outcome.problem.why), /not connected/);
  });
});
