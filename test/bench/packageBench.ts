import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { ScannerClient } from '../../src/scanner/client';
import { silentLogger } from '../../src/util/logger';
import { installOnce, progress } from '../host/cache';
import { grammarFolder } from '../unit/scanner/grammarFolder';
import { largePackage } from '../unit/scanner/largePackage';
import { atMost, comparedWith, type Figure, rounded } from './figure';

/** Changes with the generator. */
const generation = 1;
const functions = 34;

/** The files of a package in one folder: plain NATS everywhere, half of it tests; made once and kept. */
async function packageOf(files: number): Promise<string[]> {
  const made = largePackage('go', files, functions);
  const folder = await installOnce(`bench-package-${generation}-${files}`, async (at) => {
    progress(`Generating a package of ${files} files (once)…`);
    await mkdir(at, { recursive: true });
    await writeFile(path.join(at, 'go.mod'), 'module example.com/server\n');
    for (const { name, text } of made) await writeFile(path.join(at, name), text);
  });
  return made.map(({ name }) => path.join(folder, name));
}

/** How a scan grows with a package of 250 and 500 files (300,000 lines), in one thread, beside parsing alone. */
export async function benchPackage(
  workerFile: string,
  parsing: (files: readonly string[]) => Promise<number>,
): Promise<readonly Figure[]> {
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
    atMost(figure('an edit', second.edit, 'ms'), 1000),
  ];
}

async function scan(workerFile: string, files: readonly string[]): Promise<{ all: number; edit: number }> {
  const client = new ScannerClient({ workerFile, grammarFolder, logger: silentLogger });
  const started = performance.now();
  await client.apply(files.map((file) => ({ file, fromDisk: true })));
  const all = performance.now() - started;
  const edit = await editOf(client, files);
  client.dispose();
  return { all, edit };
}

/** A character typed in a file of the package, until it is known what it changed. */
async function editOf(client: ScannerClient, files: readonly string[]): Promise<number> {
  const [text = ''] = largePackage('go', 2, functions).map((file) => file.text);
  const [file = ''] = files.slice(2);
  await client.apply([{ file, text }]);
  const started = performance.now();
  await client.apply([{ file, text: text.replace('"host0"', '"host00"') }]);
  return performance.now() - started;
}
