import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { extract } from '../../../../src/code/scanner/outline/extract';
import { sourceFiles } from '../../../../src/code/scanner/files/files';
import { languages } from '../../../../src/code/scanner/languages/index';
import type { LanguageDefinition } from '../../../../src/code/scanner/languages/language';
import type { Outline } from '../../../../src/code/scanner/outline/outline';
import { OutlineStore } from '../../../../src/code/scanner/cache/outlineStore';
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
  });

  afterEach(() => folder.remove());

  function save(store: OutlineStore): void {
    while (store.save(() => true));
  }

  /** What a new store knows of a text; undefined if it would be read. */
  function keptOf({ text, language }: Read, version = '1'): Outline | undefined {
    return new OutlineStore(folder.path, version).of(text, language, () => undefined);
  }

  function keep(reads: readonly Read[]): OutlineStore {
    const store = new OutlineStore(folder.path, '1');
    for (const { text, language, outline } of reads) store.of(text, language, () => outline);
    save(store);
    return store;
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
    const [name] = readdirSync(folder.path);
    assert.ok(name);
    const file = path.join(folder.path, name);
    const whole = readFileSync(file);
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
        writeFileSync(file, damaged);
        const kept = keptOf(first);
        if (kept !== undefined) assert.deepEqual(kept, first.outline);
      }),
      { numRuns: 500 },
    );
  });

  it('are saved piece by piece', () => {
    const store = new OutlineStore(folder.path, '1');
    for (const { text, language, outline } of all) store.of(text, language, () => outline);
    let steps = 0;
    for (let left = 1; store.save(() => left-- > 0); left = 1) steps++;
    // The last step finds that nothing is left.
    assert.equal(steps, all.length - 1);
    assert.equal(readdirSync(folder.path).length, all.length);
  });

  it('go when nothing has had use for them', () => {
    keep(all);
    const few = all.slice(0, 3);
    const store = new OutlineStore(folder.path, '1');
    for (const { text, language } of few) store.of(text, language, () => undefined);
    save(store);
    assert.equal(readdirSync(folder.path).length, few.length);
    for (const each of few) assert.ok(keptOf(each));
  });

  it('can all be forgotten', () => {
    const store = keep(all);
    store.clear();
    for (const each of all) assert.equal(keptOf(each), undefined);
  });
});
