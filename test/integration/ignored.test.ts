import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { commands } from 'vscode';
import { IndexProbe, sourceOf } from './indexProbe';
import { lensTitles, openSource, testFolder, writeSource } from './lensView';
import { setSettings } from './settings';

describe('A file that is ignored', function () {
  this.timeout(40_000);
  let probe: IndexProbe;
  const cleanUp: (() => unknown)[] = [];

  beforeEach(async () => {
    probe = await IndexProbe.open('one', 'two', 'three');
    await writeSource('src/one.js', sourceOf('one'));
    await writeSource('made/two.js', sourceOf('two'));
    await probe.untilKnown('one', 'two');
  });

  afterEach(async () => {
    await probe.close();
    for (const step of cleanUp.splice(0).reverse()) await step();
    for (const name of ['src', 'made', '.gitignore', '.ignore'])
      await rm(path.join(testFolder(), name), { recursive: true, force: true });
    await commands.executeCommand('res.rescanWorkspace');
  });

  it('counts no longer once an ignore file says so, and again when it does not, for files that come later too', async () => {
    await writeSource('.gitignore', 'made/\n');
    await probe.untilKnown('one');
    await writeSource('made/three.js', sourceOf('three'));
    await writeSource('made/two.js', sourceOf('three'));
    await writeSource('src/two.js', sourceOf('two'));
    await probe.untilKnown('one', 'two');
    await commands.executeCommand('res.rescanWorkspace');
    await probe.untilKnown('one', 'two');
    await writeSource('.ignore', '!made/\n');
    await probe.untilKnown('one', 'two', 'three');
    await rm(path.join(testFolder(), '.ignore'));
    await probe.untilKnown('one', 'two');
    await writeSource('.gitignore', 'src/two.js\n');
    await probe.untilKnown('one', 'three');
  });

  it('has lenses while it is open, and counts for nothing else', async () => {
    await writeSource('made/four.js', sourceOf('four'));
    const document = await openSource('made/four.js');
    const lenses = ['Reset access four.>', 'Reset access four.>'];
    assert.deepEqual(await lensTitles(document), lenses);
    const two = await openSource('made/two.js');
    await writeSource('.gitignore', '/made\n');
    await probe.untilKnown('one');
    assert.deepEqual(await lensTitles(document), lenses);
    assert.deepEqual(await lensTitles(two), ['Reset two.>', 'Reset access two.>']);
    await writeSource('.gitignore', '');
    await probe.untilKnown('one', 'two');
  });

  it('counts by the setting, whatever ignore files say', async () => {
    await writeSource('.gitignore', 'made/\n');
    await probe.untilKnown('one');
    cleanUp.push(await setSettings({ 'res.scan.useIgnoreFiles': 'never' }));
    await probe.untilKnown('one', 'two');
    await writeSource('made/two.js', sourceOf('three'));
    await probe.untilKnown('one', 'three');
    cleanUp.push(await setSettings({ 'res.scan.useIgnoreFiles': 'always', 'search.useIgnoreFiles': false }));
    await probe.untilKnown('one');
    cleanUp.push(await setSettings({ 'res.scan.useIgnoreFiles': 'search' }));
    await probe.untilKnown('one', 'three');
  });
});
