import assert from 'node:assert/strict';
import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { sourceFiles } from '../../../src/code/scanner/files/files';
import type { ScanRequest } from '../../../src/code/scanner/client/messages';
import type { IgnoreFiles } from '../../../src/code/scanner/files/ignoreFiles';
import { IgnoreRules } from '../../../src/code/scanner/files/ignoreRules';
import { filesContaining, listFiles, ripgrepIn, type Search } from '../../../src/code/scanner/files/ripgrep';
import { sourceExtensions } from '../../../src/code/scanner/languages/data';
import { languages } from '../../../src/code/scanner/languages/index';
import { WorkspaceScanner } from '../../../src/code/scanner/worker/workspaceScanner';
import { temporaryFolder } from '../../host/cache';
import { installVsCode } from '../../host/vscodeInstall';
import { grammarFolder, loadLanguages } from '../../unit/code/scanner/grammarFolder';

const none: IgnoreFiles = { inFolder: false, inParents: false, ofUser: false };
const inFolder: IgnoreFiles = { ...none, inFolder: true };

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
    search = {
      folder: root.path,
      endings: sourceExtensions,
      excludes: [],
      followLinks: true,
      ignoreFiles: none,
    };
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
    write(
      'wide.js',
      Buffer.from(`\ufeffrequire('nats').connect().subscribe('get.wide.b', () => {});`, 'utf16le'),
    );
    write('zero.js', `// \0\nrequire('nats').connect().subscribe('get.zero.b', () => {});`);
    write('a b/ü "q".js', `require('nats').connect().subscribe('get.quoted.b', () => {});`);
    const expected = await facts({ files: sourceFiles(root.path, languages) });
    assert.ok(expected.length > 100);
    for (const name of ['quoted.b', 'wide.b', '"a.b"'])
      assert.ok(
        expected.some((fact) => fact.includes(name)),
        name,
      );
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

  it('leaves out what ignore files say, and no others', async () => {
    for (const name of ['src/a.js', 'dist/a.js', 'gen/a.js', 'gen/b.js', 'x.gen.js', 'c.js'])
      write(name, 'nats');
    write('.gitignore', 'dist/\n*.gen.js\n/gen/*\n!/gen/b.js\n*.txt\n');
    write('src/.ignore', '!*\n');
    const expected = ['c.js', 'gen/b.js', 'src/a.js'];
    const ignoring = { ...search, ignoreFiles: inFolder };
    assert.deepEqual(relative(await listFiles(ripgrep, ignoring)), expected);
    assert.deepEqual(relative(await filesContaining(ripgrep, ignoring, ['nats'])), expected);
  });

  it('ignores what the rules say that hold without it, whatever the ignore files are', async () => {
    const names = [
      'a',
      'b.js',
      'ab.gen.js',
      'dist.js',
      'ä b.js',
      '{a}.js',
      '[a].js',
      '(a).js',
      '!a.js',
      '.a.js',
    ];
    const folders = ['', 'a', 'dist', 'a/dist', 'a/b', 'dist/a', 'a/b/a', '.a', 'b.js.d'];
    const inner = { ...search, folder: path.join(root.path, 'around/folder') };
    const files = folders.flatMap((folder) =>
      names.map((name) => path.join(inner.folder, folder, `${name}.js`)),
    );
    for (const file of files) write(path.relative(root.path, file), '');
    const line = fc
      .tuple(
        fc.constantFrom('', '', '!', '/', '!/', '\\', '#', '**/'),
        fc.array(
          fc.constantFrom(
            'a',
            'b',
            '.js',
            '.gen',
            'dist',
            '*',
            '?',
            '/',
            '/**/',
            '[ab]',
            '{a,b}',
            '(a)',
            '\\[',
            '+',
            '$',
            '|',
            'ä',
            ' ',
          ),
          { minLength: 1, maxLength: 5 },
        ),
        fc.constantFrom('', '', '/', '/*', '/**', ' ', '\\ ', '[!a]'),
      )
      .map((parts) => parts.flat().join(''))
      // To ripgrep alone, slashes that nobody needs to write, and "!" alone, mean something else.
      .filter((text) => !/\\\/|\/\//.test(text) && text.trim() !== '!');
    const places = [
      '.gitignore',
      'around/.gitignore',
      'around/.ignore',
      ...[
        '.gitignore',
        '.ignore',
        '.rgignore',
        '.git/info/exclude',
        'a/.gitignore',
        'a/.ignore',
        'a/b/.gitignore',
        'a/.git/info/exclude',
        'dist/.gitignore',
      ].map((name) => `around/folder/${name}`),
      'home/.config/git/ignore',
    ];
    const written = fc.uniqueArray(
      fc.tuple(fc.constantFrom(...places), fc.array(line, { minLength: 1, maxLength: 3 })),
      {
        minLength: 1,
        maxLength: 4,
        selector: ([place]) => place,
      },
    );
    const excluded = fc.subarray(['**/dist', 'a/b', 'dist/**', '**/*.gen.js*', '{a,b}/.a.*', '**/[!a].js'], {
      maxLength: 2,
    });
    const which = fc.record({ inFolder: fc.boolean(), inParents: fc.boolean(), ofUser: fc.boolean() });
    const { HOME, XDG_CONFIG_HOME } = process.env;
    process.env['HOME'] = path.join(root.path, 'home');
    delete process.env['XDG_CONFIG_HOME'];
    try {
      await fc.assert(
        fc.asyncProperty(written, which, excluded, async (ignoreFiles, ignoring, excludes) => {
          for (const [place, lines] of ignoreFiles) write(place, lines.join('\n'));
          try {
            const scope = { ...inner, excludes, ignoreFiles: ignoring };
            const listed = await listFiles(ripgrep, scope);
            const rules = new IgnoreRules(scope);
            assert.deepEqual(relative(files.filter((file) => !rules.ignores(file))), relative(listed));
          } finally {
            for (const place of places) rmSync(path.join(root.path, place), { force: true });
          }
        }),
        { numRuns: Number(process.env['RUNS'] ?? 60) },
      );
    } finally {
      Object.assign(process.env, { HOME, ...(XDG_CONFIG_HOME !== undefined && { XDG_CONFIG_HOME }) });
    }
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
