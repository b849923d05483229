import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import { ScannerClient } from '../../src/code/scanner/client/client';
import { silentLogger } from '../host/silentLogger';
import { grammarFolder } from '../unit/code/scanner/grammarFolder';
import { comparedWith, type Figure, median, rounded } from './figure';
import type { ParseData } from './parseWorker';
import { forget, requestFor, type Setting } from './scanRun';
import { serviceFiles } from './serviceFile';

const rounds = 9;

/**
 * How long the file in front of a person waits for its facts when a window opens: from the start of the worker, with a scan
 * of its workspace, and nothing kept. Its peer is a thread that starts with the same code and does nothing but parse the file.
 */
export async function benchFirstLens(
  name: string,
  folder: string,
  set: Setting,
  parseFile: string,
): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { language, file, text } of serviceFiles(50)) {
    const values: number[] = [];
    const peers: number[] = [];
    for (let round = 0; round < rounds; round++) {
      await forget(set);
      peers.push(await parsed(parseFile, { grammarFolder, file, text }));
      values.push(await firstFacts(folder, set, file, text));
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

async function parsed(parseFile: string, data: ParseData): Promise<number> {
  const started = performance.now();
  const worker = new Worker(parseFile, { workerData: data, execArgv: [] });
  await once(worker, 'message');
  const time = performance.now() - started;
  await worker.terminate();
  return time;
}

/** Ends when the facts are there: the rest of the scan is another figure. */
async function firstFacts(folder: string, set: Setting, file: string, text: string): Promise<number> {
  const started = performance.now();
  const client = new ScannerClient({ workerFile: set.workerFile, grammarFolder, logger: silentLogger });
  try {
    return await new Promise((resolve, reject) => {
      const request = { ...requestFor(folder, set), open: [{ file, text }] };
      client
        .scan(request, ({ results }) => {
          if (results.some((each) => each.file === file && each.facts.length > 0))
            resolve(performance.now() - started);
        })
        .then(() => {
          reject(new Error(`Nothing was found in ${file}`));
        }, reject);
    });
  } finally {
    client.dispose();
  }
}
