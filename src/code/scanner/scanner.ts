import { setImmediate as breathe } from 'node:timers/promises';
import { grammarsOf, languageOf } from './languages/index';
import { Intake } from './files/intake';
import { link } from './linking/linker';
import { Links } from './linking/links';
import type { Change, FileResult } from './client/messages';
import { Outlines } from './outline/outlines';
import { NeededFiles } from './linking/neededFiles';
import { namesOf, namesOfGiven, ownNames } from './files/plainSubjects';
import { Project } from './linking/project';
import { Reported } from './facts/reported';
import { SourceFile } from './files/sourceFile';
import { isManifest } from './files/secondSieve';
import { RealDisk } from './files/sources';
import { distinct } from './cache/toldFacts';
import { type GrammarFolder, Grammars, parseLimit } from './outline/syntax';
import { type Work, nothingChanged } from './evaluate/work';
import type { Answer } from './evaluate/world';

/** How long work goes on before messages are looked at, in milliseconds. */
const patience = 20;

/** How often files that were held back can lead to further ones. */
const maxRounds = 3;

/** Keeps the facts of a set of files current: changes in, facts out. Holds all state of the worker. */
export class Scanner {
  readonly #grammars: Grammars;
  readonly #outlines: Outlines;
  readonly #disk = new RealDisk();
  readonly #links = new Links();
  readonly #project = new Project(this.#disk, (path, family) => this.#needed.read(path, family), this.#links);
  /** The files that passed the sieve, with the text where an editor holds it; the project knows more: what they import. */
  readonly #taken = new Map<string, string | undefined>();
  readonly #reported = new Reported();
  readonly #intake = new Intake(this.#project, this.#links, this.#disk);
  readonly #needed: NeededFiles;
  #putOff: Work | undefined;

  /** `limit` is how many hundreds of steps the parser may take for one file. */
  constructor(grammarFolder: GrammarFolder, limit = parseLimit) {
    this.#grammars = new Grammars(grammarFolder, limit);
    this.#outlines = new Outlines(this.#grammars);
    this.#needed = new NeededFiles(this.#grammars, this.#outlines, this.#intake);
  }

