import assert from 'node:assert/strict';
import { Scanner } from '../../../src/scanner/scanner';
import { parseLimit } from '../../../src/scanner/syntax';
import { grammarFolder } from './grammarFolder';

const short = {
  file: '/w/a.js',
  text: "require('nats').connect().subscribe('get.library.books', () => {});\n",
};
// Brackets that never close are the hardest for a parser that mends errors.
const long = { file: '/w/b.js', text: `${short.text}${'[{(`${'.repeat(150_000)}` };

describe('A file that takes too long to parse', () => {
  it('has as many steps as ordinary code needs for a megabyte, and more', () => {
    const functions = Array.from({ length: 40_000 }, (_, index) => `function f${index}(a) { g(a); }\n`);
    const text = functions.join('').slice(0, 1024 * 1024);
    assert.ok(text.length > 1_000_000);
  });

  it('is left out with a note, and the others are read', async () => {
    const scanner = new Scanner(grammarFolder, 300);
    // The grammar is loaded, and its code made ready, with another file.
    await scanner.apply([short]);
    const started = performance.now();
    const results = await scanner.apply([long, { file: '/w/c.js', text: short.text }]);
    assert.ok(performance.now() - started < 5000, 'the parser was not interrupted');
    assert.deepEqual(
      results.map(({ file, facts, notes }) => [file, facts.length, notes ?? []]),
      [
        [long.file, 0, ['takes longer than a second to parse']],
        ['/w/c.js', 2, []],
      ],
    );
  });

  it('is read once it has become simple', async () => {
    const scanner = new Scanner(grammarFolder, 300);
    await scanner.apply([short]);
    await scanner.apply([long]);
    const [result] = await scanner.apply([{ file: long.file, text: short.text }]);
    assert.deepEqual(
      result?.facts.map(({ pattern }) => pattern),
      ['library.>', 'library.books'],
    );
  });
});
