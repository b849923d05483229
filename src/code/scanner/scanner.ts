import { setImmediate as breathe } from 'node:timers/promises';
import type { LanguageSet } from './languageSet';
import { FileTable, type Outlined } from './files/fileTable';
import { Intake } from './files/intake';
import { link } from './linking/linker';
import { Links } from './linking/links';
import type { Change, FileResult } from './client/messages';
import { CurrentFacts } from './linking/currentFacts';
import { Outlines } from './outline/outlines';
import { Project } from './linking/project';
import { Reported } from './facts/reported';
import { Reader } from './reader';
import { isManifest } from './files/secondSieve';
import { RealDisk, type Reading } from './files/sources';
import { type GrammarFolder, Grammars, parseLimit } from './outline/syntax';
import { type Work, addWork, nothingChanged } from './linking/work';
import type { Answer } from './evaluate/world';

/** How long work goes on before messages are looked at, in milliseconds. */
const patience = 20;

/** How often skipped files can lead to further ones. */
const maxRounds = 3;

/** What is news, found out as it is asked for; and how much of the work is done, up to 1. */
interface Finished {
  readonly results: Iterable<FileResult>;
  readonly share: number;
}

/** Keeps the facts of a set of files current: changes in, facts out. Holds all state of the worker. */
export class Scanner {
  readonly #languages: LanguageSet;
  readonly #outlines: Outlines;
  readonly #disk = new RealDisk();
  readonly #table = new FileTable();
  readonly #links = new Links();
  readonly #project: Project;
  readonly #facts: CurrentFacts;
  readonly #reported: Reported;
  readonly #intake: Intake;
  readonly #reader: Reader;
  #putOff: Work | undefined;

