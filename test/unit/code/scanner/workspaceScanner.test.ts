import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { deflateSync, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { sourceFiles } from '../../../../src/code/scanner/files/files';
import { languages } from '../../../../src/code/scanner/languages/index';
import type { ScanPart, ScanRequest } from '../../../../src/code/scanner/client/messages';
import { WorkspaceScanner } from '../../../../src/code/scanner/worker/workspaceScanner';
import { grammarFolder, loadLanguages } from './grammarFolder';

const nats = `const nc = require('nats').connect();\n`;
const serves = (name: string): string => `${nats}nc.subscribe('get.${name}', () => {});\n`;
const long = new Date('2026-01-01T00:00:00.5Z');

/** Whether what is told first was found by reading files: what was kept is told before any work is done. */
function isFound(parts: readonly { results: readonly unknown[]; share: number }[]): boolean {
  return (parts.find(({ results }) => results.length > 0)?.share ?? 0) > 0;
}

describe('The scanner of workspaces', () => {
  let folder: string;
  let cacheFile: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'res-workspace-'));
    cacheFile = path.join(folder, '.cache', 'facts');
    write('package.json', '{}');
    write('names.js', `exports.name = 'library';\n`);
    write(
      'main.js',
      `${nats}const { name } = require('./names');\nnc.subscribe('get.' + name + '.books');\n`,
    );
    write('sub/shop.js', serves('shop.items'));
    write('plain.js', 'console.log(1);\n');
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function write(name: string, text: string, time = long): string {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    utimesSync(file, time, time);
    return file;
  }

  const request = (more: Partial<ScanRequest> = {}): ScanRequest => ({
    files: sourceFiles(folder, languages),
    cacheFile,
    ...more,
  });

  async function scan(
    scanner = new WorkspaceScanner(loadLanguages, grammarFolder, '1'),
    what = request(),
  ): Promise<{ known: Record<string, string[]>; parts: ScanPart[] }> {
    const known: Record<string, string[]> = {};
    const parts: ScanPart[] = [];
    for await (const part of scanner.scan(what, () => false)) {
      parts.push(part);
      for (const { file, facts } of part.results) {
        const name = path.relative(folder, file);
        if (facts.length > 0) known[name] = facts.map(({ kind, pattern }) => `${kind} ${pattern}`);
        else Reflect.deleteProperty(known, name);
      }
    }
    return { known, parts };
  }

  const all = {
    'main.js': ['service library.>', 'handler library.books'],
    'sub/shop.js': ['service shop.>', 'handler shop.items'],
  };

  it('finds everything, and tells which files it looked at', async () => {
    const { known, parts } = await scan();
    assert.deepEqual(known, all);
    assert.deepEqual(
      parts.flatMap(({ listed = [] }) => listed).sort(),
      ['main.js', 'names.js', 'plain.js', 'sub/shop.js'].map((name) => path.join(folder, name)),
    );
  });

  it('tells at once what was kept, and nothing twice', async () => {
    await scan();
    const { known, parts } = await scan();
    assert.deepEqual(known, all);
    assert.deepEqual(
      parts.map(({ results, listed }) => [results.length, listed?.length ?? 0]).filter(([a, b]) => a || b),
      [
        [2, 0],
        [0, 4],
      ],
    );
  });

  it('goes on to know what it knew when it scans again from what was kept, as more or fewer files are to be scanned', async () => {
    const scanner = new WorkspaceScanner(loadLanguages, grammarFolder, '1');
    const known: Record<string, string[]> = {};
    for (const files of [
      sourceFiles(folder, languages),
      [path.join(folder, 'main.js')],
      sourceFiles(folder, languages),
    ]) {
      const { parts } = await scan(scanner, request({ files }));
      for (const { file, facts } of parts.flatMap(({ results }) => results))
        known[path.relative(folder, file)] = facts.map(({ kind, pattern }) => `${kind} ${pattern}`);
      const expected = files.length > 1 ? all : { ...all, 'sub/shop.js': [] };
      assert.deepEqual(known, expected);
    }
  });

  it('reads everything again when it is asked to', async () => {
    await scan();
    const { parts } = await scan(undefined, request({ isFresh: true }));
    assert.ok(isFound(parts));
  });

  const changes: [what: string, change: () => void, expected: Record<string, string[]>][] = [
    [
      'changed',
      () => write('sub/shop.js', serves('shop.orders'), new Date('2026-02-01T00:00:00.5Z')),
      { ...all, 'sub/shop.js': ['service shop.>', 'handler shop.orders'] },
    ],
    [
      'changed in a file that others rest on',
      () => write('names.js', `exports.name = 'archive';\n`, new Date('2026-02-01T00:00:00.5Z')),
      { ...all, 'main.js': ['service archive.>', 'handler archive.books'] },
    ],
    [
      'added',
      () => write('more.js', serves('more.x')),
      { ...all, 'more.js': ['service more.>', 'handler more.x'] },
    ],
    [
      'changed so that it speaks RES for the first time',
      () => write('plain.js', serves('plain.x')),
      { ...all, 'plain.js': ['service plain.>', 'handler plain.x'] },
    ],
    [
      'renamed',
      () => {
        renameSync(path.join(folder, 'sub/shop.js'), path.join(folder, 'store.js'));
      },
      { 'main.js': all['main.js'], 'store.js': all['sub/shop.js'] },
    ],
    [
      'deleted',
      () => {
        rmSync(path.join(folder, 'sub'), { recursive: true });
      },
      { 'main.js': all['main.js'] },
    ],
  ];
  for (const [what, change, expected] of changes) {
    it(`sees at the next start what was ${what}, and the same without what was kept`, async () => {
      await scan();
      change();
      assert.deepEqual((await scan()).known, expected);
      rmSync(cacheFile);
      assert.deepEqual((await scan()).known, expected);
    });
  }

  it('tells nothing at once when a file has changed on which others rest', async () => {
    await scan();
    write('names.js', `exports.name = 'archive';\n`, new Date('2026-02-01T00:00:00.5Z'));
    const { parts } = await scan();
    const told = parts.flatMap(({ results }) => results).flatMap(({ facts }) => facts);
    assert.ok(!told.some(({ pattern }) => pattern === 'library.books'));
  });

  it('keeps what changed while it was at work', async () => {
    const scanner = new WorkspaceScanner(loadLanguages, grammarFolder, '1');
    await scan(scanner);
    const file = write('sub/shop.js', serves('shop.orders'), new Date('2026-02-01T00:00:00.5Z'));
    await scanner.apply([{ file, fromDisk: true }]);
    scanner.save();
    const { parts } = await scan();
    const told = parts[0]?.results.find((result) => result.file === file);
    assert.deepEqual(
      told?.facts.map(({ pattern }) => pattern),
      ['shop.>', 'shop.orders'],
    );
  });

  it('keeps nothing of what only an editor holds', async () => {
    const scanner = new WorkspaceScanner(loadLanguages, grammarFolder, '1');
    await scan(scanner);
    const file = path.join(folder, 'sub/shop.js');
    await scanner.apply([{ file, text: serves('unsaved.x') }]);
    scanner.save();
    assert.deepEqual((await scan()).known, all);
  });

  it('leaves open files to the editor, and forgets others that are not listed any more', async () => {
    const scanner = new WorkspaceScanner(loadLanguages, grammarFolder, '1');
    await scan(scanner);
    const file = path.join(folder, 'sub/shop.js');
    await scanner.apply([{ file, text: serves('unsaved.x') }]);
    const { parts } = await scan(scanner, { files: [] });
    assert.deepEqual(
      parts.flatMap(({ results }) => results).map((result) => [result.file, result.facts.length]),
      [[path.join(folder, 'main.js'), 0]],
    );
  });

  it('stops when it is told to', async () => {
    const parts: ScanPart[] = [];
    const scanner = new WorkspaceScanner(loadLanguages, grammarFolder, '1');
    for await (const part of scanner.scan(request(), () => true)) parts.push(part);
    assert.deepEqual(
      parts.flatMap(({ results }) => results),
      [],
    );
    assert.throws(() => readFileSync(cacheFile), /ENOENT/);
  });

  it('takes back what it told from what was kept and is gone when a later scan has made an earlier one stop', async () => {
    await scan();
    for (const isFresh of [false, true]) {
      const scanner = new WorkspaceScanner(loadLanguages, grammarFolder, '1');
      const known = new Set<string>();
      const take = ({ results }: ScanPart): void => {
        for (const { file, facts } of results) known[facts.length > 0 ? 'add' : 'delete'](file);
      };
      for await (const part of scanner.scan(request(), () => false)) {
        take(part);
        if (known.size > 0) break;
      }
      const shop = path.join(folder, 'sub/shop.js');
      assert.ok(known.has(shop));
      const files = sourceFiles(folder, languages).filter((file) => file !== shop);
      const later = request({ files, isFresh, cacheFile: undefined });
      for await (const part of scanner.scan(later, () => false)) take(part);
      assert.deepEqual([...known], [path.join(folder, 'main.js')]);
    }
  });

  it('still tells all that is there when a scan that told what was kept is made to stop by another', async () => {
    for (let last = 1; last < 6; last++) {
      await scan();
      const scanner = new WorkspaceScanner(loadLanguages, grammarFolder, '1');
      const known = new Set<string>();
      const take = ({ results }: ScanPart): void => {
        for (const { file, facts } of results)
          known[facts.length > 0 ? 'add' : 'delete'](path.relative(folder, file));
      };
      let asked = 0;
      for await (const part of scanner.scan(request(), () => ++asked > last)) take(part);
      for await (const part of scanner.scan(request({ open: [] }), () => false)) take(part);
      assert.deepEqual([...known].sort(), Object.keys(all), `stopped when asked the ${last}th time`);
    }
  });

  it('starts anew with another version of the program', async () => {
    await scan();
    const { parts } = await scan(new WorkspaceScanner(loadLanguages, grammarFolder, '2'));
    assert.ok(isFound(parts));
  });

  it('reads nothing again that it has read before', async () => {
    const padding = `// ${'long enough to be kept '.repeat(20)}\n`;
    const [one, other] = [serves('first.one'), serves('other.one')].map((text) => text + padding);
    write('one.js', one ?? '');
    const before = new WorkspaceScanner(loadLanguages, grammarFolder, '1');
    await scan(before);
    while (before.saveOutlines());
    const [kept] = readdirSync(`${cacheFile}.outlines`);
    assert.ok(kept);
    // What is told now rests on what was kept, and so on the wrong text.
    const file = path.join(`${cacheFile}.outlines`, kept);
    const wrong = inflateSync(readFileSync(file)).toString().replace('first.one', 'wrong.one');
    writeFileSync(file, deflateSync(wrong));
    write('main.js', serves('main.one'));
    assert.deepEqual((await scan()).known['one.js'], ['service wrong.>', 'handler wrong.one']);
    write('one.js', other ?? '', new Date());
    assert.deepEqual((await scan()).known['one.js'], ['service other.>', 'handler other.one']);
    write('one.js', one ?? '', new Date());
    const asked = await scan(
      new WorkspaceScanner(loadLanguages, grammarFolder, '1'),
      request({ isFresh: true }),
    );
    assert.deepEqual(asked.known['one.js'], ['service first.>', 'handler first.one']);
  });

  it('finds with what was kept, however damaged, what it finds without', async () => {
    await scan();
    const whole = readFileSync(cacheFile);
    const damage = fc.oneof(
      fc.nat(whole.length - 1).map((at) => whole.subarray(0, at)),
      fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 })).map(([at, bits]) => {
        const changed = Buffer.from(whole);
        changed[at] = (changed[at] ?? 0) ^ bits;
        return changed;
      }),
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
      fc.string().map((text) => Buffer.concat([whole, Buffer.from(`${text}x`)])),
    );
    await fc.assert(
      fc.asyncProperty(damage, async (damaged) => {
        writeFileSync(cacheFile, damaged);
        const { known, parts } = await scan();
        assert.deepEqual(known, all);
        assert.ok(isFound(parts), 'damage was not noticed');
      }),
      { numRuns: 60 },
    );
  });
});
