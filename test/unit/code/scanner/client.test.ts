import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { ScanError, ScannerClient } from '../../../../src/code/scanner/client/client';
import { silentLogger } from '../../../host/silentLogger';
import { grammarFolder } from './grammarFolder';

const service = (name: string): string =>
  `require('nats').connect().subscribe('get.${name}.books', () => {});\n`;

describe('the scanner client', () => {
  let folder: string;
  let workerFile: string;
  let client: ScannerClient;

  before(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'res-scanner-'));
    workerFile = path.join(folder, 'worker.js');
    const entryPoint = path.join(__dirname, '../../../../src/code/scanner/worker/worker.ts');
    await build({
      entryPoints: [entryPoint],
      outfile: workerFile,
      bundle: true,
      platform: 'node',
      logLevel: 'error',
    });
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  beforeEach(() => {
    client = new ScannerClient({ workerFile, grammarFolder, logger: silentLogger });
  });

  afterEach(() => {
    client.dispose();
  });

  it('finds facts in a text', async () => {
    const results = await client.apply([{ file: '/w/a.js', text: service('library') }]);
    assert.deepEqual(
      results.map(({ file, facts }) => [file, facts.map(({ pattern }) => pattern)]),
      [['/w/a.js', ['library.>', 'library.books']]],
    );
  });

  it('reads files from disk, and says why one was left out', async () => {
    const write = (name: string, content: string | Buffer): string => {
      const file = path.join(folder, name);
      writeFileSync(file, content);
      return file;
    };
    const files = [
      write('good.js', service('library')),
      write('latin1.js', Buffer.from(`// caf\xe9\n${service('library')}`, 'latin1')),
      write('oneLine.js', `${service('library').trim()} x = '${'y'.repeat(20_000_000)}'`),
      path.join(folder, 'missing.js'),
    ];
    const results = await client.apply(files.map((file) => ({ file, fromDisk: true })));
    assert.deepEqual(
      results.map(({ file, facts, notes }) => [path.basename(file), facts.length, notes?.length ?? 0]),
      [
        ['good.js', 2, 0],
        ['latin1.js', 2, 0],
        ['oneLine.js', 0, 1],
        ['missing.js', 0, 1],
      ],
    );
  });

  it('forgets a file that is removed', async () => {
    await client.apply([{ file: '/w/a.js', text: service('library') }]);
    assert.deepEqual(await client.apply([{ file: '/w/a.js', removed: true }]), [
      { file: '/w/a.js', facts: [] },
    ]);
  });

  it('answers nothing where nothing is new', async () => {
    const change = { file: '/w/a.js', text: service('library') };
    await client.apply([change]);
    assert.deepEqual(await client.apply([change]), []);
  });

  it('stops soon when it is told to, and hands over what it has', async () => {
    const cancel = new AbortController();
    const changes = Array.from({ length: 3000 }, (_, i) => ({ file: `/w/${i}.js`, text: service(`s${i}`) }));
    const request = client.apply(changes, cancel.signal);
    cancel.abort();
    const results = await request;
    assert.ok(results.length < changes.length, `${results.length}`);
  });

  it('tells by and by what a scan finds, and takes changes in meanwhile', async () => {
    const files = Array.from({ length: 3000 }, (_, i) => path.join(folder, 'many', `${i}.js`));
    mkdirSync(path.join(folder, 'many'));
    for (const [i, file] of files.entries())
      writeFileSync(file, i % 10 === 0 ? service(`s${i}`) : 'let x;\n');
    const listed: string[] = [];
    const found: string[] = [];
    let parts = 0;
    let edited: Promise<unknown> | undefined;
    let partsBefore = 0;
    await client.scan({ files }, (part) => {
      parts++;
      listed.push(...(part.listed ?? []));
      for (const result of part.results) found.push(result.file);
      if (part.results.length > 0)
        edited ??= client.apply([{ file: '/w/edited.js', text: service('edited') }]).then((results) => {
          partsBefore = parts;
          assert.equal(results[0]?.facts.length, 2);
        });
    });
    await edited;
    assert.deepEqual(listed, files);
    assert.equal(new Set(found).size, 300);
    assert.ok(partsBefore < parts, 'the change had to wait for the end of the scan');
  });

  it('rejects what is under way when it is disposed of', async () => {
    const request = client.apply([{ file: '/w/a.js', text: service('library') }]);
    client.dispose();
    await assert.rejects(request, ScanError);
  });

  it('rejects what comes after it was disposed of', async () => {
    client.dispose();
    await assert.rejects(client.apply([]), ScanError);
  });

  it('says that a scan failed where ripgrep can not be run, and goes on', async () => {
    const errors: string[] = [];
    const logger = { ...silentLogger, error: (text: string) => errors.push(text) };
    const careful = new ScannerClient({ workerFile, grammarFolder, logger });
    const search = {
      folder,
      endings: ['js'],
      excludes: [],
      followLinks: true,
      ignoreFiles: { inFolder: false, inParents: false, ofUser: false },
    };
    const ripgrep = path.join(folder, 'no-such-program');
    await assert.rejects(
      careful.scan({ searches: [search], ripgrep }, () => undefined),
      /The scanner failed: spawn .*ENOENT|The scanner failed: Error: spawn .*ENOENT/,
    );
    assert.equal((await careful.apply([{ file: '/w/a.js', text: service('library') }])).length, 1);
    assert.ok(errors.every((text) => !text.includes('broke down')));
    careful.dispose();
  });

  it('tries once more after the worker crashed, and then gives up', async () => {
    const crashing = path.join(folder, 'crashing.js');
    writeFileSync(
      crashing,
      `require('node:worker_threads').parentPort.on('message', () => process.exit(1));`,
    );
    const broken = new ScannerClient({ workerFile: crashing, grammarFolder, logger: silentLogger });
    await assert.rejects(broken.apply([{ file: '/w/a.js', text: '' }]), /The scanner stopped/);
    broken.dispose();
  });

  it('knows after a crash what it knew before', async () => {
    const flag = path.join(folder, 'crash');
    const worker = path.join(folder, 'crashOnce.js');
    writeFileSync(
      worker,
      `const { existsSync, rmSync } = require('node:fs');
       require('node:worker_threads').parentPort.on('message', () => {
         if (existsSync(${JSON.stringify(flag)})) { rmSync(${JSON.stringify(flag)}); process.exit(1); }
       });
       require(${JSON.stringify(workerFile)});`,
    );
    const files = ['prefix.js', 'uses.js'].map((name) => path.join(folder, name));
    const [prefix = '', uses = ''] = files;
    writeFileSync(prefix, `exports.name = 'library'; exports.nats = require('nats').connect();`);
    writeFileSync(
      uses,
      `const { name, nats } = require('./prefix');\nnats.subscribe('get.' + name + '.books');`,
    );
    const crashOnce = new ScannerClient({ workerFile: worker, grammarFolder, logger: silentLogger });
    await crashOnce.apply(files.map((file) => ({ file, fromDisk: true })));
    writeFileSync(flag, '');
    const text = `exports.name = 'shop'; exports.nats = require('nats').connect();`;
    const results = await crashOnce.apply([{ file: prefix, text }]);
    crashOnce.dispose();
    assert.deepEqual(
      results.find(({ file }) => file === uses)?.facts.map(({ pattern }) => pattern),
      ['shop.>', 'shop.books'],
    );
  });
});
