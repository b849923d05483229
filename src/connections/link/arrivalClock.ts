import { performance } from 'node:perf_hooks';
import type { ArrivalTime } from '../../resets/duration';

/** How often this thread is looked at while messages come, and while none do; in milliseconds. */
const closeLook = 5;
const wideLook = 1000;
/** For so long after a message more of them are awaited, in milliseconds. */
const alertTime = 1000;
/** A timer is not late before it is late by more than this, in milliseconds. */
const timerSlack = 2;

interface Look {
  readonly at: number;
  /** How long this thread had waited for something to do by then. */
  readonly idle: number;
}

/**
 * Says how long data that is read now can have waited: while this thread did something else, or did not run at all, it
 * read nothing. Where the runtime does not report how long it was idle, all time since the last look counts.
 */
export class ArrivalClock {
  /** All that had arrived by then was read since. */
  #last = look();
  #nextBy = Infinity;
  #alertUntil = performance.now() + alertTime;
  #interval = closeLook;
  #timer: NodeJS.Timeout | undefined;

  constructor() {
    this.#await();
  }

  /** Something is being read. */
  read(): ArrivalTime {
    const { at, idle } = look();
    const busy = at - this.#last.at - (idle - this.#last.idle);
    const late = at - this.#nextBy;
    this.#alertUntil = at + alertTime;
    if (this.#interval !== closeLook) this.#await();
    return { since: at - Math.min(at - this.#last.at, Math.max(0, busy, late)), at };
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#nextBy = Infinity;
  }

  #await(): void {
    clearTimeout(this.#timer);
    const now = performance.now();
    this.#interval = now < this.#alertUntil ? closeLook : wideLook;
    this.#nextBy = now + this.#interval + timerSlack;
    this.#timer = setTimeout(() => {
      const begun = look();
      // What is there by now is read before this is called.
      setImmediate(() => {
        if (this.#nextBy === Infinity) return;
        this.#last = begun;
        this.#await();
      });
    }, this.#interval).unref();
  }
}

function look(): Look {
  return { at: performance.now(), idle: performance.eventLoopUtilization().idle };
}
