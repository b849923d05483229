import assert from 'node:assert/strict';
import { languages } from '../../../../src/code/scanner/languages/index';
import { Scanner } from '../../../../src/code/scanner/scanner';
import { grammarFolder } from './grammarFolder';

const head = "const nc = require('nats').connect();\n";
const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => `${line(index)}\n`).join('');

/** Code in which an analysis reaches a limit, and what is said of it. */
const limits: Readonly<Record<string, { text: string; note: RegExp }>> = {
  'a call to which very many ways lead': {
    text: `${head}function serve(name) { nc.subscribe('get.library.' + name, () => {}); }\n${lines(400, (index) => `serve('book${index}.pages');`)}`,
    note: /^has calls to which more than 300 ways lead: the others are not looked at$/,
  },
  'a value that goes through very many others': {
    text: `${head}const name0 = 'book';\n${lines(100, (index) => `const name${index + 1} = name${index};`)}nc.subscribe('get.library.' + name100, () => {});\n`,
    note: /^has values that are not known: to follow them takes more than 4000 steps, or through more than 60 others$/,
  },
  'a field that is written in very many places': {
    text: `${head}class Names { books = 'books'; }\nconst names = new Names();\n${lines(250, (index) => `names.books = 'books${index}';`)}nc.subscribe('get.library.' + names.books, () => {});\n`,
    note: /^has fields that are written in more than 200 places: they are not known$/,
  },
};

describe('An analysis that reaches a limit', () => {
  for (const [what, { text, note }] of Object.entries(limits)) {
    it(`says so once, and leaves the rest whole: ${what}`, async () => {
      const scanner = new Scanner(languages, grammarFolder);
      const notes: [string, string][] = [];
      const patterns = new Map<string, string[]>();
      const apply = async (...changes: { file: string; text: string }[]): Promise<void> => {
        for (const { file, facts, notes: told = [] } of await scanner.apply(changes)) {
          notes.push(...told.map((each): [string, string] => [file, each]));
          patterns.set(
            file,
            facts.map(({ pattern }) => pattern),
          );
        }
      };
      const rest = `${head}nc.subscribe('get.shop.carts', () => {});\n`;
      const own = "nc.subscribe('get.library.shelves.all', () => {});\n";
      await apply({ file: '/w/rest.js', text: rest }, { file: '/w/limited.js', text: text + own });
      assert.deepEqual(patterns.get('/w/rest.js'), ['shop.>', 'shop.carts']);
      assert.ok(patterns.get('/w/limited.js')?.includes('library.shelves.all'), [...patterns].join());
      assert.equal(notes.length, 1, notes.join());
      assert.equal(notes[0]?.[0], '/w/limited.js');
      assert.match(notes[0][1], note);
      await apply({
        file: '/w/limited.js',
        text: `${text}\n${own}nc.subscribe('get.library.halls.all', () => {});\n`,
      });
      assert.ok(patterns.get('/w/limited.js')?.includes('library.halls.all'), [...patterns].join());
      assert.equal(notes.length, 1, notes.join());
    });
  }
});
