import { type Extracted, extract } from './extract';
import type { LanguageDefinition } from '../languages/language';
import type { Outline } from './outline';
import type { ScanCache } from '../cache/scanCache';
import type { Grammars } from './syntax';

/** How many syntax trees are kept. */
const mostTrees = 30;

/** Outlines texts; those of open files with what is kept of their last versions, others with what is kept on disk. */
export class Outlines {
  /** What is kept on disk, if anything is. */
  cache: ScanCache | undefined;
  readonly #grammars: Grammars;
  /** Files that are edited, the one edited last at the end. */
  readonly #edited = new Map<string, Extracted>();

  constructor(grammars: Grammars) {
    this.#grammars = grammars;
  }

  /** The outline of a file's text; undefined if parsing takes too long. The grammar must be loaded. */
  of(file: string, text: string, language: LanguageDefinition, isOpen: boolean): Outline | undefined {
    if (!isOpen) {
      this.forget(file);
      return this.#ofDisk(text, language);
    }
    const before = this.#edited.get(file);
    // Most files that are opened are never edited.
    const extracted = extract(text, language, this.#grammars, before, before !== undefined);
    this.forget(file);
    if (extracted) this.#edited.set(file, extracted);
    for (const oldest of this.#edited.keys()) {
      if (this.#edited.size <= mostTrees) break;
      this.forget(oldest);
    }
    return extracted?.outline;
  }

  #ofDisk(text: string, language: LanguageDefinition): Outline | undefined {
    const read = (): Outline | undefined => {
      const extracted = extract(text, language, this.#grammars);
      extracted?.tree.delete();
      return extracted?.outline;
    };
    return this.cache ? this.cache.outlineOf(text, language, read) : read();
  }

  /** Frees what is kept of a file. */
  forget(file: string): void {
    this.#edited.get(file)?.tree.delete();
    this.#edited.delete(file);
  }
}
