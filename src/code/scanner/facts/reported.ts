import type { PlacedFact } from './fact';
import type { FileResult } from '../client/messages';
import { type Shown, retained } from '../cache/retention';
import type { LanguageSet } from '../languageSet';
import { withServices } from './services';

/** What was reported of each file, so that only news are. */
export class Reported {
  /** What is shown of files that an editor holds. */
  readonly #open = new Map<string, Shown>();
  readonly #sent = new Map<string, string>();
  readonly #languages: LanguageSet;

  constructor(languages: LanguageSet) {
    this.#languages = languages;
  }

  /** An editor holds the file no longer. */
  close(file: string): void {
    this.#open.delete(file);
  }

  /** The result to report, if there is news; `open` is the text in an editor, and how many places of it can't be understood. */
  resultOf(
    file: string,
    found: readonly PlacedFact[],
    notes: readonly string[] | undefined,
    open: { readonly text: string; readonly errors: number } | undefined,
  ): FileResult[] {
    let facts = found;
    if (open) {
      const shown = retained(this.#open.get(file), open.text, facts, open.errors);
      this.#open.set(file, shown);
      facts = shown.facts;
    }
    const reported = withServices(facts, this.#languages);
    const fingerprint = JSON.stringify(reported);
    const before = this.#sent.get(file) ?? '[]';
    if (reported.length === 0) this.#sent.delete(file);
    else this.#sent.set(file, fingerprint);
    return before !== fingerprint || notes ? [{ file, facts: reported, ...(notes && { notes }) }] : [];
  }
}
