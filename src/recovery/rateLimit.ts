/** The most automatic resets that are sent within a minute. */
export const maxInMinute = 10;

const minute = 60_000;

/** Counts what was done within the last minute. */
export class RateLimit {
  readonly #now: () => number;
  #times: number[] = [];

  /** `now` is in milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Takes one of those that are free; false if there is none. */
  take(): boolean {
    const now = this.#now();
    this.#times = this.#times.filter((time) => now - time < minute);
    if (this.#times.length >= maxInMinute) return false;
    this.#times.push(now);
    return true;
  }
}
