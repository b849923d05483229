import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const root = path.join(__dirname, '../../../..');
const args = ['--import', 'tsx', 'src/code/scanner/cli.ts'];

describe('the scan command', function () {
  // Each run starts a process of its own.
  this.timeout(30_000);
  let folder: string;

  before(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'res-scan-'));
    const text = `const nc = require('nats').connect();\nnc.subscribe('get.library.book.*');\nnc.subscribe(\`get.\${x()}.y\`);\n`;
    for (const name of ['b', 'a', 'node_modules', '.hidden']) {
      mkdirSync(path.join(folder, name));
      writeFileSync(path.join(folder, name, 'main.js'), text);
    }
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  it('prints one fact a line, by file, line and column, with the keys in their order', () => {
    const output = execFileSync(process.execPath, [...args, folder], { cwd: root, encoding: 'utf8' });
    const expected = ['a/main.js', 'b/main.js'].flatMap((file) => {
      const end = { language: 'javascript', library: 'nats' };
      const known = { service: 'library', file, line: 2, column: 14, ...end };
      return [
        { kind: 'service', pattern: 'library.>', ...known },
        { kind: 'handler', pattern: 'library.book.*', ...known },
        { kind: 'unresolved', pattern: '?.y', file, line: 3, column: 14, ...end },
      ];
    });
    assert.equal(output, expected.map((fact) => `${JSON.stringify(fact)}\n`).join(''));
  });

  it('knows no names of the settings', () => {
    const named = path.join(folder, 'named');
    mkdirSync(path.join(named, '.vscode'), { recursive: true });
    writeFileSync(
      path.join(named, '.vscode/settings.json'),
      '{ "res.serviceNames": [{ "env": "NAME", "name": "library" }] }',
    );
    writeFileSync(
      path.join(named, 'main.js'),
      "const nc = require('nats').connect();\nnc.subscribe('get.' + process.env.NAME + '.books');\nnc.subscribe('access.x.>');\n",
    );
    const output = execFileSync(process.execPath, [...args, named], { cwd: root, encoding: 'utf8' });
    rmSync(named, { recursive: true });
    const facts = output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { kind: string; pattern: string });
    assert.deepEqual(
      facts.filter(({ kind }) => kind === 'unresolved').map(({ pattern }) => pattern),
      ['?.>', '?.books'],
    );
    assert.ok(!output.includes('library.'));
  });

  it('says what is wrong with a folder that is not there', () => {
    const missing = path.join(folder, 'missing');
    const { status, stdout, stderr } = spawnSync(process.execPath, [...args, missing], {
      cwd: root,
      encoding: 'utf8',
    });
    assert.deepEqual([status, stdout], [1, '']);
    assert.match(stderr, /missing is no folder\. Name a folder/);
  });
});
