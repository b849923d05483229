import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { commands } from 'vscode';
import { extensionLog } from './editorData';
import { IndexProbe, sourceOf } from './indexProbe';
import { edit, lensTitles, openSource, revertAndClose, testFolder, writeSource } from './lensView';
import { setSettings } from './settings';
import { until } from './until';

describe('A file that can not be scanned', function () {
  this.timeout(40_000);
  let probe: IndexProbe;
  const cleanUp: (() => unknown)[] = [];
  const at = (file: string): string => path.join(testFolder(), 'odd', file);

  beforeEach(async () => {
    probe = await IndexProbe.open('one', 'two', 'bad');
  });

  afterEach(async () => {
    await probe.close();
    for (const step of cleanUp.splice(0).reverse()) await step();
    await rm(at(''), { recursive: true, force: true });
    await commands.executeCommand('res.rescanWorkspace');
  });

  /** The log says so, and what is beside the file is found: both as it appears and by a scan of everything. */
  const isLeftOut = async (file: string, why: RegExp): Promise<void> => {
    await writeSource('odd/one.js', sourceOf('one'));
    await probe.untilKnown('one');
    await commands.executeCommand('res.rescanWorkspace');
    await writeSource('odd/two.js', sourceOf('two'));
    await probe.untilKnown('one', 'two');
    await until(
      async () =>
        (await extensionLog()).split('\n').some((line) => line.includes(file) && why.test(line))
          ? true
          : undefined,
      () => `${why.source} about ${file} in the log`,
    );
  };

  it('because it has 20 MB on one line is left out', async () => {
    const text = `${sourceOf('bad').replaceAll('\n', ';')}const x = "${'x'.repeat(20 * 1024 * 1024)}";`;
    await writeSource('odd/huge.js', text);
    await isLeftOut('huge.js', /bytes are more than the 1048576/);
  });

  it('because it has 20 MB on one line is left out when it is opened and edited, too', async () => {
    const text = `const x = "${'x'.repeat(20 * 1024 * 1024)}";${sourceOf('bad').replaceAll('\n', ';')}`;
    await writeSource('odd/opened.js', text);
    const document = await openSource('odd/opened.js');
    assert.deepEqual(await lensTitles(document), []);
    await edit(document, 'const x', 'const y');
    await isLeftOut('opened.js', /more than the 1048576/);
  });

  it('because it is binary is left out', async () => {
    const noise = Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 197) % 256));
    await writeSource(
      'odd/program.go',
      Buffer.concat([noise, Buffer.from('github.com/jirenius/go-res'), noise]),
    );
    await isLeftOut('program.go', /is not UTF-8/);
  });

  it('because it can not be read is left out', async () => {
    await writeSource('odd/here.txt', '');
    // Readable by its permissions, and still not readable, even for an administrator.
    await symlink('/proc/self/mem', at('memory.go'));
    await isLeftOut('memory.go', /cannot be read/);
  });

  it('because it is no file but a pipe that nobody writes to does not stop anything', async () => {
    await writeSource('odd/here.txt', '');
    await promisify(execFile)('mkfifo', [at('pipe.js')]);
    await writeSource('odd/one.js', sourceOf('one'));
    await probe.untilKnown('one');
    const document = await openSource('odd/one.js');
    await commands.executeCommand('res.rescanWorkspace');
    await edit(document, 'access.one', 'access.two');
    await probe.untilKnown('two');
    await revertAndClose(document);
  });

  it('because links lead around in a circle does not stop anything', async () => {
    await writeSource('odd/deep/here.txt', '');
    await symlink(at(''), at('deep/up'));
    await symlink(at('self.go'), at('self.go'));
    await symlink(at('nowhere.js'), at('gone.js'));
    await writeSource('odd/one.js', sourceOf('one'));
    await probe.untilKnown('one');
    await commands.executeCommand('res.rescanWorkspace');
    await writeSource('odd/two.js', sourceOf('two'));
    await probe.untilKnown('one', 'two');
    await rm(at('deep/up'));
    await rm(at('one.js'));
    await probe.untilKnown('two');
  });

  it('because of the size that is set can be scanned once more is allowed, and no longer when less is', async () => {
    const padded = (name: string, kib: number): string => `${sourceOf(name)}// ${'x'.repeat(kib * 1024)}\n`;
    await writeSource('odd/one.js', padded('one', 1500));
    await writeSource('odd/two.js', padded('two', 20));
    await probe.untilKnown('two');
    const document = await openSource('odd/one.js');
    assert.deepEqual(await lensTitles(document), []);
    const restore = await setSettings({ 'res.scan.maxFileSize': 2048 });
    cleanUp.push(restore);
    await probe.untilKnown('one', 'two');
    assert.deepEqual(await lensTitles(document), ['Reset one.>', 'Reset access one.>']);
    cleanUp.push(await setSettings({ 'res.scan.maxFileSize': 10 }));
    await probe.untilKnown();
    await until(
      async () => ((await extensionLog()).includes('more than the 10240 that are read') ? true : undefined),
      () => 'the size that is set in the log',
    );
  });
});
