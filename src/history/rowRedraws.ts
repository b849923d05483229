/** What a row of the history shows, and how far its reset has come. */
export interface RowLook {
  readonly text: string;
  readonly stage: string;
  /** What stands below the row, where that is shown: another object where it is something else. */
  readonly details?: unknown;
}

interface Clock {
  readonly now: () => number;
  /** Calls back after so many milliseconds; returns what calls it off. */
  readonly after: (time: number, callback: () => void) => () => void;
}

/** A row is drawn again at most so often while its reset is observed, in milliseconds. */
const redrawTime = 500;

const realClock: Clock = {
  now: () => performance.now(),
  after: (time, callback) => {
    const timer = setTimeout(callback, time);
    return () => {
      clearTimeout(timer);
    };
  },
};

/**
 * Has rows drawn again where they look different, and not more often than is useful: the editor takes no click on a row that it
 * draws anew between the press and the release of the button. A row whose reset has come further is drawn at once.
 */
export class RowRedraws {
  readonly #draw: (id: string) => void;
  readonly #lookOf: (id: string) => RowLook | undefined;
  readonly #clock: Clock;
  readonly #drawn = new Map<string, RowLook & { readonly at: number }>();
  readonly #waiting = new Map<string, () => void>();

  constructor(
    lookOf: (id: string) => RowLook | undefined,
    draw: (id: string) => void,
    clock: Clock = realClock,
  ) {
    this.#lookOf = lookOf;
    this.#draw = draw;
    this.#clock = clock;
  }

  /** What a row shows may have changed. */
  changed(id: string): void {
    const look = this.#lookOf(id);
    const drawn = this.#drawn.get(id);
    if (look && drawn && look.stage === drawn.stage) {
      if (this.#waiting.has(id) || (look.text === drawn.text && look.details === drawn.details)) return;
      const left = drawn.at + redrawTime - this.#clock.now();
      if (left > 0) {
        this.#waiting.set(
          id,
          this.#clock.after(left, () => {
            this.#waiting.delete(id);
            this.changed(id);
          }),
        );
        return;
      }
    }
    this.#waiting.get(id)?.();
    this.#waiting.delete(id);
    if (look) this.#drawn.set(id, { ...look, at: this.#clock.now() });
    else this.#drawn.delete(id);
    this.#draw(id);
  }

  /** All rows are drawn anew, and only these are there. */
  keepOnly(ids: ReadonlySet<string>): void {
    for (const id of [...this.#drawn.keys(), ...this.#waiting.keys()]) if (!ids.has(id)) this.#forget(id);
  }

  dispose(): void {
    for (const id of [...this.#waiting.keys()]) this.#forget(id);
  }

  #forget(id: string): void {
    this.#waiting.get(id)?.();
    this.#waiting.delete(id);
    this.#drawn.delete(id);
  }
}
