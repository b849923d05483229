/** Answers that are found out once, until something changes. */
export class Answers {
  readonly #known = new Map<string, unknown>();

  clear(): void {
    this.#known.clear();
  }

  /** The answer under the key. Those who share a key ask the same. */
  once<T>(key: string, find: () => T): T {
    if (!this.#known.has(key)) this.#known.set(key, find());
    return this.#known.get(key) as T;
  }
}
