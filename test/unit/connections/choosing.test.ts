import assert from 'node:assert/strict';
import {
  choose,
  connectionsByKey,
  findConnection,
  nextPlace,
  obviousProfile,
} from '../../../src/connections/choosing';
import { newDraft } from '../../../src/connections/formMessages';
import type { FormScope } from '../../../src/connections/messages';
import { readDraft } from '../../../src/connections/profile/draft';
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

  it('is the same for what was sent on it, and for the workspace, once it is renamed or moved to other settings', async () => {
    const window = await playedWindow([dev, test]);
    const sentOn = { id: 'user:Dev', connection: 'Dev' };
    const connections = connectionsByKey(window.controller, window);
    assert.equal((await connections.use(sentOn)).kind, 'connected');
    const form = async (name: string, scope: FormScope, id?: string): Promise<string> => {
      const draft = { ...newDraft, name, scope, servers: 'dev' };
      const saved = await window.actions.form({
        type: 'save',
        request: 1,
        draft,
        secrets: {},
        ...(id && { id }),
      });
      assert.ok(saved.ok && saved.savedAs !== undefined, saved.text);
      return saved.savedAs;
    };
    const moved = await form('Dev', 'workspace', 'user:Dev');
    assert.notEqual(moved, 'user:Dev');
    assert.equal(findConnection(window, sentOn)?.id, moved);
    assert.equal(nextPlace(window, sentOn), 'Dev (nats://dev:4222)');
    const renamed = await form('Development', 'user', moved);
    window.controller.close();
    window.values.set('res.activeConnection', 'user:Dev');
    assert.equal(obviousProfile(window)?.id, renamed);
    assert.equal((await connections.use(sentOn)).kind, 'connected');
    assert.equal(window.service.activeId, renamed);

    // It had that id before, and another one has it since.
    assert.equal(await form('Dev', 'user'), 'user:Dev');
    assert.equal(findConnection(window, sentOn)?.id, 'user:Dev');
    await window.store.remove('user:Dev');
    assert.equal(findConnection(window, sentOn), undefined);
    window.controller.close();
  });

  it('comes back under an id that it had before, and is gone once it is removed', async () => {
    const window = await playedWindow([dev]);
    const save = (name: string, id: string) => {
      const read = readDraft({ ...newDraft, name, servers: 'dev' }, {});
      assert.ok(read.ok);
      return window.store.save(read.value, { source: 'user' }, id);
    };
    await save('Other', 'user:Dev');
    await save('Dev', 'user:Other');
    for (const id of ['user:Dev', 'user:Other'])
      assert.equal(findConnection(window, { id, connection: 'x' })?.id, 'user:Dev');
    await window.store.remove('user:Dev');
    for (const id of ['user:Dev', 'user:Other'])
      assert.equal(findConnection(window, { id, connection: 'x' }), undefined);
  });
});
