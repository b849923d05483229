import { type Shown, retained } from '../cache/retention';
import type { Answer } from '../evaluate/world';
import type { Fact } from '../facts/fact';
import { distinct, withServices } from '../facts/services';
import type { FileTable } from '../files/fileTable';
import type { RealDisk } from '../files/sources';
import type { LanguageSet } from '../languageSet';
import type { Links } from './links';
import type { Project } from './project';

/** What is true of each file, as far as files are known. */
export class CurrentFacts {
  readonly #languages: LanguageSet;
  readonly #table: FileTable;
  readonly #disk: RealDisk;
  readonly #links: Links;
  readonly #starts: Project['starts'];
  /** What is shown of files that an editor holds. */
  readonly #shown = new Map<string, Shown>();

  constructor(
    languages: LanguageSet,
    table: FileTable,
    disk: RealDisk,
    links: Links,
    starts: Project['starts'],
  ) {
    this.#languages = languages;
    this.#table = table;
    this.#disk = disk;
    this.#links = links;
    this.#starts = starts;
  }

  /** What is to be shown of a file: all that the files say about it. */
  of(file: string): Fact[] {
    let facts = distinct(this.#links.factsAbout(file));
    const text = this.#disk.openText(file);
    const outline = this.#table.get(file)?.source.outline;
    if (text === undefined || !outline) this.#shown.delete(file);
    else {
      const shown = retained(this.#shown.get(file), text, facts, outline.errors);
      this.#shown.set(file, shown);
      facts = [...shown.facts];
    }
    return withServices(facts, this.#languages);
  }

  /** Whether files that are not known yet can change what was found of a file. */
  mayChange(file: string): boolean {
    const answers = new Set<Answer>();
    for (const linked of this.#links.about(file)) {
      answers.add(linked);
      for (const start of linked.starts) for (const each of this.#starts.answersOn(start)) answers.add(each);
    }
    for (const answer of answers) {
      if (answer.isOpen) return true;
      for (const each of answer.answers) answers.add(each);
    }
    return false;
  }
}