  /** `limit` is how many hundreds of steps the parser may take for one file. */
  constructor(
    languages: LanguageSet,
    grammarFolder: GrammarFolder,
    limit = parseLimit,
    reported = new Reported(),
  ) {
    this.#languages = languages;
    const grammars = new Grammars(grammarFolder, limit);
    const outlines = (this.#outlines = new Outlines(grammars));
    const disk = this.#disk;
    const links = this.#links;
    const table = this.#table;
    const need = (file: string, family: string): Outlined | undefined => this.#reader.need(file, family);
    const project = (this.#project = new Project(languages, table, disk, need, links));
    const intake = (this.#intake = new Intake(table, project, links, disk));
    this.#facts = new CurrentFacts(languages, table, disk, links, project.starts);
    this.#reported = reported;
    this.#reader = new Reader({
      languages,
      grammars,
      outlines,
      table,
      disk,
      links,
      project,
      intake,
    });
  }

  /** How files on disk are read from now on. */
  set reading(reading: Reading) {
    this.#intake.reading = reading;
  }

  /** How many steps following names has taken so far: what it costs, on any machine. */
  get steps(): number {
    return this.#project.steps;
  }

  /** How files on disk are outlined. */
  get outlines(): Outlines {
    return this.#outlines;
  }

  /** The files on which facts can rest: those that passed the sieve, and those that they need. */
  get known(): Iterable<string> {
    return [...this.#table.outlined].map(({ source }) => source.path);
  }

  /** All files that it was given and that are still there. */
  get files(): Iterable<string> {
    return new Set(this.#table.files());
  }

  /** Whether an editor holds the file. */
  isOpen(file: string): boolean {
    return this.#disk.isOpen(file);
  }

  /** What an editor holds of a file; undefined if none does. */
  openText(file: string): string | undefined {
    return this.#disk.openText(file);
  }

  /** No more files are to come, for now: reports what was pending. */
  complete(): Iterable<FileResult> {
    this.#reported.awaitsMore = false;
    return this.report(this.#reported.pending);
  }

  /** Notes files of which it is known already that they contain none of the sieve's literals. */
  skip(files: readonly string[]): void {
    for (const file of files) {
      const language = this.isOpen(file) || this.#table.isGiven(file) ? undefined : this.#languages.of(file);
      if (language) this.#table.skip(file, language);
    }
    this.#intake.askAgain();
  }

  /** Takes changes in and hands back all files whose facts or notes are new; `isCancelled` is asked between files. */
  async apply(changes: readonly Change[], isCancelled: () => boolean = () => false): Promise<FileResult[]> {
    const work = this.begin();
    await this.read(changes, work, isCancelled);
    const results: FileResult[] = [];
    for await (const part of this.finish(work, Infinity, isCancelled)) results.push(...part.results);
    return results;
  }

  /** Begins with a round of changes, or goes on with one that was put off. Other rounds can come in between. */
  begin(): Work {
    const work = this.#putOff ?? { ...nothingChanged(), touched: new Set(), notes: new Map() };
    this.#putOff = undefined;
    return work;
  }

  /** Reads what has changed. What it says is found out by `finish`: once, however many files are read one after the other. */
  async read(changes: readonly Change[], work: Work, isCancelled: () => boolean): Promise<void> {
    const onDisk = changes.filter((change) => !this.#reader.isEdit(change));
    const manifest = onDisk.some(({ file }) => isManifest(file));
    if (manifest || onDisk.some((change) => !this.#reader.isThere(change)))
      this.#project.diskChanged(manifest);
    let rest = performance.now();
    for (const change of changes) {
      if (performance.now() - rest > patience) {
        await breathe();
        rest = performance.now();
      }
      if (isCancelled()) break;
      work.touched.add(change.file);
      await this.#reader.read(change, work);
    }
  }

  /** Links what was read and what rests on it, and hands back what is new in steps of so many milliseconds. */
  async *finish(work: Work, stepTime: number, isCancelled: () => boolean): AsyncGenerator<Finished> {
    this.#addDependents(work);
    const { dirty, touched } = work;
    let left = dirty.size;
    let rest = performance.now();
    const linked = new Set<string>();
    for (const file of dirty) {
      if (isCancelled()) break;
      this.#relink({ dirty: [file], touched: linked });
      if (--left === 0 || performance.now() - rest < stepTime) continue;
      yield { results: this.report(linked), share: 1 - left / dirty.size };
      linked.clear();
      rest = performance.now();
    }
    for (const file of linked) touched.add(file);
    if (left > 0) {
      if (this.#putOff) addWork(this.#putOff, work);
      else this.#putOff = work;
      return;
    }
    yield* this.#lookAgain(work, stepTime, isCancelled);
    yield { results: this.#results(work), share: 1 };
    // A round that began before this one may have been stopped meanwhile, with files that this one found unchanged.
    if (this.#putOff && !isCancelled()) yield* this.finish(this.begin(), stepTime, isCancelled);
  }

  /**
   * Takes the skipped files that others turned out to have to do with, and skips those with which no others have to do any
   * more.
   */
  async *#lookAgain(work: Work, stepTime: number, isCancelled: () => boolean): AsyncGenerator<Finished> {
    let { dirty } = work;
    let rest = performance.now();
    for (let round = 0; round < maxRounds; round++) {
      const because = [...this.#project.takeNews(), ...this.#project.starts.takeNews(), ...dirty];
      const more: Work = { ...work, ...nothingChanged() };
      dirty = more.dirty;
      for (const change of this.#intake.again(because)) {
        if (isCancelled()) return;
        await this.#reader.read(change, more);
        if (performance.now() - rest < stepTime) continue;
        yield { results: [], share: 1 };
        rest = performance.now();
      }
      if (dirty.size === 0) return;
      this.#addDependents(more);
      this.#relink(more);
    }
  }

  /** Adds the files whose facts rest on something that changed. */
  #addDependents({ dirty, parts, names, moved, arrived }: Work): void {
    const { answers, starts } = this.#project;
    for (const name of this.#project.noLongerMissed(arrived)) names.add(name);
    const isGone = (answer: Answer): boolean => !answers.isKept(answer);
    const changed = { parts, moved, names, answers: answers.settle() };
    for (const file of this.#links.restingOn(changed, isGone)) dirty.add(file);
    if (!starts.takeChanged()) return;
    for (const [file, { starts: known }] of this.#links.all)
      if (known.some((each) => starts.hasChanged(each))) dirty.add(file);
  }

  /** Links the changed files again, and notes which files their facts were or are about. */
  #relink({ dirty, touched }: { dirty: Iterable<string>; touched: Set<string> }): void {
    for (const path of dirty) {
      const known = this.#table.get(path);
      if (known?.status !== 'given') continue;
      const linked = link(known.source, this.#project);
      for (const { file } of [...this.#links.factsFrom(path), ...linked.facts]) touched.add(file);
      this.#links.set(path, linked);
    }
  }

  #results({ touched, notes }: Work): Iterable<FileResult> {
    for (const { file, why } of this.#project.takeGivenUp()) {
      notes.set(file, [...(notes.get(file) ?? []), why]);
      touched.add(file);
    }
    return this.report(touched, notes);
  }

  /** Reports what is news of some files: of each what is known when it is its turn. */
  *report(
    files: Iterable<string>,
    notes: ReadonlyMap<string, readonly string[]> = new Map(),
  ): Generator<FileResult> {
    for (const file of files) {
      const isPending = this.#reported.awaitsMore && this.isOpen(file) && this.#facts.mayChange(file);
      yield* this.#reported.report(file, isPending ? undefined : this.#facts.of(file), notes.get(file));
    }
  }
}
