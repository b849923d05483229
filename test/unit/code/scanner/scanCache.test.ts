import assert from 'node:assert/strict';
import { readFileSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { extract } from '../../../../src/code/scanner/outline/extract';
import { sourceFiles } from '../../../../src/code/scanner/files/files';
import { languages } from '../../../../src/code/scanner/languages/index';
import type { LanguageDefinition } from '../../../../src/code/scanner/languages/language';
import type { Outline } from '../../../../src/code/scanner/outline/outline';
import { ScanCache } from '../../../../src/code/scanner/cache/scanCache';
import { Grammars } from '../../../../src/code/scanner/outline/syntax';
import { temporaryFolder } from '../../../host/cache';
import { grammarFolder } from './grammarFolder';

interface Read {
  readonly text: string;
  readonly language: LanguageDefinition;
  readonly outline: Outline;
}

/** Names that every object has are names like all others. */
const ownNames = {
  file: '/w/names.js',
  code: 'const valueOf = 1; export class toString { constructor() {} hasOwnProperty = 2; isPrototypeOf() {} }',
};

describe('Outlines that are kept', function () {
  this.timeout(30_000);
  const all: Read[] = [];
  let folder: { path: string; remove: () => Promise<void> };
  let file: string;
  let outlines: string;

  before(async () => {
    const grammars = new Grammars(grammarFolder);
    const files = sourceFiles(path.join(import.meta.dirname, 'fixtures'), languages);
    const sources = [...files.map((file) => ({ file, code: readFileSync(file, 'utf8') })), ownNames];
    for (const { file, code } of sources) {
      const language = languages.of(file);
      assert.ok(language);
      await grammars.load(languages.grammarsOf(language));
      const text = `${code}\n// ${'long enough '.repeat(20)}`;
      const extracted = extract(text, language, grammars);
      assert.ok(extracted);
      extracted.tree.delete();
      all.push({ text, language, outline: extracted.outline });
    }
  });

  beforeEach(async () => {
    folder = await temporaryFolder('res-outlines-');
    file = path.join(folder.path, 'facts');
    outlines = `${file}.outlines`;
  });

  afterEach(() => folder.remove());

  function save(cache: ScanCache): void {
    while (cache.saveOutlines(() => true));
  }

  /** What a new store knows of a text; undefined if it would be read. */
  function keptOf({ text, language }: Read, version = '1'): Outline | undefined {
    return new ScanCache(file, version).outlineOf(text, language, () => undefined);
  }

  function keep(reads: readonly Read[]): ScanCache {
    const cache = new ScanCache(file, '1');
    for (const { text, language, outline } of reads) cache.outlineOf(text, language, () => outline);
    save(cache);
    return cache;
  }

  it('are what they were', () => {
    keep(all);
    for (const each of all) assert.deepEqual(keptOf(each), each.outline);
  });

  it('are of the same text, language and version only', () => {
    const [first] = all;
    assert.ok(first);
    keep([first]);
    assert.ok(keptOf(first));
    assert.equal(keptOf({ ...first, text: `${first.text} ` }), undefined);
    assert.equal(keptOf(first, '2'), undefined);
    const other = all.find(({ language }) => language.grammar.name !== first.language.grammar.name);
    assert.ok(other);
    assert.equal(keptOf({ ...first, language: other.language }), undefined);
  });

  it('are read again if they are damaged', () => {
    const [first] = all;
    assert.ok(first);
    keep([first]);
    const [name] = readdirSync(outlines);
    assert.ok(name);
    const kept = path.join(outlines, name);
    const whole = readFileSync(kept);
    const damage = fc.oneof(
      fc.nat(whole.length - 1).map((at) => whole.subarray(0, at)),
      fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 })).map(([at, bits]) => {
        const changed = Buffer.from(whole);
        changed[at] = (changed[at] ?? 0) ^ bits;
        return changed;
      }),
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    );
    fc.assert(
      fc.property(damage, (damaged) => {
        writeFileSync(kept, damaged);
        const found = keptOf(first);
        if (found !== undefined) assert.deepEqual(found, first.outline);
      }),
      { numRuns: 500 },
    );
  });

  it('are saved piece by piece', () => {
    const cache = new ScanCache(file, '1');
    for (const { text, language, outline } of all) cache.outlineOf(text, language, () => outline);
    let steps = 0;
    for (let left = 1; cache.saveOutlines(() => left-- > 0); left = 1) steps++;
    // The last step finds that nothing is left.
    assert.equal(steps, all.length - 1);
    assert.equal(readdirSync(outlines).length, all.length);
  });

  it('go when nothing has had use for them', () => {
    keep(all);
    const few = all.slice(0, 3);
    const cache = new ScanCache(file, '1');
    for (const { text, language } of few) cache.outlineOf(text, language, () => undefined);
    save(cache);
    assert.equal(readdirSync(outlines).length, few.length);
    for (const each of few) assert.ok(keptOf(each));
  });

  it('leave alone what another window is just writing, and not what one gave up long ago', () => {
    keep(all);
    const [own, old] = ['0.own', '0.old'].map((name) => path.join(outlines, name));
    assert.ok(own !== undefined && old !== undefined);
    for (const partial of [own, old]) writeFileSync(partial, 'half');
    utimesSync(old, new Date(0), new Date(0));
    save(new ScanCache(file, '1'));
    assert.deepEqual(readdirSync(outlines), ['0.own']);
  });

  it('can all be forgotten', () => {
    const cache = keep(all);
    cache.forgetOutlines();
    for (const each of all) assert.equal(keptOf(each), undefined);
  });
});
