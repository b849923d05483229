import assert from 'node:assert/strict';
import { problemText } from '../../../src/util/problem';
import { newDraft } from '../../../src/connections/formMessages';
import { context } from './store/storeSetup';
import { playedWindow } from './windowSetup';

const dev = { name: 'Dev', servers: ['nats://dev:4222'], auth: 'password', user: 'ann' };
const draft = { ...newDraft, name: 'Dev', servers: 'dev', auth: 'password', user: 'ann' } as const;

describe('Saving a form', () => {
  it('saves, and connects once, where both are asked for', async () => {
    const { actions, nats, service, keyring } = await playedWindow();
    const request = { type: 'saveAndConnect', request: 1, draft, secrets: { password: 'pw' } } as const;
    assert.deepEqual(await actions.form(request), { ok: true, text: 'Saved "Dev".', savedAs: 'user:Dev' });
    assert.equal(service.state.kind, 'connected');
    assert.equal(nats.dialed.length, 1);
    assert.deepEqual([...keyring.entries], [['user:Dev', { secrets: { password: 'pw' } }]]);
    await actions.form({ ...request, id: 'user:Dev' });
    assert.equal(nats.dialed.length, 2);
    await actions.panel({ type: 'disconnect' });
  });

  it('connects what is in use anew, once, where its servers or its password are other ones, and not for its colour', async () => {
    const { actions, nats, controller, service } = await playedWindow();
    const save = { type: 'save', request: 1, draft, id: 'user:Dev', secrets: {} } as const;
    await actions.form({
      ...save,
      type: 'saveAndConnect',
      id: undefined,
      secrets: { password: 'pw' },
    } as never);
    nats.dialed.length = 0;
    await actions.form({ ...save, draft: { ...draft, color: 'red' } });
    assert.deepEqual([nats.dialed.length, service.active?.profile.color], [0, 'red']);
    await actions.form({ ...save, draft: { ...draft, servers: 'other' } });
    await controller.use('user:Dev');
    assert.equal(nats.dialed.length, 1);
    await actions.form({ ...save, draft: { ...draft, servers: 'other' }, secrets: { password: 'new' } });
    await controller.use('user:Dev');
    assert.equal(nats.dialed.length, 2);
    controller.close();
  });

  it('says at which field it is to be mended, and saves nothing', async () => {
    const { actions, settings } = await playedWindow([]);
    const wrong = { type: 'save', request: 1, draft: { ...draft, servers: '' }, secrets: {} } as const;
    const { ok, field, savedAs } = await actions.form(wrong);
    assert.deepEqual([ok, field, savedAs], [false, 'servers', undefined]);
    assert.deepEqual(settings.values.get('user'), []);
  });

  it('tests with what is kept and saves nothing', async () => {
    const { actions, nats, settings, keyring } = await playedWindow([dev]);
    await keyring.set('user:Dev', { password: 'pw' });
    const request = {
      type: 'test',
      request: 1,
      id: 'user:Dev',
      draft: { ...draft, servers: 'other' },
    } as const;
    assert.equal((await actions.form({ ...request, secrets: {} })).ok, true);
    assert.equal(nats.dialed.length, 1);
    assert.deepEqual(settings.values.get('user'), [dev]);
  });
});

describe('What can be done with a connection', () => {
  it('is to remove it, if the person agrees: it is closed, and its secret and draft go with it', async () => {
    const { actions, person, service, keyring, drafts, store, controller } = await playedWindow([dev]);
    await keyring.set('user:Dev', { password: 'pw' });
    await drafts.keep('user:Dev', draft);
    await controller.use('user:Dev');
    person.confirms = false;
    await actions.panel({ type: 'remove', id: 'user:Dev' });
    assert.equal(service.state.kind, 'connected');
    person.confirms = true;
    await actions.panel({ type: 'remove', id: 'user:Dev' });
    assert.equal(service.state.kind, 'disconnected');
    assert.deepEqual([store.saved().length, keyring.entries.size, drafts.get('user:Dev')], [0, 0, undefined]);
  });

  it('is to copy it with its secret under a name of its own, or to import it from the NATS CLI', async () => {
    const { actions, keyring, settings, person } = await playedWindow([dev], { contexts: [context('Dev')] });
    await keyring.set('user:Dev', { password: 'pw' });
    await actions.panel({ type: 'duplicate', id: 'user:Dev' });
    assert.deepEqual(keyring.entries.get('user:Dev copy')?.secrets, { password: 'pw' });
    await actions.panel({ type: 'import', id: 'context:Dev' });
    const names = (settings.values.get('user') as { name: string }[]).map(({ name }) => name);
    assert.deepEqual(names, ['Dev', 'Dev copy', 'Dev 2']);
    assert.match(person.shown[0]?.text ?? '', /Imported the NATS CLI context "Dev" as "Dev 2"/);
  });

  it('is to import a context with the password that it has now, and not with one that was asked for before', async () => {
    const found = context('Dev');
    assert.ok(found.result.ok);
    const { profile } = found.result.value;
    const auth = { kind: 'password', user: 'ann' } as const;
    const value = {
      profile: { ...profile, auth, origin: 'context' as const },
      ownSecrets: { password: 'new' },
    };
    const contexts = [{ ...found, result: { ok: true as const, value } }];
    const { actions, keyring } = await playedWindow([], { contexts });
    await keyring.set('context:Dev', { password: 'old' });
    await actions.panel({ type: 'import', id: 'context:Dev' });
    assert.deepEqual(keyring.entries.get('user:Dev')?.secrets, { password: 'new' });
  });

  it('tells and records no secret where something is thrown that repeats it', async () => {
    const { controller, keyring, redactor } = await playedWindow([dev]);
    redactor.add('hunter22');
    keyring.get = () => Promise.reject(new Error('cannot decode hunter22'));
    const used = await controller.use('user:Dev');
    assert.ok(used.kind === 'failed');
    assert.match(problemText(used.problem), /cannot decode •••/);
  });

  it('says why it did not work', async () => {
    const { actions, settings, person } = await playedWindow([dev, { ...dev, name: 'B' }]);
    settings.isReadOnly = true;
    await actions.panel({ type: 'move', id: 'user:Dev', by: 1 });
    await actions.panel({ type: 'protect', id: 'user:Dev', on: true });
    await actions.panel({ type: 'connect', id: 'user:Gone' });
    assert.deepEqual(
      person.shown.map(({ ok, text }) => [ok, text.includes('the disk is full')]),
      [
        [false, true],
        [false, true],
      ],
    );
  });
});
