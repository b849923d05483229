import assert from 'node:assert/strict';
import { ConnectionDrafts } from '../../../../src/connections/store/connectionDrafts';
import { newDraft } from '../../../../src/connections/formMessages';

/** VS Code's memory of a workspace, as JSON. */
class PlayedMemory {
  text = '{}';

  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- as VS Code has it
  get<T>(key: string): T | undefined {
    return (JSON.parse(this.text) as Record<string, T>)[key];
  }

  update(key: string, value: unknown): Promise<void> {
    this.text = JSON.stringify({ ...(JSON.parse(this.text) as object), [key]: value });
    return Promise.resolve();
  }
}

describe('drafts of connections', () => {
  it('are kept one for each connection and one for a new one, in the next session too', async () => {
    const memory = new PlayedMemory();
    const drafts = new ConnectionDrafts(memory);
    await drafts.keep(undefined, { ...newDraft, name: 'New' });
    await drafts.keep('user:Dev', { ...newDraft, name: 'Dev 2' });
    await drafts.keep('user:Dev', { ...newDraft, name: 'Dev 3' });
    const next = new ConnectionDrafts(memory);
    assert.equal(next.get(undefined)?.name, 'New');
    assert.equal(next.get('user:Dev')?.name, 'Dev 3');
    assert.equal(next.get('user:Other'), undefined);
  });

  it('are forgotten one by one, and leave nothing behind', async () => {
    const memory = new PlayedMemory();
    const drafts = new ConnectionDrafts(memory);
    await drafts.keep(undefined, newDraft);
    await drafts.keep('__proto__', newDraft);
    await drafts.keep(undefined, undefined);
    assert.equal(drafts.get(undefined), undefined);
    assert.deepEqual(drafts.get('__proto__'), newDraft);
    await drafts.keep('__proto__', undefined);
    assert.equal(memory.text, '{}');
  });

  it('hold no credentials of a server and no secret that was pasted into a plain field', async () => {
    const memory = new PlayedMemory();
    const drafts = new ConnectionDrafts(memory);
    const seed = `SU${'A'.repeat(56)}`;
    await drafts.keep('a', { ...newDraft, servers: 'nats://alice:hunter2@host', nkeyFile: seed });
    assert.ok(!memory.text.includes('hunter2') && !memory.text.includes(seed));
    assert.equal(drafts.get('a')?.servers, 'nats://host');
  });

  it('count for nothing where what was kept is no draft', async () => {
    const memory = new PlayedMemory();
    for (const kept of [5, 'text', [], { '': 5 }, { '': { ...newDraft, verify: 'yes' } }]) {
      await memory.update('res.connectionDrafts', kept);
      assert.equal(new ConnectionDrafts(memory).get(undefined), undefined);
    }
  });
});
