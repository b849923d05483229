import assert from 'node:assert/strict';
import { languages } from '../../../../src/code/scanner/languages/index';
import { MissedImports } from '../../../../src/code/scanner/linking/missedImports';
import { emptyOutline } from '../../../../src/code/scanner/outline/outlineBuilder';
import { SourceFile } from '../../../../src/code/scanner/files/sourceFile';

describe('Imports that led nowhere', () => {
  const language = languages.of('a.ts');
  if (!language) throw new Error('TypeScript is not known');
  const looks: string[] = [];
  const files = new Set<string>();
  const missed = new MissedImports({
    isFile(path) {
      looks.push(path);
      return files.has(path);
    },
    filesIn: () => [],
    text: () => undefined,
  });

  it('are found when their file comes, and no others are looked for', () => {
    for (let index = 0; index < 500; index++) {
      const by = new SourceFile(`/w/${index}/a.ts`, language, emptyOutline());
      missed.add(`key ${index}`, './b', by);
    }
    looks.length = 0;
    assert.deepEqual(missed.takeFound(new Set(['/w/elsewhere/b.ts'])), []);
    assert.deepEqual(looks, []);
    files.add('/w/7/b.ts');
    assert.deepEqual(missed.takeFound(new Set(['/w/7/b.ts'])), ['key 7']);
    assert.ok(looks.length < 50, `looked at ${looks.join()}`);
    assert.deepEqual(missed.takeFound(new Set(['/w/7/b.ts'])), []);
  });
});
