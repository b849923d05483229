import assert from 'node:assert/strict';
import {
  choose,
  connectionsByKey,
  findConnection,
  nextPlace,
  obviousProfile,
} from '../../../src/connections/choosing';
import { context } from './store/storeSetup';
import { playedWindow } from './windowSetup';
import { said } from '../said';

const dev = { name: 'Dev', servers: ['nats://dev:4222'] };
const test = { name: 'Test', servers: ['nats://test:4222'] };

describe('The connection that a window uses', () => {
  it('is the remembered one, or the only one that was set up, whatever the NATS CLI knows', async () => {
    const one = await playedWindow([dev], { contexts: [context('a'), context('b')] });
    assert.equal(obviousProfile(one)?.id, 'user:Dev');
    const two = await playedWindow([dev, test]);
    assert.equal(obviousProfile(two), undefined);
    two.values.set('res.activeConnection', 'user:Test');
    assert.equal(obviousProfile(two)?.id, 'user:Test');
    two.values.set('res.activeConnection', 'user:Gone');
    assert.equal(obviousProfile(two), undefined);
    const cli = await playedWindow([], { contexts: [context('a')] });
    assert.equal(obviousProfile(cli)?.id, 'context:a');
  });

  it('is picked where there are several, with the one of the NATS CLI first, or that in use', async () => {
    const window = await playedWindow([dev, test], { contexts: [context('a')], selected: 'a' });
    window.person.picks = 'user:Test';
    assert.equal((await window.controller.use()).kind, 'connected');
    assert.equal(window.service.activeId, 'user:Test');
    assert.equal(window.values.get('res.activeConnection'), 'user:Test');
    window.person.picks = undefined;
    assert.equal(await choose(window, { useMemory: false }), undefined);
    assert.deepEqual(window.person.asked, ['Connect to… context:a', 'Connect to… user:Test']);
    window.controller.close();
  });

  it('is asked for by its address where there is none, checked while it is typed, and saved', async () => {
    const window = await playedWindow();
    window.person.servers = 'wss://h';
    assert.equal((await window.controller.use()).kind, 'cancelled');
    assert.match(window.person.asked[1] ?? '', /WebSocket/);
    window.person.servers = 'h';
    assert.equal((await window.controller.use()).kind, 'connected');
    assert.deepEqual(window.settings.values.get('user'), [{ name: 'Local', servers: ['nats://h:4222'] }]);
    window.controller.close();
  });

  it('can be named, and another name is a problem and never another connection', async () => {
    const window = await playedWindow([dev, test]);
    const connections = connectionsByKey(window.controller, window);
    const used = await connections.work('Test', (bus) => Promise.resolve(bus.connection));
    assert.deepEqual(used, { kind: 'done', value: 'Test' });
    const failed = await connections.use('Nobody');
    assert.ok(failed.kind === 'failed');
    assert.match(said(failed.problem.what), /no connection named "Nobody"/);
    assert.equal(window.service.activeId, 'user:Test');
    assert.equal(nextPlace(window, 'Dev'), 'Dev (nats://dev:4222)');
    window.controller.close();
  });

  it('is by a name that several have the open one, or else the first in settings; by its id just that one', async () => {
    const local = { name: 'local', servers: ['nats://dev:4222'] };
    const window = await playedWindow([local], { contexts: [context('local', 'prod')] });
    const cli = { id: 'context:local', connection: 'local' };
    assert.equal(findConnection(window, 'local')?.id, 'user:local');
    assert.equal(findConnection(window, cli)?.id, 'context:local');
    assert.equal(nextPlace(window, 'local'), 'local (nats://dev:4222)');
    assert.equal(nextPlace(window, cli), 'local (nats://prod:4222)');
    await window.controller.use('context:local');
    assert.equal(findConnection(window, 'local')?.id, 'context:local');
    assert.match(nextPlace(window, 'local'), /prod/);
    assert.equal(nextPlace(window, { ...cli, id: 'user:local' }), 'local (nats://dev:4222)');
    assert.equal(findConnection(window, { ...cli, id: 'user:gone' }), undefined);
    window.controller.close();
  });
});
