import path from 'node:path';
import { SetMap } from '../../../util/setMap';
import type { FileLanguage } from './fileLanguage';
import { type Wanted, isAbout } from './secondSieve';

/** Files without any of the sieve's literals, by folder: there can be hundreds of thousands. */
export class HeldBack {
  readonly #folders = new Map<string, Map<string, FileLanguage>>();
  /** The folders in each folder. */
  readonly #inner = new SetMap<string, string>();

  add(file: string, language: FileLanguage): void {
    const folder = path.dirname(file);
    const files = this.#folders.get(folder);
    if (files) files.set(file, language);
    else {
      this.#folders.set(folder, new Map([[file, language]]));
      this.#addFolder(folder);
    }
  }

  #addFolder(folder: string): void {
    const outer = path.dirname(folder);
    if (outer === folder || this.#inner.get(outer)?.has(folder)) return;
    this.#inner.add(outer, folder);
    this.#addFolder(outer);
  }

  delete(file: string): void {
    const folder = path.dirname(file);
    const files = this.#folders.get(folder);
    if (files?.delete(file) && files.size === 0) this.#folders.delete(folder);
  }

  *files(): Iterable<string> {
    for (const files of this.#folders.values()) yield* files.keys();
  }

  /** The files that some questions are about, each with these questions. */
  about(questions: readonly Wanted[]): Map<string, Wanted[]> {
    const found = new Map<string, Wanted[]>();
    for (const wanted of questions) {
      for (const files of this.#filesBelow(wanted)) {
        for (const [file, language] of files) {
          if (!isAbout(wanted, file, language)) continue;
          const others = found.get(file);
          if (others) others.push(wanted);
          else found.set(file, [wanted]);
        }
      }
    }
    return found;
  }

  *#filesBelow({ folder, isFlat }: Pick<Wanted, 'folder' | 'isFlat'>): Iterable<Map<string, FileLanguage>> {
    const own = this.#folders.get(folder);
    if (own) yield own;
    if (isFlat) return;
    for (const inner of this.#inner.get(folder) ?? []) yield* this.#filesBelow({ folder: inner, isFlat });
  }
}
