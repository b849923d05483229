import assert from 'node:assert/strict';
import { serviceReset } from '../../../../src/code/index/serviceReset';
import { readServiceNames, type ServiceName } from '../../../../src/code/index/serviceNames';
import { WorkspaceIndex } from '../../../../src/code/index/workspaceIndex';
import type { Fact } from '../../../../src/code/scanner/facts/fact';
import { problemText } from '../../../../src/util/problem';

const unnamed = (
  of: NonNullable<Fact['of']>,
  pattern: string,
  line: number,
  more: Partial<Fact> = {},
): Fact => ({
  kind: 'unresolved',
  of,
  pattern,
  line,
  column: 1,
  language: 'go',
  library: 'go-res',
  ...more,
});

const byEnv = { namedBy: { env: 'NAME' } };
const program: readonly Fact[] = [
  unnamed('service', '?.>', 1, { ...byEnv, owned: { resources: ['?.books', 'shared.>'] } }),
  unnamed('handler', '?.books', 2, { ...byEnv, serves: ['get'] }),
  unnamed('handler', '?', 3, { ...byEnv, serves: ['access'] }),
  unnamed('reference', '?.book.1', 4, byEnv),
  unnamed('reference', '?.other', 5),
];

/** An index of files in two folders, each with names of its own. */
function indexOf(
  files: Readonly<Record<string, readonly Fact[]>>,
  names: Record<string, ServiceName[]> = {},
) {
  const index = new WorkspaceIndex();
  const setNames = (now: Record<string, ServiceName[]>): void => {
    index.setNames((file) => {
      const [, folder = '', ...parts] = file.split('/');
      return { folder, path: parts.join('/'), names: now[folder] ?? [] };
    });
  };
  setNames(names);
  index.update(Object.entries(files).map(([file, facts]) => ({ file, facts })));
  return { index, setNames };
}

const told = (index: WorkspaceIndex, file: string): string[] =>
  index.factsOf(file).map(({ kind, pattern, service }) => `${kind} ${pattern} ${service ?? '-'}`);

