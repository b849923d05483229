import { readFile, writeFile } from 'node:fs/promises';

/** How many tests passed and failed. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** Where a program that runs tests leaves its counts; the rest of its output is for people. */
export async function writeCounts(file: string, { passed, failed }: Counts): Promise<void> {
  await writeFile(file, JSON.stringify({ passed, failed }));
}

/** The counts that a program left, or undefined if it did not come so far. */
export async function readCounts(file: string): Promise<Counts | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Counts;
  } catch {
    return undefined;
  }
}
