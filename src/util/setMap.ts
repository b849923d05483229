/** A map that holds several values under a key, each once, in the order in which they came. */
export class SetMap<K, V> {
  readonly #sets = new Map<K, Set<V>>();

  add(key: K, value: V): void {
    const set = this.#sets.get(key);
    if (set) set.add(value);
    else this.#sets.set(key, new Set([value]));
  }

  delete(key: K, value: V): void {
    const set = this.#sets.get(key);
    if (set?.delete(value) && set.size === 0) this.#sets.delete(key);
  }

  /** Forgets all values under a key. */
  clear(key: K): void {
    this.#sets.delete(key);
  }

  /** Undefined where there is none. */
  get(key: K): ReadonlySet<V> | undefined {
    return this.#sets.get(key);
  }
}