describe('names that the code does not tell', () => {
  it('are those of the settings, in all that the same variable names', () => {
    const { index } = indexOf({ '/w/main.go': program }, { w: [{ env: 'NAME', name: 'library' }] });
    assert.deepEqual(told(index, '/w/main.go'), [
      'service library.> library',
      'handler library.books library',
      'handler library library',
      'reference library.book.1 library',
      'unresolved ?.other -',
    ]);
    assert.deepEqual(index.namesMatching('library.>').sort(), ['library.book.1', 'library.books']);
    assert.deepEqual(index.unnamed(), []);
    const service = index.service('library');
    assert.ok(service);
    assert.deepEqual(serviceReset(service), {
      resources: ['library.books', 'shared.>'],
      access: ['library', 'library.>'],
    });
  });

  it('make of a service what it is reset as, before the settings say them', () => {
    const more = [unnamed('handler', '?.shelf.*', 1, { ...byEnv, serves: ['call'] })];
    const other = [unnamed('service', '?.>', 1, byEnv)];
    const { index } = indexOf({ '/w/main.go': program, '/w/more.go': more, '/v/main.go': other });
    const [inV, inW] = index.unnamed();
    assert.ok(inV && inW);
    assert.deepEqual(serviceReset(index.named(inW, { env: 'NAME', name: 'library' })), {
      resources: ['library.books', 'shared.>'],
      access: ['library', 'library.>'],
    });
    assert.deepEqual(serviceReset(index.named(inV, { env: 'NAME', name: 'attic' })), {
      resources: ['attic.>'],
    });
    // Only in one file.
    assert.deepEqual(serviceReset(index.named(inW, { file: 'more.go', name: 'shelves' })), {
      resources: ['shelves.>'],
    });
  });

  it('count as soon as the settings say them, and no longer when they do not', () => {
    const { index, setNames } = indexOf({ '/w/main.go': program });
    assert.equal(index.services().length, 0);
    assert.equal(index.isEmpty, false);
    const changes: (readonly string[])[] = [];
    index.onDidChange((files) => changes.push(files));
    setNames({ w: [{ env: 'NAME', name: 'shop' }] });
    assert.deepEqual(
      index.services().map(({ name }) => name),
      ['shop'],
    );
    setNames({ w: [{ env: 'NAME', name: 'store' }] });
    assert.ok(index.get('store.books'));
    assert.equal(index.get('shop.books'), undefined);
    setNames({});
    assert.equal(index.get('store.books'), undefined);
    assert.equal(told(index, '/w/main.go')[1], 'unresolved ?.books -');
    assert.deepEqual(changes, [['/w/main.go'], ['/w/main.go'], ['/w/main.go']]);
  });

  it('stay what they are when the file is left out of the scan and taken in again', () => {
    const { index, setNames } = indexOf({ '/w/main.go': program }, { w: [{ env: 'NAME', name: 'shop' }] });
    index.setAside(() => true);
    assert.equal(index.get('shop.books'), undefined);
    assert.equal(told(index, '/w/main.go')[1], 'handler shop.books shop');
    setNames({ w: [{ env: 'NAME', name: 'store' }] });
    index.setAside(() => false);
    assert.equal(index.get('store.books')?.handlers.length, 1);
    index.setAside(() => true);
    setNames({});
    assert.deepEqual(index.unnamed(), []);
    index.setAside(() => false);
    assert.equal(index.unnamed().length, 1);
  });

  it('are those of their own folder', () => {
    const { index } = indexOf(
      { '/a/main.go': program, '/b/main.go': program },
      { a: [{ env: 'NAME', name: 'shop' }] },
    );
    assert.deepEqual(
      index.services().map(({ name, places }) => [name, places.map(({ file }) => file)]),
      [['shop', ['/a/main.go']]],
    );
    assert.deepEqual(
      index.unnamed().map(({ folder, source }) => [folder, source]),
      [['b', { env: 'NAME' }]],
    );
  });

  it('are those of the file for all in it that no other entry names', () => {
    const config = { namedBy: { config: 'service.name' } };
    const facts = [
      ...program,
      unnamed('service', '?.>', 6, config),
      unnamed('handler', '?.a', 7, config),
      unnamed('handler', '?.b', 8),
    ];
    const { index } = indexOf(
      { '/w/src/main.go': facts },
      {
        w: [
          { file: 'src/main.go', name: 'byFile' },
          { config: 'service.name', name: 'byConfig' },
        ],
      },
    );
    assert.deepEqual(
      index.services().map(({ name }) => name),
      ['byConfig', 'byFile'],
    );
    assert.ok(index.get('byConfig.a'));
    assert.ok(index.get('byFile.b'));
    assert.ok(index.get('byFile.books'));
  });

  it('with more than one part are whole', () => {
    const { index } = indexOf({ '/w/main.go': program }, { w: [{ env: 'NAME', name: 'acme.$&shop' }] });
    assert.ok(index.get('acme.$&shop.books'));
  });
});

