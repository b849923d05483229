import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { languages } from '../../../../src/code/scanner/languages/index';
import { Scanner } from '../../../../src/code/scanner/scanner';
import { temporaryFolder } from '../../../host/cache';
import { grammarFolder } from './grammarFolder';
import { largePackage, largePackages } from './largePackage';

describe('A package with plain NATS everywhere', function () {
  this.timeout(240_000);
  let root: { path: string; remove: () => Promise<void> };

  before(async () => {
    root = await temporaryFolder('res-growth-');
  });

  after(() => root.remove());

  /** How many steps a scan of a package of so many files takes, which are read in portions. */
  async function stepsOf(language: string, files: number, portion = files): Promise<number> {
    const folder = path.join(root.path, `${language}${files}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'go.mod'), 'module example.com/server\n');
    const changes = largePackage(language, files, 4).map(({ name, text }) => {
      const file = path.join(folder, name);
      writeFileSync(file, text);
      return { file, fromDisk: true as const };
    });
    const scanner = new Scanner(languages, grammarFolder);
    const work = scanner.begin();
    const goesOn = (): boolean => false;
    for (let at = 0; at < files; at += portion)
      await scanner.read(changes.slice(at, at + portion), work, goesOn);
    for await (const { results } of scanner.finish(work, Infinity, goesOn))
      assert.deepEqual(
        [...results].flatMap(({ facts }) => facts),
        [],
      );
    return scanner.steps;
  }

  for (const language of Object.keys(largePackages)) {
    it(`costs twice as many steps with twice the files, in ${language}`, async () => {
      const few = await stepsOf(language, 20);
      const some = await stepsOf(language, 40);
      const many = await stepsOf(language, 80);
      assert.ok(few > 20 * 4, `${few} steps are none`);
      assert.ok(some <= 2.2 * few, `${some} steps instead of ${few}`);
      assert.ok(many <= 2.2 * some, `${many} steps instead of ${some}`);
    });

    it(`costs the same however many files are read at a time, in ${language}`, async () => {
      const atOnce = await stepsOf(language, 10);
      const inPortions = await stepsOf(language, 10, 3);
      assert.ok(inPortions <= 1.05 * atOnce, `${inPortions} steps instead of ${atOnce}`);
    });
  }
});
