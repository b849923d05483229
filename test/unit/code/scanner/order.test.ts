import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { sourceFiles } from '../../../../src/code/scanner/files/files';
import { languages } from '../../../../src/code/scanner/languages/index';
import { Scanner } from '../../../../src/code/scanner/scanner';
import { temporaryFolder } from '../../../host/cache';
import { grammarFolder } from './grammarFolder';

describe('The files of a workspace', function () {
  this.timeout(180_000);
  let root: { path: string; remove: () => Promise<void> };

  before(async () => {
    root = await temporaryFolder('res-order-');
    cpSync(path.join(import.meta.dirname, 'fixtures'), root.path, { recursive: true });
  });

  after(() => root.remove());

  /** The facts of all files, told to a new scanner in portions. */
  async function factsOf(files: readonly string[], portion: number): Promise<string[]> {
    const scanner = new Scanner(languages, grammarFolder);
    const found = new Map<string, string[]>();
    for (let at = 0; at < files.length; at += portion) {
      const changes = files.slice(at, at + portion).map((file) => ({ file, fromDisk: true as const }));
      for (const { file, facts } of await scanner.apply(changes))
        found.set(
          file,
          facts.map((fact) => `${path.relative(root.path, file)} ${JSON.stringify(fact)}`),
        );
    }
    return [...found.values()].flat().sort();
  }

  it('say the same in whatever order and portions they come', async () => {
    const files = sourceFiles(root.path, languages);
    const expected = await factsOf(files, files.length);
    assert.ok(expected.some((fact) => fact.includes(path.join('javascript', 'sieved', 'books.js'))));
    const order = fc.shuffledSubarray([...files], { minLength: files.length });
    await fc.assert(
      fc.asyncProperty(order, fc.integer({ min: 1, max: files.length }), async (shuffled, portion) => {
        assert.deepEqual(await factsOf(shuffled, portion), expected);
      }),
      { numRuns: 8 },
    );
  });
});
