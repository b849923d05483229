/** What a first lens is compared with: a thread that loads what the scanner's does, and parses one text. */
import { parentPort, workerData } from 'node:worker_threads';
import type { GrammarFolder } from '../../src/code/scanner/outline/syntax';

/** What the thread is started with. */
export interface ParseData {
  readonly grammarFolder: GrammarFolder;
  readonly file: string;
  readonly text: string;
}

async function parse({ grammarFolder, file, text }: ParseData): Promise<void> {
  const [{ Grammars }, { languages }] = await Promise.all([
    import('../../src/code/scanner/outline/syntax'),
    import('../../src/code/scanner/languages/index'),
    import('../../src/code/scanner/scanner'),
  ]);
  const language = languages.of(file);
  if (!language) throw new Error(`${file} is in no language that is known`);
  const grammars = new Grammars(grammarFolder);
  await grammars.load([language.grammar.name]);
  grammars.parse(language.grammar.name, text)?.delete();
  parentPort?.postMessage('parsed');
}

void parse(workerData as ParseData);