  /** Larger files are left out, in bytes. */
  set maxFileSize(bytes: number) {
    this.#intake.maxFileSize = bytes;
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
    return [...this.#project.files].map(({ path }) => path);
  }

  /** All files that it was told of and that are still there. */
  get files(): Iterable<string> {
    return new Set([...this.#taken.keys(), ...this.#intake.heldBack]);
  }

  /** Whether an editor holds the file. */
  isOpen(file: string): boolean {
    return this.#disk.isOpen(file);
  }

  /** Notes files of which it is known already that they contain none of the sieve's literals. */
  holdBack(files: readonly string[]): void {
    for (const file of files) {
      const language = this.isOpen(file) || this.#taken.has(file) ? undefined : languageOf(file);
      if (language) this.#intake.holdBack(file, language);
    }
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
    const onDisk = changes.filter((change) => !this.#isEdit(change));
    const manifest = onDisk.some(({ file }) => isManifest(file));
    if (manifest || onDisk.some((change) => !this.#isThere(change))) this.#project.diskChanged(manifest);
    let rest = performance.now();
    for (const change of changes) {
      if (performance.now() - rest > patience) {
        await breathe();
        rest = performance.now();
      }
      if (isCancelled()) break;
      work.touched.add(change.file);
      await this.#take(change, work);
    }
  }

  /** Links what was read and what rests on it, so many files at a time, and hands back what is new. */
  async *finish(
    work: Work,
    size: number,
    isCancelled: () => boolean,
  ): AsyncGenerator<{ readonly results: FileResult[]; readonly share: number }> {
    this.#addDependents(work);
    const { dirty, touched } = work;
    let left = dirty.size;
    const linked = new Set<string>();
    for (const file of dirty) {
      if (isCancelled()) {
        this.#putOff = work;
        return;
      }
      this.#relink({ dirty: [file], touched: linked });
      if (--left === 0 || left % size !== 0) continue;
      yield { results: this.#resultsOf(linked), share: 1 - left / dirty.size };
      linked.clear();
    }
    for (const file of linked) touched.add(file);
    await this.#lookAgain(work, isCancelled);
    yield { results: this.#results(work), share: 1 };
  }

  /**
   * Takes the files that the sieve held back, but that others turned out to have to do with, and holds back those with which
   * no others have to do any more.
   */
  async #lookAgain(work: Work, isCancelled: () => boolean): Promise<void> {
    let { dirty } = work;
    for (let round = 0; round < maxRounds; round++) {
      const because = [...this.#project.takeNews(), ...this.#project.starts.takeNews(), ...dirty];
      const more: Work = { ...work, ...nothingChanged() };
      dirty = more.dirty;
      for (const file of this.#intake.again(because)) {
        if (isCancelled()) return;
        await this.#take({ file, fromDisk: true }, more);
      }
      if (dirty.size === 0) return;
      this.#addDependents(more);
      this.#relink(more);
    }
  }

  async #take(change: Change, work: Work): Promise<void> {
    const { file } = change;
    const { dirty, parts, names, moved, arrived, notes } = work;
    const language = languageOf(file);
    const isEdit = this.#isEdit(change);
    if (!isEdit) this.#disk.forget(file);
    this.#disk.open(file, 'text' in change);
    const before = this.#project.get(file);
    const had = before ? namesOf(before) : [];
    if (before || language) dirty.add(file);
    const partsBefore = before?.parts.map(({ key }) => key) ?? [file];
    if (!language) return;
    if (!before && !isEdit) arrived.add(file);
    const text = this.#intake.textOf(change, language, notes);
    if (text === undefined) {
      for (const part of partsBefore) parts.add(part);
      for (const name of had) names.add(name);
      const family = this.#project.neededBy(file);
      this.#forget(file, work);
      // What an editor holds is not read from disk.
      if (!('fromDisk' in change) || notes.has(file)) return;
      this.#intake.holdBack(file, language);
      const now = family === undefined ? undefined : this.#project.load(file, family);
      for (const name of now ? namesOf(now) : []) names.add(name);
      return;
    }
    this.#intake.take(file);
    await this.#grammars.load(grammarsOf(language));
    if (before && 'fromDisk' in change && this.#needed.isSame(before, text) && !this.#taken.has(file)) {
      this.#project.give(file);
      this.#taken.set(file, undefined);
      for (const part of partsBefore) parts.add(part);
      for (const name of namesOfGiven(before)) names.add(name);
      return;
    }
    const outline = this.#outlines.of(file, text, language, 'text' in change);
    if (!outline) {
      for (const part of partsBefore) parts.add(part);
      for (const name of had) names.add(name);
      notes.set(file, ['takes too many steps to parse']);
      this.#forget(file, work);
      return;
    }
    // A file that was only read because others need it says more now.
    const updated = before && this.#taken.has(file) ? this.#project.update(before, outline) : undefined;
    if (before && updated) {
      // Whatever was found out of the rest of it still holds.
      moved.add(file);
      for (const { key } of updated.parts) parts.add(key);
      const own = updated.parts.length > 0 ? ownNames(before) : [];
      for (const name of [...updated.names, ...own]) names.add(name);
    } else {
      const source = new SourceFile(file, language, outline);
      this.#project.set(source);
      for (const part of partsBefore) parts.add(part);
      for (const name of [...had, ...namesOf(source)]) names.add(name);
    }
    const open = 'text' in change ? text : undefined;
    if (open === undefined) this.#reported.close(file);
    this.#taken.set(file, open);
  }

  /** Whether a file was there before and is after the change, so that imports lead where they did. */
  #isThere(change: Change): boolean {
    return !('removed' in change) && this.#taken.has(change.file);
  }

  /** Whether something was typed in an editor, by which nothing changes on disk. */
  #isEdit(change: Change): boolean {
    return 'text' in change && this.isOpen(change.file);
  }

  #forget(file: string, { touched }: Work): void {
    for (const placed of this.#links.factsFrom(file)) touched.add(placed.file);
    this.#links.delete(file);
    this.#project.remove(file);
    this.#intake.forget(file);
    this.#taken.delete(file);
    this.#reported.close(file);
    this.#outlines.forget(file);
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
      const source = this.#taken.has(path) ? this.#project.get(path) : undefined;
      if (!source) continue;
      const linked = link(source, this.#project);
      for (const { file } of [...this.#links.factsFrom(path), ...linked.facts]) touched.add(file);
      this.#links.set(path, linked);
    }
  }

  #results({ touched, notes }: Work): FileResult[] {
    for (const { file, why } of this.#project.takeGivenUp()) {
      notes.set(file, [...(notes.get(file) ?? []), why]);
      touched.add(file);
    }
    return this.#resultsOf(touched, notes);
  }

  #resultsOf(files: Iterable<string>, notes: ReadonlyMap<string, string[]> = new Map()): FileResult[] {
    return [...files].flatMap((file) => {
      const facts = distinct(this.#links.factsAbout(file));
      const text = this.#taken.get(file);
      const errors = this.#project.get(file)?.outline.errors ?? 0;
      const open = text === undefined ? undefined : { text, errors };
      return this.#reported.resultOf(file, facts, notes.get(file), open);
    });
  }
}
