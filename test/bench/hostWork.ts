import { closeSync, openSync, readSync } from 'node:fs';

/**
 * Measures for how long this thread works in one go: nobody else gets an answer from it meanwhile. Time in which the
 * machine gave its core to others is not its work; where the system doesn't tell that time, it is counted too.
 */
export class HostWork {
  readonly #clock = threadClock();
  readonly #timer: NodeJS.Timeout;
  #last: number;
  #longest = 0;

  constructor() {
    this.#last = this.#clock.now();
    this.#timer = setInterval(() => {
      this.#note();
    }, 1);
  }

  /** Ends the measurement; the longest work in one go, in milliseconds. */
  stop(): number {
    this.#note();
    clearInterval(this.#timer);
    this.#clock.close();
    return this.#longest;
  }

  #note(): void {
    const now = this.#clock.now();
    this.#longest = Math.max(this.#longest, now - this.#last);
    this.#last = now;
  }
}

export interface Clock {
  /** In milliseconds, from any start. */
  readonly now: () => number;
  readonly close: () => void;
}

/** The time that this thread has had a core; all time where the system doesn't tell. */
export function threadClock(): Clock {
  try {
    const file = openSync('/proc/thread-self/schedstat', 'r');
    const buffer = Buffer.alloc(64);
    return {
      now: () => {
        // The file is as old as the system's last look at this thread, up to 4 ms. To be asked makes it look.
        process.cpuUsage();
        return Number.parseInt(buffer.toString('latin1', 0, readSync(file, buffer, 0, 64, 0)), 10) / 1e6;
      },
      close: () => {
        closeSync(file);
      },
    };
  } catch {
    return { now: () => performance.now(), close: () => undefined };
  }
}
