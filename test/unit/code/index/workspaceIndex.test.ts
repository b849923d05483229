import assert from 'node:assert/strict';
import fc from 'fast-check';
import { NameTrie } from '../../../../src/code/index/nameTrie';
import { handlerReset, serviceReset } from '../../../../src/code/index/serviceReset';
import { WorkspaceIndex } from '../../../../src/code/index/workspaceIndex';
import { hasWildcard, matches } from '../../../../src/res/pattern';
import type { Fact } from '../../../../src/code/scanner/facts/fact';
import { pattern, resourceName } from '../../res/arbitraries';

const fact = (kind: Fact['kind'], text: string, line = 1, more: Partial<Fact> = {}): Fact => ({
  kind,
  pattern: text,
  service: text.split('.')[0],
  line,
  column: 1,
  language: 'go',
  library: 'go-res',
  ...more,
});

const aFact = fc
  .tuple(
    fc.constantFrom<Fact['kind'][]>('service', 'handler', 'reference', 'unresolved'),
    fc.oneof(pattern, resourceName),
    fc.nat(3),
  )
  .map(([kind, text, line]) => fact(kind, text, line));

describe('The index of a workspace', () => {
  it('says the same after any edits as one built from the files as they are', () => {
    const edit = fc.tuple(fc.constantFrom('/a.go', '/b.go', '/c.go'), fc.array(aFact, { maxLength: 5 }));
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 12 }), pattern, (edits, asked) => {
        const edited = new WorkspaceIndex();
        const files = new Map<string, readonly Fact[]>();
        for (const [file, facts] of edits) {
          edited.update([{ file, facts }]);
          files.set(file, facts);
        }
        const fresh = new WorkspaceIndex();
        fresh.update([...files].map(([file, facts]) => ({ file, facts })));
        const told = (index: WorkspaceIndex): unknown => ({
          services: index.services().map((s) => ({ ...s, serves: [...s.serves].sort() })),
          known: [...index.known().wild, ...index.known().concrete],
          matching: index.namesMatching(asked).sort(),
        });
        assert.deepEqual(told(edited), told(fresh));
      }),
    );
  });

  it('puts places in the order of their paths, whatever came first', () => {
    const index = new WorkspaceIndex();
    for (const [file, line] of [
      ['/w/src/z.ts', 1],
      ['/w/src/a.ts', 9],
      ['/w/src/a.ts/x.ts', 2],
      ['/w/b.ts', 1],
    ] as const)
      index.update([
        {
          file,
          facts: [
            fact('service', 'a.>', line),
            fact('handler', 'a.b', line),
            fact('handler', 'a.b', line - 1),
          ],
        },
      ]);
    const files = (places: readonly { file: string; line: number }[] = []): string[] =>
      places.map(({ file, line }) => `${file}:${line}`);
    assert.deepEqual(files(index.service('a')?.places), [
      '/w/b.ts:1',
      '/w/src/a.ts:9',
      '/w/src/a.ts/x.ts:2',
      '/w/src/z.ts:1',
    ]);
    assert.deepEqual(files(index.get('a.b')?.handlers), [
      '/w/b.ts:0',
      '/w/b.ts:1',
      '/w/src/a.ts:8',
      '/w/src/a.ts:9',
      '/w/src/a.ts/x.ts:1',
      '/w/src/a.ts/x.ts:2',
      '/w/src/z.ts:0',
      '/w/src/z.ts:1',
    ]);
  });

  it('counts a file that stands aside for nothing but itself, until it does not any more', () => {
    const index = new WorkspaceIndex();
    const ofDist = [
      fact('service', 'a.>'),
      fact('handler', 'a.b', 1, { serves: ['access'] }),
      fact('reference', 'c.d'),
    ];
    index.update([{ file: '/src/a.ts', facts: [fact('handler', 'a.b'), fact('handler', 'a.c')] }]);
    index.setAside((file) => file.startsWith('/dist/'));
    index.update([{ file: '/dist/a.js', facts: ofDist }]);
    assert.deepEqual(index.factsOf('/dist/a.js'), ofDist);
    assert.deepEqual(
      index.get('a.b')?.handlers.map(({ file }) => file),
      ['/src/a.ts'],
    );
    assert.equal(index.get('c.d'), undefined);
    assert.deepEqual([index.services(), [...index.names]], [[], ['a.b', 'a.c']]);
    const alone = index.serviceAt('/dist/a.js', 'a');
    assert.deepEqual(alone && serviceReset(alone), { access: ['a.>'] });

    const changed: string[] = [];
    index.onDidChange((files) => changed.push(...files));
    index.setAside((file) => file.startsWith('/src/'));
    assert.deepEqual(changed.sort(), ['/dist/a.js', '/src/a.ts']);
    assert.deepEqual(
      index.get('a.b')?.handlers.map(({ file }) => file),
      ['/dist/a.js'],
    );
    assert.deepEqual([index.services().length, [...index.names]], [1, ['a.b', 'c.d']]);
    index.setAside(() => false);
    index.update([
      { file: '/src/a.ts', facts: [] },
      { file: '/dist/a.js', facts: [] },
    ]);
    assert.deepEqual([index.isEmpty, index.countNamesMatching('>')], [true, 0]);
  });

  it('merges a service over the files that serve it', () => {
    const index = new WorkspaceIndex();
    index.update([
      { file: '/main.go', facts: [fact('service', 'library.>', 3, { service: 'library' })] },
      { file: '/books.go', facts: [fact('handler', 'library.book.*', 7, { serves: ['get'] })] },
      { file: '/root.go', facts: [fact('handler', 'library', 9, { serves: ['get', 'access'] })] },
    ]);
    const [service] = index.services();
    assert.ok(service);
    assert.deepEqual(serviceReset(service), {
      resources: ['library', 'library.>'],
      access: ['library', 'library.>'],
    });
  });

  it('reports which files changed', () => {
    const index = new WorkspaceIndex();
    const seen: string[] = [];
    index.onDidChange((files) => seen.push(...files));
    index.update([{ file: '/a.go', facts: [fact('handler', 'a.b')] }]);
    index.clear();
    assert.deepEqual(seen, ['/a.go', '/a.go']);
    assert.equal(index.countNamesMatching('>'), 0);
  });
});

