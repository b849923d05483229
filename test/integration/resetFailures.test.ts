import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { commands, workspace } from 'vscode';
import type { ResetOutcome } from '../../src/resets/resetOutcome';
import { problemText } from '../../src/util/problem';
import { startNatsServer, type NatsServer } from '../host/natsServer';
import { newestReset, storedResets } from './editorData';
import { startFatalProxy } from './fatalProxy';
import { listenToResets } from './resetBus';
import { setSettings } from './settings';

describe('A reset that does not arrive tells why, and stands in the history', function () {
  this.timeout(30_000);
  const cleanUp: (() => unknown)[] = [];

  beforeEach(async () => {
    await commands.executeCommand('res.disconnect');
    cleanUp.push(() => commands.executeCommand('res.disconnect'));
  });

  afterEach(async () => {
    for (const step of cleanUp.splice(0).reverse()) await step();
  });

  const nats = async (config?: string): Promise<NatsServer> => {
    const server = await startNatsServer({ config });
    cleanUp.push(() => server.stop());
    return server;
  };

  /** Resets on the only connection; what the command returns and what is stored must agree. */
  const resetOn = async (servers: string): Promise<ResetOutcome> => {
    cleanUp.push(
      await setSettings({ 'res.connections': [{ name: 'only', servers }], 'res.verify.enabled': false }),
    );
    const before = await storedResets();
    const outcome = await commands.executeCommand<ResetOutcome>('res.resetResources', {
      resources: 'library.>',
    });
    const record = await newestReset(before.length);
    assert.deepEqual(outcome.message, { resources: ['library.>'] });
    assert.deepEqual(record.message, outcome.message);
    assert.equal(record.state.kind, outcome.state);
    assert.equal('problem' in record.state && problemText(record.state.problem), outcome.reason);
    assert.equal(record.origin, 'api');
    assert.equal(outcome.connection, 'only');
    assert.equal(record.connection, 'only');
    assert.equal((await storedResets()).length, before.length + 1);
    return outcome;
  };

  it('when nothing listens there', async () => {
    const { state, reason } = await resetOn('nats://127.0.0.1:1');
    assert.equal(state, 'failed');
    assert.match(reason ?? '', /No server is listening at nats:\/\/127\.0\.0\.1:1/);
  });

  it('when the password is wrong, which is not reported', async () => {
    const server = await nats('authorization { user: anna, password: "the right one" }');
    const { state, reason } = await resetOn(`nats://anna:wr0ng-one@127.0.0.1:${server.port}`);
    assert.equal(state, 'failed');
    assert.match(reason ?? '', /password/i);
    assert.doesNotMatch(reason ?? '', /wr0ng-one/);
  });

  it('when it is not a NATS server that listens there', async () => {
    const mail = createServer((socket) => socket.end('220 mail.example.com ESMTP\r\n'));
    mail.listen(0, '127.0.0.1');
    await once(mail, 'listening');
    cleanUp.push(() => mail.close());
    const { state, reason } = await resetOn(`nats://127.0.0.1:${(mail.address() as AddressInfo).port}`);
    assert.equal(state, 'failed');
    assert.match(reason ?? '', /is not a NATS server/);
    assert.match(reason ?? '', /Check the port/);
  });

  it('when the server denies it', async () => {
    const server = await nats(`authorization { users: [
      { user: anna, password: pw, permissions: { publish: { deny: ["system.>"] } } }
      { user: ear, password: pw }
    ] }`);
    const bus = await listenToResets(`nats://ear:pw@127.0.0.1:${server.port}`);
    cleanUp.push(() => bus.close());
    const { state, reason, server: label } = await resetOn(`nats://anna:pw@127.0.0.1:${server.port}`);
    assert.equal(state, 'rejected');
    assert.match(reason ?? '', /does not allow "only" to publish to system\.reset/);
    assert.ok(label?.includes(String(server.port)), label);
    assert.deepEqual(await bus.resets(), []);
  });

  it('when the server is killed between the click and its word', async () => {
    const server = await startNatsServer();
    const proxy = await startFatalProxy(server);
    cleanUp.push(proxy.stop);
    const { state, reason } = await resetOn(proxy.url);
    assert.equal(state, 'failed');
    assert.match(reason ?? '', /unknown whether the message arrived.*lost before it confirmed/);
    await server.ended;
  });

  it('when the server went away before, and it is not sent later when the server is back', async () => {
    const server = await startNatsServer();
    const settings = {
      'res.connections': [{ name: 'only', servers: server.url }],
      'res.verify.enabled': false,
    };
    cleanUp.push(await setSettings(settings));
    await commands.executeCommand('res.resetResources', { resources: 'a.a' });
    const before = await storedResets();
    await server.kill();
    const outcome = await commands.executeCommand<ResetOutcome>('res.resetResources', { resources: 'a.b' });
    assert.equal(outcome.state, 'failed');
    assert.match(outcome.reason ?? '', /Nothing was sent/);
    assert.equal((await newestReset(before.length)).state.kind, 'failed');

    const back = await startNatsServer({ port: server.port });
    cleanUp.push(() => back.stop());
    const bus = await listenToResets(back.url);
    cleanUp.push(() => bus.close());
    const again = await commands.executeCommand<ResetOutcome>('res.resetResources', { resources: 'a.c' });
    assert.equal(again.state, 'published');
    assert.deepEqual(await bus.resets(), [{ resources: ['a.c'] }]);
  });
});

describe('A list of connections with mistakes in the settings', function () {
  this.timeout(30_000);
  const natsUrl = process.env['RES_TEST_NATS'] ?? '';
  const mistakes = [
    'nonsense',
    { name: 5, servers: [natsUrl] },
    { name: 'half', servers: 7 },
    null,
    { name: 'odd', servers: [natsUrl], auth: ['none'] },
  ] as const;

  it('lets the good entries be used, names the others, and loses nothing', async () => {
    const list = [
      mistakes[0],
      mistakes[1],
      { name: 'good', servers: [natsUrl], ours: 1 },
      ...mistakes.slice(2),
    ];
    const restore = await setSettings({ 'res.connections': list, 'res.verify.enabled': false });
    const bus = await listenToResets(natsUrl);
    try {
      await commands.executeCommand('res.disconnect');
      const argument = { resources: 'a.b', connection: 'good' };
      const good = await commands.executeCommand<ResetOutcome>('res.resetResources', argument);
      assert.equal(good.state, 'published');
      const bad = await commands.executeCommand<ResetOutcome>('res.resetResources', {
        ...argument,
        connection: 'half',
      });
      assert.equal(bad.state, 'failed');
      assert.match(bad.reason ?? '', /"half"/);
      assert.deepEqual(await bus.resets(), [{ resources: ['a.b'] }]);
      assert.deepEqual(storedConnections(), list);
    } finally {
      await bus.close();
      await commands.executeCommand('res.disconnect');
      await restore();
    }
  });

  it('is no list at all: nothing is sent, and it stays as it is', async () => {
    const restore = await setSettings({ 'res.connections': { name: 'good', servers: [natsUrl] } });
    try {
      const outcome = await commands.executeCommand<ResetOutcome>('res.resetResources', {
        resources: 'a.b',
        connection: 'good',
      });
      assert.equal(outcome.state, 'failed');
      assert.deepEqual(storedConnections(), { name: 'good', servers: [natsUrl] });
    } finally {
      await restore();
    }
  });
});

function storedConnections(): unknown {
  return workspace.getConfiguration().inspect('res.connections')?.workspaceValue;
}
