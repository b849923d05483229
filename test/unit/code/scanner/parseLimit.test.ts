import assert from 'node:assert/strict';
import { languages } from '../../../../src/code/scanner/languages/index';
import { Scanner } from '../../../../src/code/scanner/scanner';
import { grammarFolder } from './grammarFolder';

const short = {
  file: '/w/a.js',
  text: "require('nats').connect().subscribe('get.library.books', () => {});\n",
};
// Brackets that never close are the hardest for a parser that mends errors.
const long = { file: '/w/b.js', text: `${short.text}${'[{(`${'.repeat(150_000)}` };

describe('A file that takes too many steps to parse', () => {
  it('has more steps than a megabyte of ordinary code needs, on any machine', async () => {
    const scanner = new Scanner(languages, grammarFolder);
    const functions = Array.from(
      { length: 14_000 },
      (_, index) => `function publish${index}(nc, name) {\n  nc.publish('orders.' + name, '${index}');\n}\n`,
    );
    const text = (functions.join('') + short.text).slice(-1_000_000);
    const [result] = await scanner.apply([{ file: '/w/large.js', text: text.slice(text.indexOf('\n')) }]);
    assert.equal(result?.notes?.some((note) => note.includes('to parse')) ?? false, false);
  });

  it('is left out with a note, and the others are read', async () => {
    const scanner = new Scanner(languages, grammarFolder, 3000);
    // The grammar is loaded, and its code made ready, with another file.
    await scanner.apply([short]);
    const started = performance.now();
    const results = await scanner.apply([long, { file: '/w/c.js', text: short.text }]);
    assert.ok(performance.now() - started < 5000, 'the parser was not interrupted');
    assert.deepEqual(
      results.map(({ file, facts, notes }) => [file, facts.length, notes ?? []]),
      [
        [long.file, 0, ['takes too many steps to parse']],
        ['/w/c.js', 2, []],
      ],
    );
  });

  it('is read once it has become simple', async () => {
    const scanner = new Scanner(languages, grammarFolder, 3000);
    await scanner.apply([short]);
    await scanner.apply([long]);
    const [result] = await scanner.apply([{ file: long.file, text: short.text }]);
    assert.deepEqual(
      result?.facts.map(({ pattern }) => pattern),
      ['library.>', 'library.books'],
    );
  });
});
