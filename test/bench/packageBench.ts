import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { ScannerClient } from '../../src/code/scanner/client/client';
import { silentLogger } from '../host/silentLogger';
import { installOnce, progress } from '../host/cache';
import { grammarFolder } from '../unit/code/scanner/grammarFolder';
import { largePackage } from '../unit/code/scanner/largePackage';
import { parsing } from './parsing';
import { atMost, comparedWith, type Figure, percentile, rounded } from './figure';

/** Changes with the generator. */
const generation = 2;
const functions = 42;
/** Of the larger package. */
const lines = 300_000;
const edits = 3;

/** The files of a package in one folder: plain NATS everywhere, half of it tests; made once and kept. */
async function packageOf(files: number): Promise<string[]> {
  const made = largePackage('go', files, functions);
  const count = made.reduce((sum, { text }) => sum + text.split('\n').length - 1, 0);
  if (count < (lines * files) / 500) throw new Error(`${files} files have only ${count} lines`);
  const folder = await installOnce(`bench-package-${generation}-${files}`, async (at) => {
    progress(`Generating a package of ${files} files (once)…`);
    await mkdir(at, { recursive: true });
    await writeFile(path.join(at, 'go.mod'), 'module example.com/server\n');
    for (const { name, text } of made) await writeFile(path.join(at, name), text);
  });
  return made.map(({ name }) => path.join(folder, name));
}

/** How a scan grows with a package of 250 and 500 files (300,000 lines), in one thread, beside parsing alone. */
export async function benchPackage(workerFile: string): Promise<readonly Figure[]> {
  const [half, whole] = [await packageOf(250), await packageOf(500)];
  const [first, second] = [await scan(workerFile, half), await scan(workerFile, whole)];
  const parse = await parsing(whole);
  const figure = (what: string, value: number, unit: Figure['unit']): Figure => ({
    bench: 'index',
    figure: `a package of 500 files: ${what}`,
    value: rounded(value),
    unit,
  });
  return [
    comparedWith(figure('all', second.all, 'ms'), parse, 'parsing alone', 5),
    atMost(figure('time compared with 250 files', second.all / first.all, '×'), 2.2),
    atMost(figure('an edit, 95th percentile', second.edit, 'ms'), 50),
  ];
}

async function scan(workerFile: string, files: readonly string[]): Promise<{ all: number; edit: number }> {
  const client = new ScannerClient({ workerFile, grammarFolder, logger: silentLogger });
  const started = performance.now();
  await client.scan({ files }, () => {});
  const all = performance.now() - started;
  const edit = await editOf(client, files);
  client.dispose();
  return { all, edit };
}

/** Characters typed in a file of the package, each until it is known what it changed. */
async function editOf(client: ScannerClient, files: readonly string[]): Promise<number> {
  const file = files[2] ?? '';
  const text = (await readFile(file, 'utf8')).replaceAll('"host2"', '"host0"');
  await client.apply([{ file, text }]);
  const times: number[] = [];
  for (let edit = 1; edit <= edits; edit++) {
    const started = performance.now();
    await client.apply([{ file, text: text.replace('"host0"', `"host0${'0'.repeat(edit)}"`) }]);
    times.push(performance.now() - started);
  }
  return percentile(times, 95);
}
