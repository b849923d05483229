import type { SourceFile } from '../files/sourceFile';

const none: readonly SourceFile[] = [];

/** Files under names, each list in the order of their paths, whatever came when. */
export class FilesByName {
  readonly #sets = new Map<string, Set<SourceFile>>();
  readonly #sorted = new Map<string, readonly SourceFile[]>();

  add(name: string, file: SourceFile): void {
    this.#sorted.delete(name);
    const set = this.#sets.get(name);
    if (set) set.add(file);
    else this.#sets.set(name, new Set([file]));
  }

  delete(name: string, file: SourceFile): void {
    this.#sorted.delete(name);
    const set = this.#sets.get(name);
    if (set?.delete(file) && set.size === 0) this.#sets.delete(name);
  }

  get(name: string): readonly SourceFile[] {
    let sorted = this.#sorted.get(name);
    if (!sorted) {
      const set = this.#sets.get(name);
      if (!set) return none;
      sorted = [...set].sort((a, b) => (a.path < b.path ? -1 : 1));
      this.#sorted.set(name, sorted);
    }
    return sorted;
  }
}
