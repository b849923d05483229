import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { extract } from '../../../../src/code/scanner/outline/extract';
import { sourceFiles } from '../../../../src/code/scanner/files/files';
import { languages } from '../../../../src/code/scanner/languages/index';
import type { LanguageDefinition } from '../../../../src/code/scanner/languages/language';
import { OutlineHelpers } from '../../../../src/code/scanner/worker/outlineHelpers';
import { Grammars } from '../../../../src/code/scanner/outline/syntax';
import { WorkspaceScanner } from '../../../../src/code/scanner/worker/workspaceScanner';
import { temporaryFolder } from '../../../host/cache';
import { grammarFolder, loadLanguages } from './grammarFolder';

const count = 300;
const chunkSize = 100;
const reading = { maxFileSize: 1_000_000, encodings: [] };

describe('Threads that help to outline files', function () {
  this.timeout(60_000);
  let folder: { path: string; remove: () => Promise<void> };
  let program: string;
  let files: string[];

  before(async () => {
    folder = await temporaryFolder('res-helpers-');
    program = path.join(folder.path, 'worker.cjs');
    await build({
      entryPoints: [path.join(import.meta.dirname, '../../../../src/code/scanner/worker/worker.ts')],
      outfile: program,
      bundle: true,
      platform: 'node',
    });
    const sources = sourceFiles(path.join(import.meta.dirname, 'fixtures')).filter(
      (file) => !file.endsWith('.json'),
    );
    files = Array.from({ length: count }, (_, index) => {
      const source = sources[index % sources.length] ?? '';
      const file = path.join(folder.path, `file${index}${path.extname(source)}`);
      writeFileSync(file, readFileSync(source));
      return file;
    });
  });

  after(() => folder.remove());

  function start(what = program): OutlineHelpers {
    const helpers = OutlineHelpers.start(what, { grammarFolder, files, chunkSize, reading });
    assert.ok(helpers, 'no core is idle');
    return helpers;
  }

  function read(file: string): { text: string; language: LanguageDefinition } {
    const language = languages.of(file);
    assert.ok(language);
    return { text: readFileSync(file, 'utf8'), language };
  }

  /** The files of which a helper has the outline, when all are asked for from the first on. */
  async function helped(helpers: OutlineHelpers, change = ''): Promise<string[]> {
    const grammars = new Grammars(grammarFolder);
    const found: string[] = [];
    for (const file of files) {
      const { text, language } = read(file);
      await grammars.load(languages.grammarsOf(language));
      const extracted = extract(text + change, language, grammars);
      assert.ok(extracted);
      extracted.tree.delete();
      const outline = helpers.of(file, text + change, language);
      if (!outline) continue;
      found.push(file);
      assert.deepEqual(outline, extracted.outline);
    }
    helpers.stop();
    return found;
  }

  it('find what is found without them, for files at the end of a chunk', async () => {
    const found = await helped(start());
    assert.ok(found.length > 0, 'nobody helped');
    assert.ok(found.length < files.length, 'nothing was left to do');
    assert.ok(found.includes(files[chunkSize * 2 - 1] ?? ''));
  });

  it('say nothing of a text that is another one by now', async () => {
    assert.deepEqual(await helped(start(), '\n'), []);
  });

  it('are not waited for when they broke down', async () => {
    const broken = path.join(folder.path, 'broken.cjs');
    writeFileSync(broken, 'throw new Error("broken");');
    const started = performance.now();
    assert.deepEqual(await helped(start(broken)), []);
    assert.ok(performance.now() - started < 20_000);
  });

  it('are not started for a few files', () => {
    const few = { grammarFolder, files: files.slice(0, 20), chunkSize, reading };
    assert.equal(OutlineHelpers.start(program, few), undefined);
  });

  it('change nothing of what a scan finds', async () => {
    // A search that finds all files, whatever they contain.
    const ripgrep = path.join(folder.path, 'find');
    writeFileSync(ripgrep, '#!/bin/sh\nfind . -name "file*" -print0\n', { mode: 0o755 });
    const search = {
      folder: folder.path,
      endings: [],
      excludes: [],
      followLinks: false,
      ignoreFiles: { inFolder: false, inParents: false, ofUser: false },
    };
    const found: string[][] = [];
    for (const further of [program, undefined]) {
      const facts: string[] = [];
      const scanner = new WorkspaceScanner(loadLanguages, grammarFolder, '1', further);
      for await (const { results } of scanner.scan({ searches: [search], ripgrep }, () => false))
        for (const result of results) facts.push(JSON.stringify(result));
      found.push(facts.sort());
    }
    assert.ok(found[0]?.length);
    assert.deepEqual(found[0], found[1]);
  });
});
