import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { build } from 'esbuild';
import { WorkspaceIndex } from '../../src/code/index/workspaceIndex';
import { ScannerClient, type ScanRequest } from '../../src/code/scanner/client/client';
import { languages } from '../../src/code/scanner/languages/index';
import { ripgrepIn, type Search } from '../../src/code/scanner/files/ripgrep';
import { sourceExtensions } from '../../src/code/scanner/files/sourceExtensions';
import { Grammars } from '../../src/code/scanner/outline/syntax';
import { silentLogger } from '../host/silentLogger';
import { temporaryFolder } from '../host/cache';
import { grammarFolder } from '../unit/code/scanner/grammarFolder';
import { findProgram } from '../host/machine';
import { installVsCode } from '../host/vscodeInstall';
import { atMost, comparedWith, type Figure, median, percentile, rounded } from './figure';
import { HostWork } from './hostWork';
import { astGrepIn } from './astGrep';
import { benchFirstLens } from './firstLens';
import { benchPackage } from './packageBench';
import { serviceFiles } from './serviceFile';
import { benchWorkspace } from './workspace';

const rounds = 5;
const edits = 200;
const ids = 100_000;

/** What one scan of a workspace took, in milliseconds. */
interface ScanRun {
  /** Until all facts were in the index. */
  readonly facts: number;
  /** Until every file was checked, and all facts found again. */
  readonly all: number;
  readonly blocked: number;
  readonly count: number;
  readonly files: readonly string[];
}

/** The pace of the scanner: first lenses, cold and warm starts, edits, and what the index costs the host. */
export async function benchIndex(): Promise<readonly Figure[]> {
  const temporary = await temporaryFolder('bench-');
  try {
    const workerFile = path.join(temporary.path, 'worker.js');
    const entryPoint = path.join(import.meta.dirname, '../../src/code/scanner/worker/worker.ts');
    await build({
      entryPoints: [entryPoint],
      outfile: workerFile,
      bundle: true,
      minify: true,
      platform: 'node',
    });
    const ripgrep = await ripgrepProgram();
    const set = { workerFile, cacheFile: path.join(temporary.path, 'facts'), ripgrep };
    const [small, large] = [await benchWorkspace(20_000, 200), await benchWorkspace(200_000, 2000)];
    const twice = await benchWorkspace(40_000, 400);
    const lens = (name: string, folder: string): Promise<Figure[]> =>
      benchFirstLens(name, workerFile, requestFor(folder, set), [set.cacheFile, outlinesOf(set)], parsingOf);
    return [
      ...(await lens('20,000 files', small)),
      ...(await lens('200,000 files', large)),
      ...(await starts('20,000 files', small, set, rounds)),
      ...(await starts('200,000 files', large, set, 1)),
      await growth(small, twice, set),
      ...(await editing('20,000 files', small, set)),
      ...(await editing('200,000 files', large, set)),
      ...(await benchPackage(workerFile, parsing)),
      await memory(),
    ];
  } finally {
    await temporary.remove();
  }
}

interface Setting {
  readonly workerFile: string;
  readonly cacheFile: string;
  readonly ripgrep: string;
}

function requestFor(folder: string, { ripgrep, cacheFile }: Setting): ScanRequest {
  const search: Search = {
    folder,
    endings: sourceExtensions,
    excludes: [],
    followLinks: true,
    ignoreFiles: { inFolder: true, inParents: false, ofUser: false },
  };
  return { searches: [search], ripgrep, cacheFile };
}

async function starts(name: string, folder: string, set: Setting, times: number): Promise<Figure[]> {
  const request = requestFor(folder, set);
  const peers: number[] = [];
  const cold: ScanRun[] = [];
  const warm: ScanRun[] = [];
  await searchWith(set.ripgrep, folder);
  for (let round = 0; round < times; round++) {
    peers.push(await searchWith(set.ripgrep, folder));
    for (const kept of [set.cacheFile, outlinesOf(set)]) await rm(kept, { recursive: true, force: true });
    cold.push(await scan(set.workerFile, request, () => isKept(outlinesOf(set))));
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
    for (const kept of [set.cacheFile, outlinesOf(set)]) await rm(kept, { recursive: true, force: true });
    return (await scan(set.workerFile, requestFor(folder, set))).all;
  };
  await cold(twice);
  const value = rounded((await cold(twice)) / (await cold(small)));
  return atMost(
    { bench: 'index', figure: '40,000 files: cold, compared with 20,000', value, unit: '×' },
    2.2,
  );
}

