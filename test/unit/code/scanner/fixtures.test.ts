import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { sourceFiles } from '../../../../src/code/scanner/files/files';
import { languages } from '../../../../src/code/scanner/languages/index';
import { Scanner } from '../../../../src/code/scanner/scanner';
import { describeFact, expectedFacts } from './marks';
import { grammarFolder } from './grammarFolder';

const fixtures = path.join(__dirname, 'fixtures');

/** Each file or folder in a language's folder is a workspace of its own. */
for (const language of readdirSync(fixtures)) {
  describe(`the facts of the ${language} fixture`, () => {
    for (const name of readdirSync(path.join(fixtures, language))) {
      it(name, async () => {
        const top = path.join(fixtures, language, name);
        const files = path.extname(name) === '' ? sourceFiles(top, languages) : [top];
        const results = await new Scanner(languages, grammarFolder).apply(
          files.map((file) => ({ file, fromDisk: true })),
        );
        for (const file of files) {
          const found = results.find((result) => result.file === file)?.facts ?? [];
          const expected = expectedFacts(readFileSync(file, 'utf8'));
          assert.deepEqual(found.map(describeFact).sort(), expected, path.relative(fixtures, file));
        }
      });
    }
  });
}
