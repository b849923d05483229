import { setTimeout as pause } from 'node:timers/promises';

/**
 * Resolves with the first thing that `look` finds. For what VS Code tells of by no event: it is looked for again and
 * again, and the promise rejects, with what was awaited, when it is not there in time (milliseconds).
 */
export async function until<T>(
  look: () => T | undefined | Promise<T | undefined>,
  describe: () => string,
  timeout = 10_000,
): Promise<T> {
  const end = Date.now() + timeout;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`Waited ${timeout / 1000} s in vain for ${describe()}`);
    await pause(20);
  }
}