function outlinesOf({ cacheFile }: Setting): string {
  return `${cacheFile}.outlines`;
}

/** Resolves when nothing more is written to a folder: a moment after the scan, what was read is kept. */
async function isKept(folder: string): Promise<void> {
  const count = async (): Promise<number> => (existsSync(folder) ? (await readdir(folder)).length : 0);
  for (let before = 0, now = -1; before === 0 || now !== before; now = await count()) {
    before = await count();
    await wait(1000);
  }
}

/** One scan as the extension makes it, with a worker that was not there before; it stays until `end`. */
async function scan(workerFile: string, request: ScanRequest, end?: () => Promise<void>): Promise<ScanRun> {
  const index = new WorkspaceIndex();
  const client = new ScannerClient({ workerFile, grammarFolder, logger: silentLogger });
  const work = new HostWork();
  const started = performance.now();
  let facts = 0;
  await client.scan(request, ({ results }) => {
    if (results.length === 0) return;
    index.update(results);
    facts = performance.now() - started;
  });
  const all = performance.now() - started;
  const blocked = work.stop();
  await end?.();
  client.dispose();
  let count = 0;
  for (const file of index.files()) count += index.factsOf(file).length;
  return { facts, all, blocked, count, files: [...index.files()] };
}

/** What the parser needs for the files, with everything that it loads: no scan can take less on one core. */
async function parsing(files: readonly string[]): Promise<number> {
  const started = performance.now();
  const grammars = new Grammars(grammarFolder);
  for (const file of files) {
    const language = languages.of(file);
    if (!language) throw new Error(`${file} is in no language that is known`);
    await grammars.load([language.grammar]);
    grammars.parse(language.grammar, readFileSync(file, 'utf8'))?.delete();
  }
  return performance.now() - started;
}

async function parsingOf(file: string, text: string): Promise<number> {
  const language = languages.of(file);
  if (!language) throw new Error(`${file} is in no language that is known`);
  const grammars = new Grammars(grammarFolder);
  await grammars.load([language.grammar]);
  const started = performance.now();
  grammars.parse(language.grammar, text)?.delete();
  return performance.now() - started;
}

/** The same files searched for the same literals, by ripgrep alone. */
async function searchWith(ripgrep: string, folder: string): Promise<number> {
  const literals = languages.sieve;
  const started = performance.now();
  const child = spawn(
    ripgrep,
    [
      ...['--no-config', '--no-ignore', '--hidden', '--files-with-matches', '--fixed-strings'],
      ...[
        '-g',
        `*.{${sourceExtensions.join(',')}}`,
        ...literals.flatMap((literal) => ['-e', literal]),
        folder,
      ],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  child.stdout.resume();
  await once(child, 'close');
  return performance.now() - started;
}

async function ripgrepProgram(): Promise<string> {
  const found = findProgram('rg');
  if (found !== undefined) return found;
  const { server } = await installVsCode();
  const own = ripgrepIn(path.resolve(path.dirname(server), '..'));
  if (own === undefined) throw new Error('There is no ripgrep: install it, then try again.');
  return own;
}

/** A key typed at a place of its own in a file of 1,000 lines of a workspace, until its facts are in the index. */
async function editing(name: string, folder: string, set: Setting): Promise<Figure[]> {
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

/** What the index holds of the host's memory, measured in a process with nothing else in it. */
async function memory(): Promise<Figure> {
  const child = fork(path.join(import.meta.dirname, 'indexMemory.ts'), [String(ids)], {
    execArgv: ['--expose-gc', '--import', 'tsx'],
  });
  const [value] = (await once(child, 'message')) as [number];
  return atMost({ bench: 'index', figure: `the index at ${ids} ids`, value: rounded(value), unit: 'MB' }, 60);
}
