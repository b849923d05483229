import { statSync } from 'node:fs';

/** By which it is told that a file has not changed. */
export interface Stamp {
  readonly size: number;
  /** When it was written, in milliseconds. */
  readonly time: number;
}

/** A file's stamp, if all that was written before `moment` (in milliseconds) must show in it; none for what isn't there. */
export function stampOf(file: string, moment: number): Stamp | undefined {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) return undefined;
  const { size, mtimeMs: time } = found;
  // Some file systems tell times in steps of two seconds: what was written twice in one step looks the same.
  const step = time % 1000 === 0 ? 2000 : 20;
  return time < moment - step ? { size, time } : undefined;
}

/** Whether the file still has the stamp. */
export function hasStamp(file: string, { size, time }: Stamp): boolean {
  const found = statSync(file, { throwIfNoEntry: false });
  return found?.size === size && found.mtimeMs === time;
}
