/** How long jobs run at a stretch, in milliseconds. */
const stretch = 3;

/** Runs jobs in their order, but never for long at a stretch: a flood of them stalls nothing else. */
export class Slices {
  #jobs: (() => void)[] = [];
  #isScheduled = false;

  /** Whether some jobs have not been run. */
  get isBehind(): boolean {
    return this.#jobs.length > 0;
  }

  add(job: () => void): void {
    this.#jobs.push(job);
    this.#schedule();
  }

  /** Forgets what has not been run. */
  clear(): void {
    this.#jobs = [];
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#run();
    });
  }

  #run(): void {
    const jobs = this.#jobs;
    this.#jobs = [];
    const end = performance.now() + stretch;
    let done = 0;
    while (done < jobs.length && performance.now() < end) jobs[done++]?.();
    // What was added meanwhile comes after what is left.
    if (done < jobs.length) this.#jobs = [...jobs.slice(done), ...this.#jobs];
    if (this.isBehind) this.#schedule();
  }
}
