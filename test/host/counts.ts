import { readFile, writeFile } from 'node:fs/promises';

/** How many tests passed and failed. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  /** What is wrong, a line each: a test's title with the first line of its error. */
  readonly faults?: readonly string[];
}

/** A failed test as a line that says enough to begin with. */
export function faultLine(title: string, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return `${title}: ${message.split('\n', 1)[0] ?? ''}`.slice(0, 300);
}

/** Where a program that runs tests leaves its counts; the rest of its output is for people. */
export async function writeCounts(file: string, counts: Counts): Promise<void> {
  await writeFile(file, JSON.stringify(counts));
}

/** The counts that a program left, or undefined if it did not come so far. */
export async function readCounts(file: string): Promise<Counts | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Counts;
  } catch {
    return undefined;
  }
}
