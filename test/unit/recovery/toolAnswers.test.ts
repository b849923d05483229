import assert from 'node:assert/strict';
import { WorkspaceIndex } from '../../../src/code/index/workspaceIndex';
import { listHistory, listResources, maxListed } from '../../../src/recovery/toolAnswers';

describe('what tools answer', () => {
  const index = new WorkspaceIndex();
  index.update([
    {
      file: '/a.go',
      facts: Array.from({ length: 450 }, (_, at) => ({
        kind: 'handler' as const,
        pattern: `library.book.${String(at).padStart(3, '0')}`,
        line: 1,
        column: 1,
        language: 'go',
        library: 'go-res',
      })),
    },
  ]);

  it('is at most 200 resources at once, and where the next ones begin', () => {
    const seen: string[] = [];
    const sizes: number[] = [];
    for (let offset: number | undefined = 0; offset !== undefined;) {
      const page = listResources(index, { offset, limit: 1000 });
      assert.equal(page.total, 450);
      seen.push(...page.resources.map(({ pattern }) => pattern));
      sizes.push(page.resources.length);
      offset = page.nextOffset;
    }
    assert.deepEqual(sizes, [maxListed, maxListed, 50]);
    assert.equal(new Set(seen).size, 450);
    assert.equal(listResources(index, { pattern: 'library.book.007' }).total, 1);
  });

  it('is the newest resets with what came of them', () => {
    const record = {
      id: '1',
      time: 0,
      origin: 'save' as const,
      message: { resources: ['a.b'] },
      connection: 'dev',
    };
    const entry = { isPinned: false, label: '', isImported: false };
    const entries = [
      { ...entry, record: { ...record, state: { kind: 'published' as const, server: 'n1' } } },
      { ...entry, record: { ...record, state: { kind: 'received' as const } } },
    ];
    const time = '1970-01-01T00:00:00.000Z';
    const { message, connection, origin } = record;
    assert.deepEqual(listHistory(entries, 2), [
      { time, origin, state: 'published', message, connection, server: 'n1' },
      { time, origin, state: 'received', message, connection },
    ]);
    assert.equal(listHistory(entries, 1).length, 1);
  });
});
