import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { build } from 'esbuild';
import { temporaryFolder } from '../host/cache';
import { astGrepIn } from './astGrep';
import { editing } from './editing';
import { atMost, comparedWith, type Figure, median, rounded } from './figure';
import { benchFirstLens } from './firstLens';
import { benchPackage } from './packageBench';
import { parsing } from './parsing';
import { type ScanRun, type Setting, forget, isKept, requestFor, scan } from './scanRun';
import { ripgrepProgram, searchWith } from './searching';
import { benchWorkspace } from './workspace';

const rounds = 5;
const ids = 100_000;

/** The pace of the scanner: first lenses, cold and warm starts, edits, and what the index costs the host. */
export async function benchIndex(): Promise<readonly Figure[]> {
  const temporary = await temporaryFolder('bench-');
  try {
    await build({
      entryPoints: {
        worker: path.join(import.meta.dirname, '../../src/code/scanner/worker/worker.ts'),
        parse: path.join(import.meta.dirname, 'parseWorker.ts'),
      },
      outdir: temporary.path,
      bundle: true,
      minify: true,
      platform: 'node',
    });
    const [workerFile, parseFile] = [
      path.join(temporary.path, 'worker.js'),
      path.join(temporary.path, 'parse.js'),
    ];
    const ripgrep = await ripgrepProgram();
    const set = { workerFile, cacheFile: path.join(temporary.path, 'facts'), ripgrep };
    const [small, large] = [await benchWorkspace(20_000, 200), await benchWorkspace(200_000, 2000)];
    const twice = await benchWorkspace(40_000, 400);
    const lens = (name: string, folder: string): Promise<Figure[]> =>
      benchFirstLens(name, folder, set, parseFile);
    return [
      ...(await lens('20,000 files', small)),
      ...(await lens('200,000 files', large)),
      ...(await starts('20,000 files', small, set, rounds)),
      ...(await starts('200,000 files', large, set, 1)),
      await growth(small, twice, set),
      ...(await editing('20,000 files', small, set)),
      ...(await editing('200,000 files', large, set)),
      ...(await benchPackage(workerFile)),
      await memory(),
    ];
  } finally {
    await temporary.remove();
  }
}

async function starts(name: string, folder: string, set: Setting, times: number): Promise<Figure[]> {
  const request = requestFor(folder, set);
  const peers: number[] = [];
  const cold: ScanRun[] = [];
  const warm: ScanRun[] = [];
  await searchWith(set.ripgrep, folder);
  for (let round = 0; round < times; round++) {
    peers.push(await searchWith(set.ripgrep, folder));
    await forget(set);
    cold.push(await scan(set.workerFile, request, () => isKept(set)));
    peers.push(await searchWith(set.ripgrep, folder));
    warm.push(await scan(set.workerFile, request));
  }
  const [{ count, files } = { count: 0, files: [] }] = cold;
  if ([...cold, ...warm].some((run) => run.count !== count)) throw new Error('Not all scans found the same');
  const peer = median(peers);
  const figure = (what: string, value: number): Figure => ({
    bench: 'index',
    figure: `${name}: ${what}`,
    value: rounded(value),
    unit: 'ms',
  });
  const of = (runs: readonly ScanRun[], what: 'facts' | 'all' | 'blocked'): number =>
    median(runs.map((run) => run[what]));
  const parse = await parsing(files);
  const all = of(cold, 'all');
  return [
    comparedWith(figure('cold', all), peer + parse, 'ripgrep and parsing alone', 3),
    comparedWith(figure('cold', all), await astGrepIn(folder), 'ast-grep', 0.2),
    comparedWith(figure('parsing alone, of the files with facts', parse), peer, 'ripgrep'),
    comparedWith(figure('warm, facts in the index', of(warm, 'facts')), peer, 'ripgrep', 0.5),
    comparedWith(figure('warm, every file checked, facts found again', of(warm, 'all')), peer, 'ripgrep'),
    atMost(figure('longest work of the host in one go, cold', of(cold, 'blocked')), 10),
    atMost(figure('longest work of the host in one go, warm', of(warm, 'blocked')), 10),
  ];
}

/** How the time of a cold scan grows with a workspace of the same kind and twice the files. */
async function growth(small: string, twice: string, set: Setting): Promise<Figure> {
  const cold = async (folder: string): Promise<number> => {
    await forget(set);
    return (await scan(set.workerFile, requestFor(folder, set))).all;
  };
  await cold(twice);
  const value = rounded((await cold(twice)) / (await cold(small)));
  return atMost(
    { bench: 'index', figure: '40,000 files: cold, compared with 20,000', value, unit: '×' },
    2.2,
  );
}

/** What the index holds of the host's memory, measured in a process with nothing else in it. */
async function memory(): Promise<Figure> {
  const child = fork(path.join(import.meta.dirname, 'indexMemory.ts'), [String(ids)], {
    execArgv: ['--expose-gc', '--import', 'tsx'],
  });
  const [value] = (await once(child, 'message')) as [number];
  return atMost({ bench: 'index', figure: `the index at ${ids} ids`, value: rounded(value), unit: 'MB' }, 60);
}
