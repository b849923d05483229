/** Who has taken which of a list of tasks, in memory that several threads share. */
export type Claims = Int32Array<SharedArrayBuffer>;

const [free, taken, done] = [0, 1, 2];

export function newClaims(count: number): Claims {
  return new Int32Array(new SharedArrayBuffer(count * Int32Array.BYTES_PER_ELEMENT));
}

/** Takes a task; false if it has been taken. */
export function claim(claims: Claims, index: number): boolean {
  return Atomics.compareExchange(claims, index, free, taken) === free;
}

/** Says that a task that was taken is done, whatever came of it. */
export function finish(claims: Claims, index: number): void {
  Atomics.store(claims, index, done);
  Atomics.notify(claims, index);
}

/** Waits until another thread is done with a task, or so many milliseconds. */
export function waitFor(claims: Claims, index: number, patience: number): void {
  Atomics.wait(claims, index, taken, patience);
}
