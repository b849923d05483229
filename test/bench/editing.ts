import { WorkspaceIndex } from '../../src/code/index/workspaceIndex';
import { ScannerClient } from '../../src/code/scanner/client/client';
import { silentLogger } from '../host/silentLogger';
import { grammarFolder } from '../unit/code/scanner/grammarFolder';
import { atMost, type Figure, percentile, rounded } from './figure';
import { requestFor, type Setting } from './scanRun';
import { serviceFiles } from './serviceFile';

const edits = 200;

/** A key typed at a place of its own in a file of 1,000 lines of a workspace, until its facts are in the index. */
export async function editing(name: string, folder: string, set: Setting): Promise<Figure[]> {
  const client = new ScannerClient({ workerFile: set.workerFile, grammarFolder, logger: silentLogger });
  const index = new WorkspaceIndex();
  await client.scan(requestFor(folder, set), ({ results }) => {
    index.update(results);
  });
  const figures: Figure[] = [];
  for (const linesOfFunction of [50, 1000]) {
    for (const { language, file, text, typed } of serviceFiles(linesOfFunction)) {
      index.update(await client.apply([{ file, text }]));
      const times: number[] = [];
      for (let edit = 0; edit < edits; edit++) {
        const next = typed(edit);
        const started = performance.now();
        index.update(await client.apply([{ file, text: next.text }]));
        times.push(performance.now() - started);
        if (!index.factsOf(file).some(({ pattern }) => pattern === next.pattern))
          throw new Error(`${next.pattern} was not found after the edit`);
      }
      const what = `edit of 1,000 lines of ${language}, functions of ${linesOfFunction}, 95th percentile`;
      const value = rounded(percentile(times, 95));
      figures.push(atMost({ bench: 'index', figure: `${name}: ${what}`, value, unit: 'ms' }, 50));
    }
  }
  client.dispose();
  return figures;
}
