import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { languages } from '../../../../src/code/scanner/languages/index';

function grammarsFor(file: string): string[] {
  const language = languages.of(file);
  assert.ok(language, file);
  return languages.grammarsOf(language).sort();
}

describe('the languages', () => {
  it('need only the grammars of what a file holds or imports', () => {
    assert.deepEqual(grammarsFor('a.dart'), ['dart']);
    assert.deepEqual(grammarsFor('a.js'), ['javascript', 'tsx', 'typescript']);
    assert.deepEqual(grammarsFor('a.vue'), ['javascript', 'tsx', 'typescript', 'vue']);
  });

  it('have all their grammars in the package', () => {
    const build = readFileSync(path.join(__dirname, '../../../../grammars.mjs'), 'utf8');
    for (const { grammar } of languages.all) assert.ok(build.includes(`'tree-sitter-${grammar}'`), grammar);
  });
});
