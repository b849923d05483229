/** How long it must be quiet before what was gathered is handed over, and how long at most it is gathered, in milliseconds. */
export const quietMs = 300;
export const maxGatherMs = 2000;

/** Calls back after some milliseconds, unless the returned function is called before. */
export type Schedule = (ms: number, run: () => void) => () => void;

/** Schedules by the clock of this process. */
export const scheduleOnClock: Schedule = (ms, run) => {
  const timer = setTimeout(run, ms);
  return () => {
    clearTimeout(timer);
  };
};

/** Gathers what comes in a burst, and hands it over at once. */
export class Gather<T> {
  readonly #schedule: Schedule;
  readonly #onGathered: (items: readonly T[]) => void;
  #items: T[] = [];
  #stopQuiet: (() => void) | undefined;
  #stopMax: (() => void) | undefined;

  constructor(schedule: Schedule, onGathered: (items: readonly T[]) => void) {
    this.#schedule = schedule;
    this.#onGathered = onGathered;
  }

  add(item: T): void {
    this.#items.push(item);
    const end = (): void => {
      const items = this.#items;
      this.clear();
      this.#onGathered(items);
    };
    this.#stopQuiet?.();
    this.#stopQuiet = this.#schedule(quietMs, end);
    this.#stopMax ??= this.#schedule(maxGatherMs, end);
  }

  /** Forgets what was not handed over. */
  clear(): void {
    this.#items = [];
    this.#stopQuiet?.();
    this.#stopMax?.();
    this.#stopQuiet = this.#stopMax = undefined;
  }
}
