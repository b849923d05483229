import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { decodeLog } from '../../src/history/log/decodeLog';
import { MergedLog } from '../../src/history/log/mergedLog';
import type { ResetRecord } from '../../src/resets/resetRecord';
import { until } from './until';

/** Where the test host lets the editor keep its data, logs included. */
function dataFolder(): string {
  const folder = process.env['TMPDIR'];
  if (folder === undefined) throw new Error('The editor was not started by the test host');
  return folder;
}

/** All that the extension has logged in its output channel. */
export async function extensionLog(): Promise<string> {
  return (await filesNamed(/vscode-res[^/]*\/RES\.log$/)).join('');
}

/** The resets that the extension has on disk, oldest first: what another window, or this one reloaded, would show. */
export async function storedResets(): Promise<ResetRecord[]> {
  const logs = await filesNamed(/vscode-res[^/]*\/history-[^/]*\.jsonl$/);
  const merged = new MergedLog();
  for (const log of logs) for (const line of (await decodeLog(log)).lines) merged.take(line);
  return [...merged.entries()].map(({ record }) => record).sort((a, b) => a.time - b.time);
}

/** Resolves with the newest stored reset once it has come to its end. */
export async function newestReset(known: number): Promise<ResetRecord> {
  return until(
    async () => {
      const records = await storedResets();
      const newest = records.at(-1);
      return records.length > known && newest && !['requested', 'sending'].includes(newest.state.kind)
        ? newest
        : undefined;
    },
    () => `a reset after ${known} others in the history`,
  );
}

async function filesNamed(name: RegExp): Promise<string[]> {
  const names = await readdir(path.join(dataFolder(), 'data'), { recursive: true });
  const found = names.filter((file) => name.test(file)).sort();
  return Promise.all(found.map((file) => readFile(path.join(dataFolder(), 'data', file), 'utf8')));
}
