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

  it('tells which services have no name, and how they get one', () => {
    assert.equal(listResources(index, {}).unnamed, undefined);
    const nameless = new WorkspaceIndex();
    const fact = { kind: 'unresolved' as const, line: 1, column: 1, language: 'go', library: 'go-res' };
    const namedBy = { env: 'SERVICE_NAME' };
    nameless.update([
      {
        file: 'books/main.go',
        facts: [
          { ...fact, of: 'service', pattern: '?.>', namedBy },
          { ...fact, of: 'handler', pattern: '?.books', namedBy },
        ],
      },
      { file: 'stock/main.go', facts: [{ ...fact, of: 'service', pattern: '?.>' }] },
    ]);
    assert.deepEqual(listResources(nameless, {}).unnamed, {
      services: [
        {
          env: 'SERVICE_NAME',
          why: 'The environment variable SERVICE_NAME sets the name of this service.',
          startedIn: ['books/main.go'],
          serves: ['?.books'],
        },
        {
          file: 'stock/main.go',
          why: 'The code does not say the name of this service.',
          startedIn: ['stock/main.go'],
          serves: [],
        },
      ],
      remedy:
        'To name such a service, choose “Name this service…” above its code, or add an entry to res.serviceNames, for example {"env":"SERVICE_NAME","name":"library"}.',
    });
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
