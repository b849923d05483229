import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { extract } from '../../../../src/code/scanner/outline/extract';
import { sourceFiles } from '../../../../src/code/scanner/files/files';
import { languages } from '../../../../src/code/scanner/languages/index';
import type { Change } from '../../../../src/code/scanner/client/messages';
import { Scanner } from '../../../../src/code/scanner/scanner';
import { Grammars, type SyntaxTree } from '../../../../src/code/scanner/outline/syntax';
import { serviceFiles } from '../../../bench/serviceFile';
import { temporaryFolder } from '../../../host/cache';
import { grammarFolder } from './grammarFolder';
import { describeFact } from './marks';

const file = '/w/main.go';
const lines = [
  'package main',
  'import "github.com/jirenius/go-res"',
  'func main() {',
  '\ts := res.NewService("library")',
  '\ts.Handle("book.$id", res.GetModel(get))',
  '\ts.Handle("books", res.GetCollection(get))',
  '}',
];

describe('the scanner, while a file is edited', () => {
  let scanner: Scanner;
  let facts: string[];

  async function edit(change: (text: string) => string): Promise<string[]> {
    const [result] = await scanner.apply([{ file, text: change(lines.join('\n')) }]);
    if (result) facts = result.facts.map(describeFact);
    return facts;
  }

  const sound = [
    '4:22 service library.>',
    '5:11 handler library.book.* get',
    '6:11 handler library.books get',
  ];

  beforeEach(async () => {
    scanner = new Scanner(languages, grammarFolder);
    assert.deepEqual(await edit((text) => text), sound);
  });

  it('keeps its facts when every closing bracket is gone', async () => {
    assert.deepEqual(await edit((text) => text.replaceAll(/[)}]/g, '')), sound);
  });

  it('moves what it keeps', async () => {
    const found = await edit((text) => text.replace('func main() {', 'func (\n\nfunc main() {'));
    assert.deepEqual(found, [
      '6:22 service library.>',
      '7:11 handler library.book.* get',
      '8:11 handler library.books get',
    ]);
  });

  it('keeps them over several broken states', async () => {
    for (const typed of ['s', 's.', 's.Han', 's.Handle(', 's.Handle("', 's.Handle("x']) {
      await edit((text) => text.replace('\ts.Handle("books"', `\t${typed}\n\ts.Handle("books"`));
      const expected = [
        '4:22 service library.>',
        '5:11 handler library.book.* get',
        '7:11 handler library.books get',
      ];
      assert.deepEqual(
        facts.filter((fact) => !fact.startsWith('6:')),
        expected,
        typed,
      );
    }
  });

  it('keeps what a broken text leaves without its beginning', async () => {
    const route = '\ts.Route("desk", func(m *res.Mux) {\n\t\tm.Handle("copy", res.GetModel(get))\n\t})\n}';
    const routed = (text: string): string => `${text.slice(0, -1)}${route}`;
    const before = await edit(routed);
    assert.ok(before.includes('8:12 handler library.desk.copy get'), before.join());
    const broken = await edit((text) =>
      routed(text).replace('\ts.Handle("books"', '\tif (\n\ts.Handle("books"'),
    );
    assert.ok(broken.includes('9:12 handler library.desk.copy get'), broken.join());
    assert.equal(broken.length, before.length, broken.join());
  });

  it('drops what was deleted, in broken text too', async () => {
    const found = await edit((text) =>
      text.replace('\ts.Handle("books", res.GetCollection(get))\n}', '\ts.Handle('),
    );
    assert.deepEqual(found, sound.slice(0, 2));
  });

  it('drops what is no longer meant once the text is sound again', async () => {
    await edit((text) => text.replace('s.Handle("books"', 's.Han(dle("books"'));
    assert.deepEqual(
      await edit((text) => text.replace('s.Handle("books"', 's.Ignore("books"')),
      sound.slice(0, 2),
    );
  });

  it('links other files anew', async () => {
    const other = '/w/names.go';
    await scanner.apply([
      { file: other, text: 'package main\nimport _ "github.com/jirenius/go-res"\nconst name = "shop"' },
    ]);
    await edit((text) => text.replace('"library"', 'name'));
    const [result] = await scanner.apply([{ file: other, text: 'package main\nconst name = "store"' }]);
    assert.equal(result?.file, file);
    assert.deepEqual(
      result.facts.map(({ pattern }) => pattern),
      ['store.>', 'store.book.*', 'store.books'],
    );
  });
});

it('the scanner leaves to the editor what it holds, whatever turns out to matter', async () => {
  const folder = await temporaryFolder('res-open-');
  try {
    const write = (name: string, text: string): string => {
      const file = path.join(folder.path, name);
      writeFileSync(file, text);
      return file;
    };
    write('package.json', '{}');
    const wrapper = write(
      'calls.js',
      `const nc = require('nats').connect();\nexports.fetchBook = (name) => nc.request('get.library.' + name);\n`,
    );
    const caller = (name: string): string =>
      `const { fetchBook } = require('./calls');\nfetchBook('${name}');\n`;
    const user = write('user.js', caller('saved'));
    const scanner = new Scanner(languages, grammarFolder);
    const shown = new Map<string, string[]>();
    const apply = async (change: Change): Promise<string> => {
      for (const { file, facts } of await scanner.apply([change]))
        shown.set(
          file,
          facts.map(({ pattern }) => pattern),
        );
      return [...shown.values()].flat().join();
    };
    await apply({ file: user, text: caller('typed') });
    assert.doesNotMatch(await apply({ file: wrapper, fromDisk: true }), /saved/);
    assert.ok(scanner.isOpen(user));
    assert.match(await apply({ file: user, text: caller('typed') }), /library\.typed/);
    await apply({ file: user, fromDisk: true });
    await apply({ file: user, text: caller('again') });
    assert.doesNotMatch(await apply({ file: wrapper, removed: true }), /saved/);
    assert.ok(scanner.isOpen(user));
  } finally {
    await folder.remove();
  }
});

