import assert from 'node:assert/strict';
import { newDraft, type ConnectionDraft, type DraftSecrets } from '../../../../src/connections/formMessages';
import { readDraft, type ReadDraft } from '../../../../src/connections/profile/draft';
import { context, createStore } from './storeSetup';
import { said } from '../../said';

const dev = { name: 'Dev', servers: ['nats://dev:4222'], auth: 'password', user: 'ann' };
const password = { secrets: { password: 'pw' } };

function draft(typed: Partial<ConnectionDraft>, secrets: DraftSecrets = {}): ReadDraft {
  const read = readDraft({ ...newDraft, ...typed }, secrets);
  assert.ok(read.ok, JSON.stringify(read));
  return read.value;
}

describe('What is saved of a connection', () => {
  const typed = { name: 'Dev', servers: 'dev', auth: 'password', user: 'ann' } as const;

  it('is its fields in the settings, and its secret in the keyring and nowhere else', async () => {
    const { store, settings, keyring } = await createStore();
    const saved = await store.save(draft(typed, { password: 'pw', token: 'of no use' }), { source: 'user' });
    assert.ok(saved.ok);
    assert.deepEqual(settings.values.get('user'), [dev]);
    assert.deepEqual([...keyring.entries], [['user:Dev', password]]);
  });

  it('keeps the secret where it is renamed or another field is changed, and forgets it where it is of no use', async () => {
    const { store, settings, keyring } = await createStore([dev, { name: 'Other', servers: 'o' }]);
    await keyring.set('user:Dev', password.secrets);
    const renamed = await store.save(
      draft({ ...typed, name: 'Test', icon: 'bug' }),
      { source: 'user' },
      'user:Dev',
    );
    assert.ok(renamed.ok);
    assert.deepEqual([...keyring.entries], [['user:Test', password]]);
    assert.deepEqual(settings.values.get('user'), [
      { ...dev, name: 'Test', icon: 'bug' },
      { name: 'Other', servers: 'o' },
    ]);
    await store.save(draft({ ...typed, name: 'Test', auth: 'token' }), { source: 'user' }, 'user:Test');
    assert.deepEqual([...keyring.entries], []);
  });

  it('moves to the workspace with its secret, which is kept for just its servers there', async () => {
    const { store, settings, keyring } = await createStore([dev]);
    await keyring.set('user:Dev', password.secrets);
    const moved = await store.save(draft(typed), { source: 'workspace' }, 'user:Dev');
    assert.ok(moved.ok && moved.value.source === 'workspace');
    assert.deepEqual(settings.values.get('user'), []);
    assert.deepEqual(settings.values.get('workspace'), [dev]);
    assert.deepEqual(await store.secretsOf(moved.value), password.secrets);
    settings.values.set('workspace', [{ ...dev, servers: ['nats://elsewhere'] }]);
    const changed = store.find(moved.value.id);
    assert.ok(changed);
    assert.deepEqual(await store.secretsOf(changed), {});
  });

  it('is nothing where the settings can not be written: what was kept before stays', async () => {
    const { store, settings, keyring } = await createStore([dev]);
    await keyring.set('user:Dev', password.secrets);
    settings.isReadOnly = true;
    const place = { source: 'user' } as const;
    const saved = await store.save(
      draft({ ...typed, servers: 'new' }, { password: 'new' }),
      place,
      'user:Dev',
    );
    assert.ok(!saved.ok);
    assert.equal(said(saved.problem.why), 'the disk is full');
    assert.deepEqual([...keyring.entries], [['user:Dev', password]]);
    assert.ok(!(await store.remove('user:Dev')).ok);
    assert.deepEqual([...keyring.entries], [['user:Dev', password]]);
  });

  it('is refused where it would take the place of another one, or has gone', async () => {
    const { store, settings } = await createStore([dev]);
    const twice = await store.save(draft(typed), { source: 'user' });
    assert.ok(!twice.ok);
    assert.equal(twice.problem.field, 'name');
    const gone = await store.save(draft(typed), { source: 'user' }, 'user:Gone');
    assert.ok(!gone.ok);
    assert.match(said(gone.problem.what), /removed in the meantime/);
    settings.values.set('user', 'no list');
    assert.ok(!(await store.save(draft({ ...typed, name: 'New' }), { source: 'user' })).ok);
    assert.equal(settings.values.get('user'), 'no list');
  });

  it('may need what this machine lacks, but then takes no secret: nobody knows where that would go', async () => {
    const { store, keyring } = await createStore();
    const elsewhere = { ...typed, servers: '${env:NO_SUCH_HOST}' };
    const refused = await store.save(draft(elsewhere, { password: 'pw' }), { source: 'user' });
    assert.ok(!refused.ok);
    assert.equal(refused.problem.field, 'password');
    assert.ok((await store.save(draft(elsewhere), { source: 'user' })).ok);
    assert.equal(keyring.entries.size, 0);
  });
});

describe('The connections of a window', () => {
  it('leave out what a workspace says until it is trusted', async () => {
    const { store, settings } = await createStore([dev]);
    settings.values.set('workspace', [dev]);
    assert.equal(store.saved().length, 2);
    settings.isTrusted = false;
    assert.deepEqual(
      store.profiles().map(({ source }) => source),
      ['user'],
    );
    assert.ok(!store.hasWorkspace);
  });

  it('are found by name in the workspace first, then in its folders, with the user, and in the NATS CLI', async () => {
    const { store, settings } = await createStore([dev], { contexts: [context('Dev'), context('cli')] });
    settings.workspaceFile = { uri: 'file:///p/all.code-workspace', path: '/p/all.code-workspace' };
    settings.values.set('folder api', [dev]);
    assert.equal(store.findByName('Dev')?.source, 'folder');
    settings.values.set('workspace', [dev]);
    assert.equal(store.findByName('Dev')?.source, 'workspace');
    assert.equal(store.findByName('cli')?.source, 'context');
    assert.equal(store.findByName('nobody'), undefined);
  });

  it('are moved among those of the same settings only', async () => {
    const { store, settings } = await createStore([dev, 'damaged', { ...dev, name: 'Last' }]);
    settings.values.set('workspace', [{ ...dev, name: 'Team' }]);
    await store.move('user:Last', -1);
    assert.deepEqual(settings.values.get('user'), [{ ...dev, name: 'Last' }, 'damaged', dev]);
    await store.move('user:Dev', 1);
    assert.deepEqual(settings.values.get('user'), [{ ...dev, name: 'Last' }, 'damaged', dev]);
  });

  it('are protected where they stand: in their settings, or in the list of protected contexts', async () => {
    const { store, settings, marked } = await createStore([dev], { contexts: [context('cli')] });
    assert.ok((await store.protect('user:Dev', true)).ok);
    assert.deepEqual(settings.values.get('user'), [{ ...dev, protected: true }]);
    assert.ok((await store.protect('context:cli', true)).ok);
    assert.deepEqual(marked(), ['cli']);
    assert.equal(store.find('context:cli')?.profile.protected, true);
  });

  it('are removed with their secrets, and are gone only if nothing damaged could be them', async () => {
    const { store, settings, keyring } = await createStore([dev]);
    await keyring.set('user:Dev', password.secrets);
    assert.ok((await store.remove('user:Dev')).ok);
    assert.deepEqual([settings.values.get('user'), keyring.entries.size], [[], 0]);
    assert.ok(store.missing('user:Dev').isGone);
    settings.values.set('user', [{ name: 'Dev', servers: 5 }]);
    assert.ok(!store.missing('user:Dev').isGone);
    assert.ok(store.missing('context:Dev').isGone);
  });
});
