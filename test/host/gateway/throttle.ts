/** Bounds how many requests of one reset are under way at a time. */
export class Throttle {
  readonly #limit: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  /** @param limit The most requests at a time; 0 for no bound. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Starts the task now or when its turn comes; the task calls `done` once when it is over. */
  run(task: (done: () => void) => void): void {
    const start = (): void => {
      this.#running++;
      task(() => {
        this.#running--;
        this.#waiting.shift()?.();
      });
    };
    if (this.#limit > 0 && this.#running >= this.#limit) this.#waiting.push(start);
    else start();
  }
}
