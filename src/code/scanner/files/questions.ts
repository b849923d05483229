import { SetMap } from '../../../util/setMap';
import type { FileLanguage } from './fileLanguage';
import { type Wanted, isAbout } from './secondSieve';

/** What is looked for in skipped files, and because of which files. */
export class Questions {
  readonly #wanted = new Map<string, Wanted>();
  readonly #because = new SetMap<string, string>();
  readonly #keys = new Map<string, readonly string[]>();

  /**
   * Takes what is wanted because of a file from now on, and hands back what is new and what nobody `counts` for wants any
   * more.
   */
  set(
    file: string,
    wanted: ReadonlyMap<string, Wanted>,
    counts: (asker: string) => boolean,
  ): { news: Wanted[]; dropped: Wanted[] } {
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
      const old = this.#wanted.get(key);
      const askers = [...(this.#because.get(key) ?? [])];
      if (askers.length === 0) this.#wanted.delete(key);
      if (old && !askers.some(counts)) dropped.push(old);
    }
    if (wanted.size > 0) this.#keys.set(file, [...wanted.keys()]);
    else this.#keys.delete(file);
    return { news, dropped };
  }

  get all(): Iterable<Wanted> {
    return this.#wanted.values();
  }

  /** The questions that are about a file, as far as its name tells, each with the files because of which it is asked. */
  about(
    file: string,
    language: FileLanguage,
  ): { readonly wanted: Wanted; readonly askers: ReadonlySet<string> }[] {
    return [...this.#wanted].flatMap(([key, wanted]) =>
      isAbout(wanted, file, language)
        ? [{ wanted, askers: this.#because.get(key) ?? new Set<string>() }]
        : [],
    );
  }
}
