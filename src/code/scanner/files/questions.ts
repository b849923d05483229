import { SetMap } from '../../../util/setMap';
import type { FileLanguage } from './fileLanguage';
import { type Wanted, isAbout } from './secondSieve';

/** What is looked for in files that the sieve held back, and because of which files. */
export class Questions {
  readonly #wanted = new Map<string, Wanted>();
  readonly #because = new SetMap<string, string>();
  readonly #keys = new Map<string, readonly string[]>();

  /** Takes what is wanted because of a file from now on, and hands back what is new and what nobody wants any more. */
  set(file: string, wanted: ReadonlyMap<string, Wanted>): { news: Wanted[]; dropped: Wanted[] } {
    const news: Wanted[] = [];
    const dropped: Wanted[] = [];
    for (const [key, each] of wanted) {
      if (!this.#wanted.has(key)) news.push(each);
      this.#wanted.set(key, each);
      this.#because.add(key, file);
    }
    for (const key of this.#keys.get(file) ?? []) {
      if (wanted.has(key)) continue;
      this.#because.delete(key, file);
      const old = this.#because.get(key) ? undefined : this.#wanted.get(key);
      if (!old) continue;
      this.#wanted.delete(key);
      dropped.push(old);
    }
    if (wanted.size > 0) this.#keys.set(file, [...wanted.keys()]);
    else this.#keys.delete(file);
    return { news, dropped };
  }

  get all(): Iterable<Wanted> {
    return this.#wanted.values();
  }

  /** The questions that are about a file, as far as its name tells. */
  about(file: string, language: FileLanguage): Wanted[] {
    return [...this.#wanted.values()].filter((wanted) => isAbout(wanted, file, language));
  }
}