describe('The names that a pattern covers', () => {
  it('are those that it matches', () => {
    fc.assert(
      fc.property(fc.uniqueArray(pattern), fc.array(pattern), pattern, (entries, gone, asked) => {
        const trie = new NameTrie();
        for (const entry of entries) trie.add(entry);
        for (const entry of gone) trie.delete(entry);
        const names = entries.filter((entry) => !gone.includes(entry) && !hasWildcard(entry));
        const expected = names.filter((name) => matches(asked, name));
        assert.deepEqual(trie.coveredBy(asked).sort(), expected.sort());
        assert.equal(trie.countCoveredBy(asked), expected.length);
        assert.equal(trie.coveredBy(asked, 1).length, Math.min(1, expected.length));
      }),
    );
  });

  it('are completed part by part', () => {
    const trie = new NameTrie();
    for (const name of ['library.books', 'library.book.1', 'stock.item']) trie.add(name);
    const next = (...leading: string[]): string[] =>
      trie.nextParts(leading).map(({ part, goesOn }) => (goesOn ? `${part}.` : part));
    assert.deepEqual(next(), ['library.', 'stock.']);
    assert.deepEqual(next('library'), ['books', 'book.']);
    assert.deepEqual(next('*'), ['books', 'book.', 'item']);
    assert.deepEqual(next('library', 'none'), []);
  });
});

describe('A reset of a service', () => {
  const service = { name: 'library', servesRoot: false, serves: new Set<never>() };

  it('asks for resources alone where no handler answers access', () => {
    assert.deepEqual(serviceReset({ ...service, serves: new Set(['get', 'call']) }), {
      resources: ['library.>'],
    });
  });
  it('asks for access alone where the handlers answer nothing else', () => {
    assert.deepEqual(serviceReset({ ...service, serves: new Set(['access']) }), { access: ['library.>'] });
  });
  it('asks for resources where it is not known what the handlers answer', () => {
    assert.deepEqual(serviceReset(service), { resources: ['library.>'] });
  });
  it('asks for resources too where one handler answers access alone and it is not known what another answers', () => {
    const index = new WorkspaceIndex();
    index.update([
      {
        file: '/main.go',
        facts: [
          fact('service', 'library.>'),
          fact('handler', 'library.book.*', 2, { serves: ['access'] }),
          fact('handler', 'library.books', 3),
        ],
      },
    ]);
    const library = index.service('library');
    assert.deepEqual(library && serviceReset(library), { resources: ['library.>'], access: ['library.>'] });
  });
  it('takes the patterns that the service says it owns', () => {
    const owned = { resources: ['library.book.>'] };
    assert.deepEqual(serviceReset({ ...service, serves: new Set(['get', 'access']), owned }), {
      resources: ['library.book.>'],
      access: ['library.>'],
    });
  });
  it('reaches everything where the service has no name', () => {
    assert.deepEqual(serviceReset({ ...service, name: '', servesRoot: true }), { resources: ['>'] });
  });
});

describe('A reset of a handler', () => {
  it('asks for its resources', () => {
    assert.deepEqual(handlerReset({ pattern: 'library.book.*', serves: ['get', 'access'] }), {
      resources: ['library.book.*'],
    });
  });
  it('asks for access where it answers nothing else', () => {
    assert.deepEqual(handlerReset({ pattern: 'library.>', serves: ['access'] }), { access: ['library.>'] });
  });
});
