import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { connect } from 'nats';
import { WebSocket } from 'ws';
import { freePort } from '../../host/ports';
import { type NatsServer, startNatsServer } from '../../host/natsServer';
import { gatewayProgram, startGateway } from '../../host/resgate';

const program = path.join(import.meta.dirname, '../../host/gateway/cli.ts');

describe('the stand-in gateway as a program', function () {
  this.timeout(30_000);
  let nats: NatsServer;
  const running = new Set<ChildProcess>();

  before(async function () {
    this.timeout(180_000);
    nats = await startNatsServer();
  });

  afterEach(() => {
    for (const child of running) child.kill('SIGKILL');
  });

  after(() => nats.stop());

  it('says when it is ready, logs what passes, and ends cleanly when it is asked to', async () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const port = await freePort();
      const gateway = start('-n', nats.url, `--port=${port}`, '-DV');
      await gateway.says('Server ready');
      const client = new WebSocket(`ws://127.0.0.1:${port}`);
      await once(client, 'open');
      client.send('{"id":1,"method":"subscribe.nobody.home"}');
      await gateway.says('<-- ');
      gateway.kill(signal);
      const [closed, code] = await Promise.all([once(client, 'close'), gateway.ended]);
      assert.ok(closed);
      assert.equal(code, 0);
      for (const line of [
        /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d\.\d{6} \[INF\] Listening on http:\/\/127\.0\.0\.1:\d+$/m,
        /\[TRC\] \[[0-9a-v]{20}\] --> \{"id":1,"method":"subscribe\.nobody\.home"\}$/m,
        /\[TRC\] S=> event\.nobody\.home\.\*$/m,
        /\[TRC\] <== \(\w{6}\) get\.nobody\.home: \{\}$/m,
        /\[TRC\] x=> \(\w{6}\) No responders$/m,
        /\[TRC\] \[[0-9a-v]{20}\] <-- \{"error":\{"code":"system\.notFound","message":"Not found"\},"id":1\}$/m,
      ]) {
        assert.match(gateway.output(), line);
      }
    }
  });

  it('says what to do when NATS cannot be reached', async () => {
    const gateway = start('--nats', `nats://ann:secret@127.0.0.1:${await freePort()}`, '--port', '1');
    assert.equal(await gateway.ended, 1);
    assert.match(
      gateway.output(),
      /^Can't connect to NATS at nats:\/\/127\.0\.0\.1:\d+: .*\. Start a nats-server there/m,
    );
    assert.doesNotMatch(gateway.output(), /secret|\n {4}at /);
  });

  it('says what to do when its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const gateway = start('--nats', nats.url, '-p', String(port));
    assert.equal(await gateway.ended, 1);
    assert.match(
      gateway.output(),
      new RegExp(`^Can't listen on 127\\.0\\.0\\.1:${port}: .*EADDRINUSE.*\\. End what uses it`, 'm'),
    );
    await assert.rejects(startGateway({ natsUrl: nats.url, port }), /address already in use/);
    other.close();
  });

  it('refuses arguments that it does not know, and shows those that it does', async () => {
    for (const [args, message] of [
      [['--tls'], /there is no flag "--tls"/],
      [['nats'], /there is no flag "nats"/],
      [['--port'], /the flag -port needs a value/],
      [['--reqtimeout', 'soon'], /the flag -reqtimeout needs a number, not "soon"/],
      [['-p', '65536'], /the port 65536 is not below 65536/],
    ] as const) {
      const gateway = start(...args);
      assert.equal(await gateway.ended, 1);
      assert.match(gateway.output(), message);
      assert.match(gateway.output(), /-n, --nats <url>/);
    }
    const help = start('--help');
    assert.equal(await help.ended, 0);
    assert.match(help.output(), /--resetthrottle <limit>/);
  });

  it('ends with the NATS connection that its cache depends on', async () => {
    const own = await startNatsServer();
    const gateway = start('--nats', own.url, '--port', String(await freePort()));
    await gateway.says('Server ready');
    await own.stop();
    assert.equal(await gateway.ended, 1);
    assert.match(gateway.output(), /^The NATS connection was lost: .*Start the gateway again/m);
  });

  it('uses the user and password in the URL of the NATS server', async () => {
    const config = 'authorization { user: "ann", password: "a@b" }';
    const own = await startNatsServer({ config });
    const gateway = start(
      '--nats',
      `nats://ann:a%40b@127.0.0.1:${own.port}`,
      '--port',
      String(await freePort()),
    );
    await gateway.says('Server ready');
    assert.doesNotMatch(gateway.output(), /a@b|a%40b/);
    const stranger = start('--nats', own.url, '--port', String(await freePort()));
    assert.equal(await stranger.ended, 1);
    assert.match(stranger.output(), /Can't connect to NATS at .*Authorization Violation/i);
    gateway.kill('SIGTERM');
    await gateway.ended;
    await own.stop();
  });

  it('is what runs where there is no Resgate, and says so', async () => {
    const { RESGATE, PATH } = process.env;
    try {
      process.env['RESGATE'] = '/no/such/resgate';
      await assert.rejects(gatewayProgram(), /RESGATE names \/no\/such\/resgate, which can't be run/);
      process.env['RESGATE'] = '';
      process.env['PATH'] = path.dirname(process.execPath);
      const lines: string[] = [];
      const gateway = await startGateway({ natsUrl: nats.url, log: (line) => lines.push(line) });
      assert.equal(gateway.kind, 'stand-in');
      assert.deepEqual(lines, ["Gateway: the project's own stand-in for Resgate"]);
      await gateway.stop();
      await gateway.ended;
    } finally {
      Object.assign(process.env, { PATH });
      if (RESGATE === undefined) Reflect.deleteProperty(process.env, 'RESGATE');
      else process.env['RESGATE'] = RESGATE;
    }
  });

  it('holds thousands of resources and fetches all of them again', async function () {
    this.timeout(90_000);
    const count = 3000;
    const service = await connect({ servers: nats.url });
    let version = 1;
    let requests = 0;
    service.subscribe('access.big.>', {
      callback: (_error, message) => message.respond('{"result":{"get":true}}'),
    });
    service.subscribe('get.big.>', {
      callback: (_error, message) => {
        requests++;
        const id = message.subject.split('.')[3];
        const members = Array.from({ length: count }, (_, member) => ({ rid: `big.item.${member}` }));
        const result = id === undefined ? { collection: members } : { model: { id, version } };
        message.respond(JSON.stringify({ result }));
      },
    });
    await service.flush();
    // On a busy machine this process takes long for so many answers.
    const gateway = await startGateway({ natsUrl: nats.url, requestTimeout: 60_000 });
    const client = new WebSocket(gateway.wsUrl);
    await once(client, 'open');
    client.send('{"id":1,"method":"version","params":{"protocol":"1.2.3"}}');
    client.send('{"id":2,"method":"subscribe.big.items"}');
    let changes = 0;
    await new Promise<void>((resolve) => {
      client.on('message', (data: Buffer) => {
        const message = JSON.parse(data.toString()) as { id?: number; event?: string };
        if (message.id === 2) {
          version++;
          requests = 0;
          service.publish('system.reset', '{"resources":["big.>"]}');
        }
        if (message.event?.endsWith('.change') && ++changes === count) resolve();
      });
    });
    assert.equal(requests, count + 1);
    client.terminate();
    await gateway.stop();
    await service.close();
  });

  function start(...args: readonly string[]): {
    output: () => string;
    says: (text: string) => Promise<void>;
    kill: (signal: NodeJS.Signals) => void;
    ended: Promise<number | null>;
  } {
    const child = spawn(process.execPath, ['--import', 'tsx', program, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    let output = '';
    let check = (): void => undefined;
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        check();
      });
    }
    const ended = new Promise<number | null>((resolve) => {
      child.once('close', (code) => {
        running.delete(child);
        resolve(code);
        check();
      });
    });
    return {
      output: () => output,
      says: (text) =>
        new Promise((resolve, reject) => {
          check = () => {
            if (output.includes(text)) resolve();
            else if (!running.has(child)) reject(new Error(`It ended without saying "${text}":\n${output}`));
          };
          check();
        }),
      kill: (signal) => child.kill(signal),
      ended,
    };
  }
});
