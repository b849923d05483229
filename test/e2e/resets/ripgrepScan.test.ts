import assert from 'node:assert/strict';
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sourceFiles } from '../../../src/code/scanner/files/files';
import type { ScanRequest } from '../../../src/code/scanner/client/messages';
import { filesContaining, listFiles, ripgrepIn, type Search } from '../../../src/code/scanner/files/ripgrep';
import { sourceExtensions } from '../../../src/code/scanner/files/sourceExtensions';
import { WorkspaceScanner } from '../../../src/code/scanner/worker/workspaceScanner';
import { temporaryFolder } from '../../host/cache';
import { installVsCode } from '../../host/vscodeInstall';
import { grammarFolder, loadLanguages } from '../../unit/code/scanner/grammarFolder';

describe("A scan with the editor's ripgrep", () => {
  let root: { path: string; remove: () => Promise<void> };
  let ripgrep: string;
  let search: Search;

  before(async () => {
    const { server } = await installVsCode();
    ripgrep = ripgrepIn(path.resolve(path.dirname(server), '..')) ?? '';
    assert.notEqual(ripgrep, '');
  });

  beforeEach(async () => {
    root = await temporaryFolder('res-ripgrep-');
    search = { folder: root.path, endings: sourceExtensions, excludes: [], followLinks: true };
  });

  afterEach(() => root.remove());

  function write(name: string, content: string | Buffer): void {
    const file = path.join(root.path, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }

  async function facts(request: ScanRequest): Promise<string[]> {
    const found = new Map<string, string[]>();
    for await (const { results } of new WorkspaceScanner(loadLanguages, grammarFolder, '1').scan(
      request,
      () => false,
    )) {
      for (const { file, facts: all } of results)
        found.set(
          file,
          all.map((fact) => `${file} ${JSON.stringify(fact)}`),
        );
    }
    return [...found.values()].flat().sort();
  }

  const relative = (files: readonly string[]): string[] =>
    files.map((file) => path.relative(root.path, file)).sort();

  it('finds what a scan without it finds', async () => {
    cpSync(path.join(import.meta.dirname, '../../unit/code/scanner/fixtures'), root.path, {
      recursive: true,
    });
    write('latin1.js', Buffer.from(`// caf\xe9\nrequire('nats').connect().subscribe('get.a.b')`, 'latin1'));
    write('zero.js', `// \0\nrequire('nats').connect().subscribe('get.zero.b', () => {});`);
    write('a b/ü "q".js', `require('nats').connect().subscribe('get.quoted.b', () => {});`);
    const expected = await facts({ files: sourceFiles(root.path) });
    assert.ok(expected.length > 100 && expected.some((fact) => fact.includes('quoted.b')));
    assert.deepEqual(await facts({ searches: [search], ripgrep }), expected);
  });

  it("leaves out what the editor's settings exclude", async () => {
    for (const name of [
      'a.js',
      'out/b.js',
      'sub/out/c.js',
      'sub/gen.js',
      'lib/x/d.js',
      'other/lib/x/e.js',
      'f.txt',
    ])
      write(name, 'nats');
    const excludes = ['**/out', '**/gen.js', 'lib/**'];
    const expected = ['a.js', 'other/lib/x/e.js'];
    assert.deepEqual(relative(await listFiles(ripgrep, { ...search, excludes })), expected);
    assert.deepEqual(relative(await filesContaining(ripgrep, { ...search, excludes }, ['nats'])), expected);
  });

  it('searches hidden and ignored files too, and follows links only where the editor does', async () => {
    for (const name of ['.hidden/a.js', 'ignored/b.js']) write(name, 'nats');
    write('.gitignore', 'ignored\n');
    mkdirSync(path.join(root.path, '.git'));
    symlinkSync(path.join(root.path, 'ignored'), path.join(root.path, 'link'));
    const all = ['.hidden/a.js', 'ignored/b.js', 'link/b.js'];
    assert.deepEqual(relative(await listFiles(ripgrep, search)), all);
    assert.deepEqual(relative(await listFiles(ripgrep, { ...search, followLinks: false })), all.slice(0, 2));
  });

  it('finds literals whatever they would mean as patterns, by case', async () => {
    write('a.go', 'json:"rid"');
    write('b.go', 'JSON:"RID"');
    write('c.go', '(.*)');
    assert.deepEqual(relative(await filesContaining(ripgrep, search, ['json:"rid', '(.*)'])), [
      'a.go',
      'c.go',
    ]);
    assert.deepEqual(await filesContaining(ripgrep, search, ['nothing like it']), []);
  });

  it('is given up where ripgrep can not be run', async () => {
    await assert.rejects(listFiles(path.join(root.path, 'missing'), search), /ENOENT/);
    await assert.rejects(facts({ searches: [search], ripgrep: path.join(root.path, 'missing') }), /ENOENT/);
  });
});
