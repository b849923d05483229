import assert from 'node:assert/strict';
import { editorLanguages } from '../../../../src/code/scanner/languages/data';
import { languages } from '../../../../src/code/scanner/languages/index';
import { libraries } from '../../../../src/code/scanner/libraries/index';

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

  it('tell the editor’s host how the names of their files end, and what the editor calls their languages', () => {
    const expected = {
      go: 'go',
      jsx: 'javascriptreact',
      cts: 'typescript',
      tsx: 'typescriptreact',
      htm: 'html',
    };
    for (const [end, name] of Object.entries(expected)) assert.equal(editorLanguages[end], name, end);
  });

  it('have each a library, and no library is of a family that there is not', () => {
    const families = new Set(languages.all.map(({ family }) => family));
    assert.deepEqual(new Set(libraries.map(({ family }) => family)), families);
  });
});
