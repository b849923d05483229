/** Conditions that are looked at again whenever something has happened. */
export interface Waiters {
  /** Looks at all conditions again. */
  readonly wake: () => void;
  /** Resolves when the condition holds; rejects, with what was awaited, when it does not in time (milliseconds). */
  readonly until: (condition: () => boolean, describe: () => string, timeout?: number) => Promise<void>;
}

/** Makes a set of conditions to wait for. */
export function waiters(): Waiters {
  const checks = new Set<() => void>();
  return {
    wake: () => {
      for (const check of [...checks]) check();
    },
    until: (condition, describe, timeout = 10_000) =>
      new Promise((resolve, reject) => {
        const check = (): void => {
          if (!condition()) return;
          settle();
          resolve();
        };
        const timer = setTimeout(() => {
          settle();
          reject(new Error(`Waited ${timeout / 1000} s in vain for ${describe()}`));
        }, timeout);
        const settle = (): void => {
          clearTimeout(timer);
          checks.delete(check);
        };
        checks.add(check);
        check();
      }),
  };
}
