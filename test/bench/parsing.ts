import { readFileSync } from 'node:fs';
import { languages } from '../../src/code/scanner/languages/index';
import { Grammars } from '../../src/code/scanner/outline/syntax';
import { grammarFolder } from '../unit/code/scanner/grammarFolder';

/** What the parser needs for the files, with everything that it loads: no scan can take less on one core. */
export async function parsing(files: readonly string[]): Promise<number> {
  const started = performance.now();
  const grammars = new Grammars(grammarFolder);
  for (const file of files) {
    const language = languages.of(file);
    if (!language) throw new Error(`${file} is in no language that is known`);
    await grammars.load([language.grammar.name]);
    grammars.parse(language.grammar.name, readFileSync(file, 'utf8'))?.delete();
  }
  return performance.now() - started;
}
