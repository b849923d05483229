import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { WorkspaceIndex } from '../../src/code/index/workspaceIndex';
import { ScannerClient, type ScanRequest } from '../../src/code/scanner/client/client';
import type { Search } from '../../src/code/scanner/files/ripgrep';
import { sourceExtensions } from '../../src/code/scanner/languages/data';
import { silentLogger } from '../host/silentLogger';
import { grammarFolder } from '../unit/code/scanner/grammarFolder';
import { HostWork } from './hostWork';

/** What one scan of a workspace took, in milliseconds. */
export interface ScanRun {
  /** Until all facts were in the index. */
  readonly facts: number;
  /** Until every file was checked, and all facts found again. */
  readonly all: number;
  readonly blocked: number;
  readonly count: number;
  readonly files: readonly string[];
}

/** What scans are made with. */
export interface Setting {
  readonly workerFile: string;
  readonly cacheFile: string;
  readonly ripgrep: string;
}

/** What a scan of a folder is about. */
export function requestFor(folder: string, { ripgrep, cacheFile }: Setting): ScanRequest {
  const search: Search = {
    folder,
    endings: sourceExtensions,
    excludes: [],
    followLinks: true,
    ignoreFiles: { inFolder: true, inParents: false, ofUser: false },
  };
  return { searches: [search], ripgrep, cacheFile };
}

/** Forgets what earlier scans have kept. */
export async function forget(set: Setting): Promise<void> {
  for (const kept of [set.cacheFile, outlinesOf(set)]) await rm(kept, { recursive: true, force: true });
}

function outlinesOf({ cacheFile }: Setting): string {
  return `${cacheFile}.outlines`;
}

/** Resolves when nothing more is kept: a moment after the scan, what was read is kept. */
export async function isKept(set: Setting): Promise<void> {
  const folder = outlinesOf(set);
  const count = async (): Promise<number> => (existsSync(folder) ? (await readdir(folder)).length : 0);
  for (let before = 0, now = -1; before === 0 || now !== before; now = await count()) {
    before = await count();
    await wait(1000);
  }
}

/** One scan as the extension makes it, with a worker that was not there before; it stays until `end`. */
export async function scan(
  workerFile: string,
  request: ScanRequest,
  end?: () => Promise<void>,
): Promise<ScanRun> {
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