describe('services without a name', () => {
  it('are reported with what sets the name, where they start, and what they serve', () => {
    const { index } = indexOf({
      '/w/main.go': program,
      '/w/more.go': [unnamed('handler', '?.books', 4, byEnv), unnamed('handler', '?.more', 5, byEnv)],
    });
    assert.deepEqual(index.unnamed(), [
      {
        folder: 'w',
        source: { env: 'NAME' },
        places: [{ file: '/w/main.go', line: 1, column: 1 }],
        startedIn: ['main.go'],
        handlers: [
          { pattern: '?', places: [{ file: '/w/main.go', line: 3, column: 1 }] },
          {
            pattern: '?.books',
            places: [
              { file: '/w/main.go', line: 2, column: 1 },
              { file: '/w/more.go', line: 4, column: 1 },
            ],
          },
          { pattern: '?.more', places: [{ file: '/w/more.go', line: 5, column: 1 }] },
        ],
      },
    ]);
  });

  it('are those of one file where the code says nothing of the name', () => {
    const { index } = indexOf({ '/w/src/a.go': [unnamed('handler', '?.books', 2)] });
    const [fact] = index.factsOf('/w/src/a.go');
    assert.ok(fact);
    assert.deepEqual(index.unnamedAt('/w/src/a.go', fact)?.source, { file: 'src/a.go' });
    assert.equal(index.unnamed().length, 1);
  });

  it('are not where a whole name may be missing, or only a use has none', () => {
    const facts = [
      unnamed('handler', '?', 1),
      unnamed('reference', '?.a', 2),
      unnamed('reference', '?.b', 3, byEnv),
    ];
    const { index } = indexOf({ '/w/a.js': facts }, { w: [{ file: 'a.js', name: 'shop' }] });
    assert.deepEqual(index.unnamed(), []);
    assert.equal(told(index, '/w/a.js')[0], 'unresolved ? -');
    assert.equal(told(index, '/w/a.js')[1], 'unresolved ?.a -');
    assert.ok(facts.every((fact) => index.unnamedAt('/w/a.js', fact) === undefined));
  });

  it('are told of an ignored file while it is open', () => {
    const { index } = indexOf({ '/w/dist/a.go': program });
    index.setAside(() => true);
    const [fact] = index.factsOf('/w/dist/a.go');
    assert.ok(fact);
    assert.deepEqual(index.unnamed(), []);
    assert.deepEqual(index.unnamedAt('/w/dist/a.go', fact)?.source, { env: 'NAME' });
  });
});

describe('res.serviceNames', () => {
  it('takes what is valid, and reports what is not', () => {
    const { names, problems } = readServiceNames([
      { env: 'NAME', name: 'library' },
      { env: 'OTHER', name: 'two words' },
      { env: 'A', config: 'B', name: 'shop' },
      { name: 'shop' },
      'shop',
      { config: 'a', name: 7 },
      { env: 'NAME', name: 'again' },
      { file: '', name: 'shop' },
      { config: 'service.name', name: 'lib.$x' },
      { env: 'WILD', name: 'lib.*' },
    ]);
    assert.deepEqual(names, [
      { env: 'NAME', name: 'library' },
      { config: 'service.name', name: 'lib.$x' },
    ]);
    const remedy = 'For example, enter { "env": "SERVICE_NAME", "name": "library" }.';
    const form = 'beside “name” it must have one of “env”, “config” and “file”, and nothing else';
    assert.deepEqual(problems.map(problemText), [
      `Entry 2 of res.serviceNames is not used: A space at position 4 is not allowed: use printable ASCII. ${remedy}`,
      `Entry 3 of res.serviceNames is not used: ${form}. ${remedy}`,
      `Entry 4 of res.serviceNames is not used: ${form}. ${remedy}`,
      `Entry 5 of res.serviceNames is not used: it must be an object. ${remedy}`,
      `Entry 6 of res.serviceNames is not used: “name” must be a string. ${remedy}`,
      `Entry 7 of res.serviceNames is not used: an earlier entry says “library” of the same. ${remedy}`,
      `Entry 8 of res.serviceNames is not used: “file” must be a string. ${remedy}`,
      `Entry 10 of res.serviceNames is not used: A resource name can’t contain wildcards. ${remedy}`,
    ]);
  });

  it('says that it must be a list', () => {
    assert.deepEqual(readServiceNames({ env: 'NAME', name: 'library' }).problems.map(problemText), [
      'res.serviceNames is not used: it must be a list. For example, enter { "env": "SERVICE_NAME", "name": "library" }.',
    ]);
    assert.deepEqual(readServiceNames(undefined), { names: [], problems: [] });
  });
});
