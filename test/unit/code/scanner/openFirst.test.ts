import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { type Server, type Socket, createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { ScannerClient } from '../../../../src/code/scanner/client/client';
import type { FileResult, ScanRequest } from '../../../../src/code/scanner/client/messages';
import type { Search } from '../../../../src/code/scanner/files/ripgrep';
import { sourceFiles } from '../../../../src/code/scanner/files/files';
import { languages } from '../../../../src/code/scanner/languages/index';
import { WorkspaceScanner } from '../../../../src/code/scanner/worker/workspaceScanner';
import { silentLogger } from '../../../host/silentLogger';
import { grammarFolder, loadLanguages } from './grammarFolder';

const nats = `const { connect } = require('nats');\n`;
const own = `${nats}connect().subscribe('get.library.books', () => {});\n`;
const facts = ['service library.>', 'handler library.books'];

const searchOf = (folder: string): Search => ({
  folder,
  endings: ['js'],
  excludes: [],
  followLinks: true,
  ignoreFiles: { inFolder: false, inParents: false, ofUser: false },
});

/** Code in which a function is given its connection; who calls it decides what it does. */
const given = (rest: string): string =>
  `${nats}function serve(nc) {\n  nc.subscribe('get.library.books', () => {});\n}\n${rest}\n`;

describe('Files in editors, while a workspace is scanned', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'res-open-'));
    write('plain.js', 'console.log(1);\n');
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function write(name: string, text: string): string {
    const file = path.join(folder, name);
    writeFileSync(file, text);
    utimesSync(file, new Date('2026-01-01T00:00:00.5Z'), new Date('2026-01-01T00:00:00.5Z'));
    return file;
  }

  /** What is told of a file step by step, as long as it is something else. */
  async function told(
    file: string,
    text: string,
    more: Partial<ScanRequest> = {},
    scanner = new WorkspaceScanner(loadLanguages, grammarFolder, '1'),
  ): Promise<{ first: string[] | undefined; last: string[]; isEarly: boolean }> {
    const all: string[][] = [];
    let [isEarly, isListed] = [false, false];
    const request = { files: sourceFiles(folder, languages), ...more, open: [{ file, text }] };
    for await (const { results, listed } of scanner.scan(request, () => false)) {
      isListed ||= listed !== undefined;
      for (const result of results.filter((each) => each.file === file)) all.push(namesOf(result));
      isEarly ||= !isListed && all.length > 0;
    }
    return { first: all[0], last: all.at(-1) ?? [], isEarly };
  }

  const namesOf = ({ facts: all }: FileResult): string[] =>
    all.map(({ kind, pattern }) => `${kind} ${pattern}`);

  it('come first: what needs no other file is told before any is looked for', async () => {
    const scanner = new WorkspaceScanner(loadLanguages, grammarFolder, '1');
    const search = searchOf(folder);
    const steps = scanner.scan(
      {
        searches: [search],
        ripgrep: '/no/such/program',
        open: [{ file: path.join(folder, 'a.js'), text: own }],
      },
      () => false,
    );
    const step = await steps.next();
    assert.deepEqual(step.done ? [] : step.value.results.map(namesOf), [facts]);
    await assert.rejects(async () => {
      while (!(await steps.next()).done);
    }, /ENOENT/);
  });

  const alone: [what: string, text: string][] = [
    ['that only the file itself can call', 'serve(connect());'],
    ['that is nested in such a one', 'function main() {\n  serve(connect());\n}\nmain();'],
  ];
  for (const [what, rest] of alone) {
    it(`are told at once of a function ${what}`, async () => {
      assert.deepEqual(await told(path.join(folder, 'a.js'), given(rest)), {
        first: facts,
        last: facts,
        isEarly: true,
      });
    });
  }

  const shared: [what: string, rest: string][] = [
    ['exported', 'exports.serve = serve;'],
    ['exported by its module', 'export { serve };'],
    ['exported under another name', 'export { serve as start };'],
    ['exported in an object', 'module.exports = { serve };'],
    ['returned', 'export const get = () => serve;'],
    ['kept by another module', `require('./registry').add({ serve });`],
    ['written to an object of another module', `require('./registry').serve = serve;`],
  ];
  for (const [what, rest] of shared) {
    it(`are told when all is known of a function that is ${what}`, async () => {
      const { isEarly } = await told(path.join(folder, 'a.js'), given(`serve(connect());\n${rest}`));
      assert.equal(isEarly, false);
    });
  }

  it('are told when all is known, where another file gives a name', async () => {
    write('main.js', `const { serve } = require('./a');\nserve('library');\n// nats\n`);
    const text = `${nats}exports.serve = (name) => connect().subscribe('get.' + name + '.books', () => {});\n`;
    assert.deepEqual(await told(write('a.js', text), text), { first: facts, last: facts, isEarly: false });
  });

  it('are told at once of a function of Go that only its package can call', async () => {
    const go = (name: string): string =>
      `package main\n\nimport "github.com/jirenius/go-res"\n\nfunc ${name}(s *res.Service) {\n\ts.Handle("books", res.GetModel(get))\n}\n`;
    const main = (name: string): string =>
      `package main\n\nimport "github.com/jirenius/go-res"\n\nfunc main() {\n\t${name}(res.NewService("library"))\n}\n`;
    write('main.go', main('serve'));
    const early = await told(write('books.go', go('serve')), go('serve'));
    assert.deepEqual(early, {
      first: ['handler library.books'],
      last: ['handler library.books'],
      isEarly: true,
    });
    write('main.go', main('Serve'));
    const late = await told(path.join(folder, 'books.go'), go('Serve'));
    assert.deepEqual(late, {
      first: ['handler library.books'],
      last: ['handler library.books'],
      isEarly: false,
    });
  });

  it('are told at once as they were kept, where they are as they were', async () => {
    write('main.js', `const { serve } = require('./a');\nserve('library');\n// nats\n`);
    const text = `${nats}exports.serve = (name) => connect().subscribe('get.' + name + '.books', () => {});\n`;
    const file = write('a.js', text);
    const cacheFile = path.join(folder, '.facts');
    await told(path.join(folder, 'other.js'), '', { cacheFile });
    assert.deepEqual(await told(file, text, { cacheFile }), { first: facts, last: facts, isEarly: true });
    assert.equal((await told(file, `${text}\n`, { cacheFile })).isEarly, false);
  });

  it('withdraw what was kept of a text that is edited before all is known', async () => {
    write('main.js', `const { serve } = require('./a');\nserve('library');\n// nats\n`);
    const text = `${nats}exports.serve = (name) => connect().subscribe('get.' + name + '.books', () => {});\n`;
    const file = write('a.js', text);
    const cacheFile = path.join(folder, '.facts');
    await told(path.join(folder, 'other.js'), '', { cacheFile });
    const scanner = new WorkspaceScanner(loadLanguages, grammarFolder, '1');
    const request = { files: sourceFiles(folder, languages), cacheFile, open: [{ file, text }] };
    const seen: string[][] = [];
    for await (const { results, isWhole } of scanner.scan(request, () => false)) {
      const more = isWhole && seen.length === 1 ? await scanner.apply([{ file, text: `\n${text}` }]) : [];
      for (const result of [...results, ...more]) if (result.file === file) seen.push(namesOf(result));
    }
    assert.deepEqual(seen, [facts, [], facts]);
  });

  describe('with a search that takes long', () => {
    let gate: Server;
    let isOpen: boolean;
    const held: Socket[] = [];

    beforeEach(async () => {
      isOpen = false;
      gate = createServer((socket) => {
        if (isOpen) socket.destroy();
        else held.push(socket);
      });
      await new Promise<void>((resolve) => gate.listen(path.join(folder, 'gate'), resolve));
    });

    afterEach(() => {
      release();
      gate.close();
    });

    function release(): void {
      isOpen = true;
      for (const socket of held.splice(0)) socket.destroy();
    }

    it('do not wait for it, whenever they are opened', async () => {
      const workerFile = path.join(folder, 'worker.cjs');
      await build({
        entryPoints: [path.join(import.meta.dirname, '../../../../src/code/scanner/worker/worker.ts')],
        outfile: workerFile,
        bundle: true,
        platform: 'node',
      });
      const ripgrep = path.join(folder, 'rg');
      const connects = `require('net').connect(${JSON.stringify(path.join(folder, 'gate'))})`;
      writeFileSync(
        ripgrep,
        `#!${process.execPath}\n${connects}.on('error', () => {}).on('close', () => process.exit(1));\n`,
      );
      chmodSync(ripgrep, 0o755);
      const client = new ScannerClient({ workerFile, grammarFolder, logger: silentLogger });
      const search = searchOf(folder);
      let isDone = false;
      const scanning = client
        .scan({ searches: [search], ripgrep }, () => undefined)
        .then(() => (isDone = true));
      const results = await client.apply([{ file: path.join(folder, 'a.js'), text: own }]);
      assert.deepEqual(results.map(namesOf), [facts]);
      assert.equal(isDone, false);
      release();
      await scanning;
      client.dispose();
    });
  });
});
