/** Numbers for ids, from 1, in the order in which they are first asked for. */
export class Numbering {
  readonly #numbers = new Map<string, number>();

  of(id: string): number {
    const number = this.#numbers.get(id) ?? this.#numbers.size + 1;
    this.#numbers.set(id, number);
    return number;
  }

  has(id: string): boolean {
    return this.#numbers.has(id);
  }

  /** The ids by their numbers, the first one's being 0 here. */
  ids(): readonly string[] {
    return [...this.#numbers.keys()];
  }

  clear(): void {
    this.#numbers.clear();
  }
}
