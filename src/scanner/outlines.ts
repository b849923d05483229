import { type Extracted, extract } from './extract';
import type { LanguageDefinition } from './languages/language';
import type { Outline } from './outline';
import type { Grammars } from './syntax';

/** How many syntax trees are kept. */
const mostTrees = 30;

/** Outlines texts; those of open files with what is kept of their last versions. */
export class Outlines {
  readonly #grammars: Grammars;
  /** Files that are edited, the one edited last at the end. */
  readonly #edited = new Map<string, Extracted>();

  constructor(grammars: Grammars) {
    this.#grammars = grammars;
  }

  /** The outline of a file's text; undefined if parsing takes too long. The grammar must be loaded. */
  of(file: string, text: string, language: LanguageDefinition, isOpen: boolean): Outline | undefined {
    const before = this.#edited.get(file);
    const extracted = extract(text, language, this.#grammars, before, isOpen);
    this.forget(file);
    if (extracted && isOpen) this.#edited.set(file, extracted);
    else extracted?.tree.delete();
    for (const oldest of this.#edited.keys()) {
      if (this.#edited.size <= mostTrees) break;
      this.forget(oldest);
    }
    return extracted?.outline;
  }

  /** Frees what is kept of a file. */
  forget(file: string): void {
    this.#edited.get(file)?.tree.delete();
    this.#edited.delete(file);
  }
}
