import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { projectRoot, temporaryFolder } from '../../host/cache';
import { run } from '../../host/processes';

describe('the bundle that an editor loads when it starts', function () {
  this.timeout(120_000);
  let bundle: string;

  before(async () => {
    const folder = await temporaryFolder('bundles-');
    await run(process.execPath, ['esbuild.mjs', '--production', '--outdir', folder.path], {
      cwd: projectRoot,
    });
    bundle = await readFile(path.join(folder.path, 'extension.js'), 'utf8');
    await folder.remove();
  });

  it('is at most 250 KB', () => {
    assert.ok(bundle.length <= 250_000, `${bundle.length} bytes`);
  });

  it('holds neither the NATS client nor what reads code', () => {
    assert.doesNotMatch(bundle, /nats\.ws|NATS\/1\.0|jirenius\/go-res/);
  });

  it('holds neither the picker nor what follows the developer’s work: most starts need none of them', () => {
    assert.doesNotMatch(bundle, /completes a part/);
    assert.doesNotMatch(bundle, /Reset on save of|RES auto paused|Checking the reset|is not reset/);
  });
});
