import { rm } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { ScannerClient, type ScanRequest } from '../../src/code/scanner/client/client';
import { silentLogger } from '../host/silentLogger';
import { grammarFolder } from '../unit/code/scanner/grammarFolder';
import { comparedWith, type Figure, median, rounded } from './figure';
import { serviceFiles } from './serviceFile';

const rounds = 3;

/**
 * How long the file in front of a person waits for its facts when a window opens: from the start of the worker, with a scan
 * of a workspace asked for before, and nothing kept. Its peer is a worker that has nothing else to do, with the parse of
 * that file.
 */
export async function benchFirstLens(
  name: string,
  workerFile: string,
  request: ScanRequest,
  kept: readonly string[],
  parsing: (file: string, text: string) => Promise<number>,
): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { language, file, text } of serviceFiles(50)) {
    const values: number[] = [];
    const peers: number[] = [];
    for (let round = 0; round < rounds; round++) {
      for (const one of kept) await rm(one, { recursive: true, force: true });
      // An empty file loads the grammar, as the one to compare with has to.
      peers.push((await untilApplied(workerFile, file, '\n')) + (await parsing(file, text)));
      values.push(await untilApplied(workerFile, file, text, request));
    }
    const value = rounded(median(values));
    const figure = `${name}: first lens, 1,000 lines of ${language}`;
    figures.push(
      comparedWith(
        { bench: 'index', figure, value, unit: 'ms' },
        median(peers),
        'worker’s start and parse',
        1.5,
      ),
    );
  }
  return figures;
}

async function untilApplied(
  workerFile: string,
  file: string,
  text: string,
  request?: ScanRequest,
): Promise<number> {
  const started = performance.now();
  const client = new ScannerClient({ workerFile, grammarFolder, logger: silentLogger });
  const scanning = request && client.scan(request, () => {});
  const results = await client.apply([{ file, text }]);
  const time = performance.now() - started;
  if (text !== '\n' && !results.some(({ facts }) => facts.length > 0))
    throw new Error(`Nothing was found in ${file}`);
  await scanning;
  client.dispose();
  return time;
}
