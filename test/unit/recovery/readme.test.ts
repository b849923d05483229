import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../host/cache';

const read = (file: string): string => readFileSync(path.join(projectRoot, file), 'utf8');

describe('the README’s example for other extensions', () => {
  it('is the one that a test runs', () => {
    const example = read('test/integration/apiExample.ts').replace(/'[./]*\/src\/recovery\//, "'./");
    assert.ok(read('README.md').includes(example.trimEnd()));
  });

  it('uses types that stand for themselves', () => {
    assert.doesNotMatch(read('src/recovery/extensionApi.ts'), /^import/m);
  });
});
