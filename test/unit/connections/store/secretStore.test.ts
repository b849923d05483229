import assert from 'node:assert/strict';
import type { Memento, SecretStorage } from 'vscode';
import type { Secrets } from '../../../../src/connections/profile/secrets';
import { createSecretStore } from '../../../../src/connections/store/secretStore';
import { silentLogger } from '../../../host/silentLogger';

/** VS Code's secret storage, on a machine with a keyring or without. */
class FakeStorage {
  readonly entries = new Map<string, string>();
  refuses = false;

  asVsCode(): SecretStorage {
    const guard = <T>(action: () => T): Promise<T> =>
      this.refuses ? Promise.reject(new Error('no keyring')) : Promise.resolve(action());
    return {
      get: (key: string) => guard(() => this.entries.get(key)),
      store: (key: string, value: string) => guard(() => void this.entries.set(key, value)),
      delete: (key: string) => guard(() => void this.entries.delete(key)),
    } as unknown as SecretStorage;
  }
}

class FakeMemory {
  readonly values = new Map<string, unknown>();

  asVsCode(): Memento {
    return {
      get: (key: string, normal: unknown) => this.values.get(key) ?? normal,
      update: (key: string, value: unknown) => Promise.resolve(void this.values.set(key, value)),
    } as unknown as Memento;
  }
}

describe('the secret store', () => {
  let storage: FakeStorage;
  let memory: FakeMemory;
  let told: number;

  beforeEach(() => {
    storage = new FakeStorage();
    memory = new FakeMemory();
    told = 0;
  });

  /** A session of VS Code: a new one knows only what was kept. */
  function session(): Secrets {
    return createSecretStore({
      storage: storage.asVsCode(),
      memory: memory.asVsCode(),
      logger: silentLogger,
      onNotKept: () => told++,
    });
  }

  it('keeps secrets from one session to the next, and says nothing', async () => {
    await session().set('user:a', { password: 'pw' });
    assert.deepEqual(await session().get('user:a'), { password: 'pw' });
    await session().set('user:a', {});
    assert.deepEqual(await session().get('user:a'), {});
    assert.equal(storage.entries.size, 0);
    assert.equal(told, 0);
  });

  it('keeps a person’s own user beside the password, from one session to the next', async () => {
    await session().set('workspace:1:a', { user: 'ann', password: 'pw' }, 'server-1');
    assert.deepEqual(await session().get('workspace:1:a', 'server-1'), { user: 'ann', password: 'pw' });
    assert.deepEqual(await session().get('workspace:1:a', 'server-2'), {});
  });

  it('hands secrets out for the destination only that they were kept for', async () => {
    const store = session();
    await store.set('workspace:1:a', { password: 'pw' }, 'server-1');
    assert.deepEqual(await store.get('workspace:1:a', 'server-1'), { password: 'pw' });
    assert.deepEqual(await store.get('workspace:1:a', 'server-2'), {});
    assert.deepEqual(await store.get('workspace:1:a'), {});
    assert.equal(told, 0);
  });

  it('keeps secrets for the session where there is no keyring, and says so once', async () => {
    storage.refuses = true;
    const store = session();
    await store.set('user:a', { password: 'pw' });
    await store.set('user:b', { token: 't' });
    assert.deepEqual(await store.get('user:a'), { password: 'pw' });
    assert.equal(told, 1);
    await store.set('user:a', {});
    assert.deepEqual(await store.get('user:a'), {});
    assert.deepEqual(await session().get('user:b'), {});
  });

  it('reports once that a secret which was kept is gone, and takes that for granted from then on', async () => {
    await session().set('user:a', { password: 'pw' });
    storage.entries.clear();
    const store = session();
    assert.deepEqual(await store.get('user:a'), {});
    assert.deepEqual(await store.get('user:a'), {});
    assert.equal(told, 1);
    assert.deepEqual(await session().get('user:a'), {});
    assert.equal(told, 1);
  });

  it('reports once, however often a session starts without what was kept', async () => {
    for (let sessions = 0; sessions < 3; sessions++) {
      const store = session();
      assert.deepEqual(await store.get('user:a'), {});
      await store.set('user:a', { password: 'pw' });
      assert.deepEqual(await store.get('user:a'), { password: 'pw' });
      storage.entries.clear();
    }
    await session().get('user:a');
    assert.equal(told, 1);
  });

  it('reports anew when secrets were kept in the meantime', async () => {
    storage.refuses = true;
    await session().set('user:a', { password: 'pw' });
    storage.refuses = false;
    await session().set('user:a', { password: 'pw' });
    assert.deepEqual(await session().get('user:a'), { password: 'pw' });
    storage.refuses = true;
    assert.deepEqual(await session().get('user:a'), {});
    assert.equal(told, 2);
  });

  it('notes for whom something is kept without any part of it', async () => {
    await session().set('user:a', { password: 'correct horse' }, 'server-1');
    assert.ok(!JSON.stringify([...memory.values]).includes('correct'));
  });

  it('takes a damaged entry for an empty one', async () => {
    storage.entries.set('res.connection.user:a', '{"password":');
    storage.entries.set('res.connection.user:b', '[7]');
    assert.deepEqual(await session().get('user:a'), {});
    assert.deepEqual(await session().get('user:b'), {});
  });
});
