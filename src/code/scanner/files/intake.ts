import type { FileTable } from './fileTable';
import type { LanguageDefinition } from '../languages/language';
import type { Links } from '../linking/links';
import type { Change } from '../client/messages';
import type { Project } from '../linking/project';
import { Questions } from './questions';
import type { SourceFile } from './sourceFile';
import type { Dependencies } from '../evaluate/world';
import { SearchedBytes, type Wanted, contains, isAbout, wantedFiles } from './secondSieve';
import type { Decoded } from './decoding';
import { type RealDisk, type Reading, defaultReading, readBytes, readSource, sieveBytes } from './sources';

/** A text to look at; `askers` are those of `Outlined`. */
interface Taken extends Decoded {
  readonly askers?: readonly ReadonlySet<string>[];
}

/** Decides which files are looked at: those that pass a sieve, and those that others turn out to have to do with. */
export class Intake {
  reading: Reading = defaultReading;
  readonly #table: FileTable;
  readonly #project: Project;
  readonly #links: Links;
  readonly #disk: RealDisk;
  /** What else was looked for in the files that were skipped. */
  readonly #questions = new Questions();
  #isAskedAgain = false;
  readonly #sieves = new Map<LanguageDefinition, Buffer[]>();

  constructor(table: FileTable, project: Project, links: Links, disk: RealDisk) {
    this.#table = table;
    this.#project = project;
    this.#links = links;
    this.#disk = disk;
  }

  /** Files were skipped unread: what was asked before must be asked of them too. */
  askAgain(): void {
    this.#isAskedAgain = true;
  }

  /** The text to look at, if it can speak RES; else `notes` says why not, if there is more to say than that. */
  textOf(change: Change, language: LanguageDefinition, notes: Map<string, string[]>): Taken | undefined {
    const { file } = change;
    if ('removed' in change) return undefined;
    if ('text' in change) {
      const { text } = change;
      const { maxFileSize } = this.reading;
      if (text.length > maxFileSize) {
        notes.set(file, [`${text.length} characters are more than the ${maxFileSize} that are read`]);
        return undefined;
      }
      // What was of interest before stays so: an edit may have just broken the word that the sieve looks for.
      const isKnown = this.#table.get(file) !== undefined;
      const passes = isKnown || language.sieve.some((literal) => text.includes(literal));
      const isTaken = passes || this.#askers(file, language, () => Buffer.from(text)).length > 0;
      return isTaken ? { text, isGuess: false } : undefined;
    }
    let askers: Taken['askers'];
    const content = readSource(file, this.#sieveOf(language), this.reading, (bytes) => {
      const found = this.#askers(file, language, () => bytes);
      if (found.length > 0) askers = found;
      return found.length > 0;
    });
    if (!content) return undefined;
    if ('note' in content) {
      notes.set(file, [content.note]);
      return undefined;
    }
    return { ...content, ...(askers && { askers }) };
  }

  /**
   * What to read again, because of what is known of some files by now: the files that were skipped, but that others turned
   * out to have to do with, and those with which no others have to do any more.
   */
  *again(because: Iterable<string>): Generator<Change> {
    const { news, dropped } = this.#ask(because);
    const asked = this.#isAskedAgain ? [...this.#questions.all] : news;
    this.#isAskedAgain = false;
    for (const [file, about] of this.#table.skippedAbout(asked)) {
      const text = this.#disk.openText(file);
      const isWanted = (bytes: Buffer): boolean => containsOneOf(about, bytes);
      if (text === undefined && readBytes(file, this.reading, isWanted)) yield { file, fromDisk: true };
      else if (text !== undefined && isWanted(Buffer.from(text))) yield { file, text };
    }
    if (dropped.length === 0) return;
    for (const { source, askers } of [...this.#table.outlined])
      if (askers && dropped.some((wanted) => isAbout(wanted, source.path, source.language)))
        yield { file: source.path, fromDisk: true };
  }

  /** What is to be looked for, and what not any more. */
  #ask(because: Iterable<string>): { news: Wanted[]; dropped: Wanted[] } {
    const news: Wanted[] = [];
    const dropped: Wanted[] = [];
    for (const file of new Set(because)) {
      const source = this.#table.get(file)?.source;
      const wanted = source && wantedFiles(source, this.#calledFrom(file), this.#disk);
      const changed = this.#questions.set(
        file,
        wanted ?? new Map<string, Wanted>(),
        (asker) => !this.#table.get(asker)?.askers,
      );
      news.push(...changed.news);
      dropped.push(...changed.dropped);
    }
    return { news, dropped };
  }

  /** The functions whose callers were looked for, because of a file. */
  #calledFrom(file: string): Dependencies['called'] {
    const called = new Map<SourceFile, Set<string>>();
    for (const each of [this.#links.calledFrom(file), ...this.#project.starts.calledFrom(file)])
      for (const [of, names] of each) called.set(of, new Set([...(called.get(of) ?? []), ...names]));
    return called;
  }

  /** Because of which files a file is looked at, for each question; none if it is not, or only because of itself. */
  #askers(file: string, language: LanguageDefinition, bytes: () => Buffer): readonly ReadonlySet<string>[] {
    const about = this.#questions.about(file, language);
    if (about.length === 0) return [];
    const searched = new SearchedBytes(bytes());
    const askers = about.flatMap((each) => (contains(each.wanted, searched) ? [each.askers] : []));
    return this.#isOneHeld(askers, new Set([file])) ? askers : [];
  }

  /** Whether some of the files would be looked at without those of `visited`: files that only want each other would not. */
  #isOneHeld(askers: readonly ReadonlySet<string>[], visited: Set<string>): boolean {
    for (const each of askers)
      for (const asker of each) {
        if (visited.has(asker)) continue;
        visited.add(asker);
        const because = this.#table.get(asker)?.askers;
        if (!because || this.#isOneHeld(because, visited)) return true;
      }
    return false;
  }

  #sieveOf(language: LanguageDefinition): Buffer[] {
    let sieve = this.#sieves.get(language);
    if (!sieve) this.#sieves.set(language, (sieve = sieveBytes(language.sieve)));
    return sieve;
  }
}

function containsOneOf(wanted: readonly Wanted[], bytes: Buffer): boolean {
  const searched = new SearchedBytes(bytes);
  return wanted.some((each) => contains(each, searched));
}
