/** How a step tells of itself. */
export interface StepOptions {
  readonly say?: (line: string) => void;
  /** How often it says that it still goes on, in milliseconds. */
  readonly interval?: number;
}

/** Does a part of some longer work: says what, for how long already, and that it took long where it did. */
export async function step<T>(
  title: string,
  work: () => Promise<T>,
  { say = console.log, interval = 10_000 }: StepOptions = {},
): Promise<T> {
  const started = Date.now();
  const seconds = (): string => `${Math.round((Date.now() - started) / 1000)} s`;
  const timer = setInterval(() => {
    say(`  still at it, ${seconds()} so far…`);
  }, interval);
  say(`${title}…`);
  try {
    const result = await work();
    if (Date.now() - started >= interval) say(`  done in ${seconds()}`);
    return result;
  } finally {
    clearInterval(timer);
  }
}
