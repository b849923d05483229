import assert from 'node:assert/strict';
import { languageOf } from '../../../src/scanner/languages/index';
import { MissedImports } from '../../../src/scanner/missedImports';
import { emptyOutline } from '../../../src/scanner/outlineBuilder';
import { SourceFile } from '../../../src/scanner/sourceFile';

describe('Imports that led nowhere', () => {
  const language = languageOf('a.ts');
  if (!language) throw new Error('TypeScript is not known');
  let looks = 0;
  const files = new Set<string>();
  const missed = new MissedImports({
    isFile(path) {
      looks++;
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
    looks = 0;
    assert.deepEqual(missed.takeFound(new Set(['/w/elsewhere/b.ts'])), []);
    assert.equal(looks, 0);
    files.add('/w/7/b.ts');
    assert.deepEqual(missed.takeFound(new Set(['/w/7/b.ts'])), ['key 7']);
    assert.ok(looks < 50, `looked ${looks} times`);
    assert.deepEqual(missed.takeFound(new Set(['/w/7/b.ts'])), []);
  });
});