/** Functions in functions, which change or name what is around them. */
const nested = {
  fixture: '/w/nested.js',
  text: `
export function serve(nc) {
  let name = 'books';
  const rename = () => { name = 'loans'; };
  nc.subscribe('get.library', () => { exports.served = name; });
  if (nc) {
    const part = 'shelf';
    nc.subscribe('get.library.' + part, function () {
      class Shelf { read() { return [1].map(() => this.name + part); } }
      return new Shelf().read(() => part);
    });
  }
  for (const each of nc.all) {
    each.on(() => { nc.call(each, () => ({ rid: 'library.' + name })); });
  }
}
export class Books {
  name = 'books';
  read(nc) { return nc.request('get.library.' + this.name, () => this.read(nc)); }
  write(nc) { let id = 1; nc.all((one) => { id = one; }); return () => 'library.' + id; }
}
`,
};

/** The nodes of a tree, one after the other, with their places. */
function nodesOf(tree: SyntaxTree): string {
  const cursor = tree.walk();
  const nodes: string[] = [];
  for (let isThere = true; isThere;) {
    nodes.push(`${cursor.nodeType} ${cursor.startIndex} ${cursor.endIndex}`);
    isThere = cursor.gotoFirstChild();
    while (!isThere) {
      if (cursor.gotoNextSibling()) isThere = true;
      else if (!cursor.gotoParent()) break;
    }
  }
  cursor.delete();
  return nodes.join('\n');
}

/** What can be added at the start of a line somewhere. */
const statements = [
  '\n',
  'if (a) { b(); }\n',
  'f(function () { g("x"); });\n',
  'name = "x";\n',
  'class Added {}\n',
  'added() { return () => 1; }\n',
];

describe('the scanner, after any edits', function () {
  // Several hundred versions of files are read.
  this.timeout(60_000);
  const sources = sourceFiles(path.join(__dirname, 'fixtures'), languages).map((fixture) => ({
    fixture,
    text: readFileSync(fixture, 'utf8'),
  }));

  it('finds what it finds in the same text without a past', async () => {
    const past = fc.constantFrom(...sources).chain(({ fixture, text }) =>
      fc.record({
        fixture: fc.constant(fixture),
        text: fc.constant(text),
        edits: fc.array(
          fc.tuple(fc.nat(text.length), fc.nat(80), fc.constantFrom('', ' ', '\n', 'x', '{', '"', '// ')),
          {
            minLength: 1,
            maxLength: 6,
          },
        ),
      }),
    );
    await fc.assert(
      fc.asyncProperty(past, async ({ fixture, text, edits }) => {
        const edited = new Scanner(languages, grammarFolder);
        let last: readonly unknown[] = [];
        const take = async (next: string): Promise<void> => {
          for (const result of await edited.apply([{ file: fixture, text: next }])) {
            if (result.file === fixture) last = result.facts;
          }
        };
        for (const [at, length, added] of edits)
          await take(text.slice(0, at) + added + text.slice(at + length));
        await take(text);
        const [fresh] = await new Scanner(languages, grammarFolder).apply([{ file: fixture, text }]);
        assert.deepEqual(last, fresh?.facts ?? []);
      }),
      { numRuns: 60 },
    );
  });

  it('has the outline that it has without a past', async () => {
    const grammars = new Grammars(grammarFolder);
    const texts = [
      ...sources,
      nested,
      ...serviceFiles(1000).map(({ file: fixture, text }) => ({ fixture, text })),
    ];
    const edits = fc.constantFrom(...texts, nested).chain(({ fixture, text }) => {
      const starts = [...text.matchAll(/^/gm)].map(({ index }) => index);
      const any = fc.tuple(fc.nat(text.length), fc.nat(30), fc.constantFrom('', ' ', '\n', 'x', '{', '"'));
      const whole = fc.tuple(fc.constantFrom(...starts), fc.constant(0), fc.constantFrom(...statements));
      return fc.record({
        fixture: fc.constant(fixture),
        text: fc.constant(text),
        edits: fc.array(fc.oneof(any, whole, whole), { minLength: 1, maxLength: 8 }),
      });
    });
    await fc.assert(
      fc.asyncProperty(edits, async ({ fixture, text, edits: made }) => {
        const language = languages.of(fixture);
        assert.ok(language);
        await grammars.load(languages.grammarsOf(language));
        let last = extract(text, language, grammars, undefined, true);
        for (const edit of [...made, undefined]) {
          assert.ok(last);
          // In the end the text is sound again.
          const [at, length, added] = edit ?? [0, last.text.length, text];
          const next = last.text.slice(0, at) + added + last.text.slice(at + length);
          const edited = extract(next, language, grammars, last, true);
          last.tree.delete();
          last = edited;
          const anew = extract(next, language, grammars);
          // The parser may understand a text in another way when it has seen it broken, or has not.
          const [tree, other] = [last, anew].map((each) => each && nodesOf(each.tree));
          // The errors are those of scripts in a page too.
          const isSound = last?.tree.rootNode.hasError === false && last.outline.errors === 0;
          if (isSound && tree === other) assert.deepEqual(last?.outline, anew?.outline);
          anew?.tree.delete();
        }
        last?.tree.delete();
      }),
      { numRuns: 200 },
    );
  });
});
