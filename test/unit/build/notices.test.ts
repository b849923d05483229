import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { languages } from '../../../src/code/scanner/languages/index';
import { projectRoot, temporaryFolder } from '../../host/cache';
import { run } from '../../host/processes';

describe('the notices of what is bundled', function () {
  this.timeout(120_000);
  let sections: string[];
  let bundled: Set<string>;
  let grammars: string[];

  before(async () => {
    const folder = await temporaryFolder('notices-');
    await run(process.execPath, ['esbuild.mjs', '--outdir', folder.path], { cwd: projectRoot });
    const files = (await readdir(folder.path)).filter((file) => file.endsWith('.js'));
    const scripts = await Promise.all(files.map((file) => readFile(path.join(folder.path, file), 'utf8')));
    // Before each module a bundle that is not minified says where it is from.
    const origins = scripts
      .join('\n')
      .matchAll(/^\s*\/\/ (?:\S*\/)?node_modules\/((?:@[^/\s]+\/)?[^/\s]+)\//gm);
    bundled = new Set([...origins].map(([, name]) => String(name)));
    grammars = (await readdir(path.join(folder.path, 'grammars'))).map((file) => path.parse(file).name);
    sections = (await readFile(path.join(folder.path, 'THIRD-PARTY-NOTICES.txt'), 'utf8')).split(
      /^={100}\n/m,
    );
    await folder.remove();
  });

  /** What is said of a work; its name is followed by its version or its licence. */
  const noticeOf = (name: string): string => sections.find((section) => section.startsWith(`${name} `)) ?? '';

  it('hold each bundled package, with its copyright and the whole of its licence', () => {
    assert.ok(bundled.has('nats') && bundled.has('@microsoft/fast-element'), [...bundled].join());
    for (const name of bundled) {
      assert.match(noticeOf(name), /warrant/i, name);
      if (!/Unlicense|Apache/.test(noticeOf(name)))
        assert.match(noticeOf(name), /Copyright \(c\) \S+/i, name);
    }
  });

  it('hold each grammar, with its copyright', () => {
    const needed = languages.all.map(({ grammar }) => `tree-sitter-${grammar.name}`);
    assert.deepEqual(new Set(grammars), new Set(['tree-sitter', ...needed]));
    for (const name of grammars)
      assert.match(noticeOf(name), /^\S+ \(MIT\)\s+Copyright \(c\) \w+.*[\s\S]*WARRANTY/, name);
  });
});
