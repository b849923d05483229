import assert from 'node:assert/strict';
import { commands } from 'vscode';
import type { ResetOutcome } from '../../src/resets/resetOutcome';
import { connectClient } from '../host/client';
import { startNatsServer, type NatsServer } from '../host/natsServer';
import { startService } from '../host/service';
import { newestReset, storedResets } from './editorData';
import { listenToResets, type ResetBus } from './resetBus';
import { setSettings } from './settings';

const natsUrl = process.env['RES_TEST_NATS'] ?? '';
const gatewayUrl = process.env['RES_TEST_GATEWAY'] ?? '';

describe('The commands that reset, called with an argument', function () {
  this.timeout(30_000);
  let other: NatsServer;
  let bus: ResetBus;
  let otherBus: ResetBus;
  let restore: () => Promise<void>;

  before(async () => {
    other = await startNatsServer();
    restore = await setSettings({
      'res.connections': [
        { name: 'main', servers: [natsUrl] },
        { name: 'other', servers: [other.url] },
      ],
      'res.verify.enabled': false,
    });
  });

  beforeEach(async () => {
    bus = await listenToResets(natsUrl);
    otherBus = await listenToResets(other.url);
  });

  afterEach(async () => {
    await bus.close();
    await otherBus.close();
  });

  after(async () => {
    await commands.executeCommand('res.disconnect');
    await restore();
    await other.stop();
  });

  const reset = (argument: unknown, command = 'res.resetResources'): Thenable<ResetOutcome> =>
    commands.executeCommand<ResetOutcome>(command, argument);

  it('connect first, publish once, and tell the outcome', async () => {
    await commands.executeCommand('res.disconnect');
    const { server, ...outcome } = await reset({ resources: 'library.>', connection: 'main' });
    assert.deepEqual(outcome, {
      state: 'published',
      message: { resources: ['library.>'] },
      connection: 'main',
    });
    assert.ok(server?.includes(new URL(natsUrl).port), server);
    assert.deepEqual(await bus.resets(), [{ resources: ['library.>'] }]);
  });

  it('stay on the connection that is there', async () => {
    const { connection } = await reset({ resources: 'library.books' });
    assert.equal(connection, 'main');
    assert.deepEqual(await bus.resets(), [{ resources: ['library.books'] }]);
    assert.deepEqual(await otherBus.resets(), []);
  });

  it('take lists, for resources and access, either of them', async () => {
    const message = { resources: ['a.b', 'a.c.*'], access: ['a.>'] };
    assert.deepEqual((await reset(message)).message, message);
    assert.deepEqual((await reset(message, 'res.resetAccess')).message, message);
    assert.deepEqual((await reset({ access: 'a.b' })).message, { access: ['a.b'] });
    assert.deepEqual(await bus.resets(), [message, message, { access: ['a.b'] }]);
  });

  it('send the minimal cover', async () => {
    const outcome = await reset({
      resources: ['a.b.c', 'a.*.c', 'a.b.c', 'a.>', 'a'],
      access: ['b.*', 'b.c'],
    });
    const message = { resources: ['a.>', 'a'], access: ['b.*'] };
    assert.deepEqual(outcome.message, message);
    assert.deepEqual(await bus.resets(), [message]);
  });

  it('reach the connection that is named, and no other', async () => {
    const outcome = await reset({ resources: 'a.b', connection: 'other' });
    assert.equal(outcome.state, 'published');
    assert.equal(outcome.connection, 'other');
    assert.deepEqual(await otherBus.resets(), [{ resources: ['a.b'] }]);
    assert.deepEqual(await bus.resets(), []);
    await reset({ resources: 'a.c', connection: 'main' });
    assert.deepEqual(await otherBus.resets(), [{ resources: ['a.b'] }]);
    assert.deepEqual(await bus.resets(), [{ resources: ['a.c'] }]);
  });

  it('send nothing anywhere for a connection that does not exist', async () => {
    const before = (await storedResets()).length;
    const outcome = await reset({ resources: 'a.b', connection: 'Main' });
    assert.equal(outcome.state, 'failed');
    assert.match(outcome.reason ?? '', /no connection named "Main"/);
    assert.deepEqual([...(await bus.resets()), ...(await otherBus.resets())], []);
    const { state, connection } = await newestReset(before);
    assert.deepEqual([state.kind, connection], ['failed', 'Main']);
  });

  const refused: readonly (readonly [unknown, RegExp])[] = [
    [
      { resources: 'library..x' },
      /“library\.\.x” in “resources” is not a valid pattern\. The part at position 9 is empty/,
    ],
    [{ resources: ['a.b', 'library.b*'] }, /“library\.b\*”/],
    [{ resources: 'a.b', access: ' bad' }, /“ bad” in “access”/],
    [{ access: 'a.>.b' }, /“a\.>\.b”/],
    [{ resources: '' }, /“”/],
    [{ resources: 5 }, /“resources” must be a string or a list of strings/],
    [{ access: { 0: 'a.b' } }, /“access” must be a string or a list of strings/],
    [{ resources: ['a.b', null] }, /contains null, which is not a string/],
    [{ resources: ['a.b', ['a.c']] }, /contains \["a\.c"\], which is not a string/],
    [{ resources: [] }, /no pattern/],
    [{}, /no pattern/],
    [{ resource: 'a.b' }, /no pattern/],
    [{ resources: 'a.b', connection: 5 }, /“connection” must be a string/],
    [null, /must be an object/],
    [['a.b'], /must be an object/],
    ['a.b', /must be an object/],
    [7, /must be an object/],
  ];
  for (const [argument, reason] of refused) {
    it(`refuse ${JSON.stringify(argument)} with the reason, and send nothing`, async () => {
      const stored = (await storedResets()).length;
      for (const command of ['res.resetResources', 'res.resetAccess']) {
        const outcome = await reset(argument, command);
        assert.equal(outcome.state, 'rejected');
        assert.deepEqual(outcome.message, {});
        assert.match(outcome.reason ?? '', reason);
        assert.match(outcome.reason ?? '', /Nothing was sent/);
      }
      assert.deepEqual([...(await bus.resets()), ...(await otherBus.resets())], []);
      assert.equal((await storedResets()).length, stored);
    });
  }

  it('tell what the gateway fetched again and whom it asked for access', async () => {
    const observe = await setSettings({ 'res.verify.enabled': true });
    const service = await startService({ natsUrl });
    const client = await connectClient(gatewayUrl);
    try {
      await client.watch('library.books');
      const outcome = await reset({ resources: ['library.book.1', 'library.books'], access: 'library.>' });
      assert.deepEqual(outcome.refetched, ['library.book.1', 'library.books']);
      assert.deepEqual(outcome.reaccessed, ['library.books']);
      const { state } = await newestReset(0);
      assert.equal(state.kind === 'published' && state.observation?.requests.length, 3);
    } finally {
      await client.close();
      await service.stop();
      await observe();
    }
  });
});
