import { setImmediate as breathe } from 'node:timers/promises';
import type { Fact } from './fact';
import { extract } from './extract';
import { grammarsOf, languageOf } from './languages/index';
import { HeldBack } from './heldBack';
import type { LanguageDefinition } from './languages/language';
import { type Linked, type PlacedFact, link } from './linker';
import type { Change, FileResult } from './messages';
import { Outlines } from './outlines';
import { Project } from './project';
import { type Shown, retained } from './retention';
import { hasSameShape } from './sameShape';
import { SourceFile } from './sourceFile';
import { type Wanted, contains, isAbout, wantedFiles } from './secondSieve';
import { RealDisk, defaultMaxFileSize, readBytes, readSource, sieveBytes } from './sources';
import { distinct, withServices } from './toldFacts';
import { type GrammarFolder, Grammars, parseLimit } from './syntax';

/** What is kept of a file that speaks RES. */
interface Entry {
  readonly linked: Linked;
  /** The text of a file that is open in an editor. */
  readonly open: string | undefined;
}

/** What one round of changes sets going. */
interface Work {
  /** Files to be linked again. */
  readonly dirty: Set<string>;
  /** Names that changed files have or had. */
  readonly names: Set<string>;
  /** Files in which code has only moved. */
  readonly moved: Set<string>;
  /** Files whose facts may be new. */
  readonly touched: Set<string>;
  readonly notes: Map<string, string[]>;
}

/** How long work goes on before messages are looked at, in milliseconds. */
const patience = 20;

/** How often files that were held back can lead to further ones. */
const maxRounds = 3;

const nothingLinked: Linked = { facts: [], files: new Set(), names: new Set() };

/** The sieve of a file that is read because another one needs it. */
const anything = [Buffer.alloc(0)];

/** Keeps the facts of a set of files current: changes in, facts out. Holds all state of the worker. */
export class Scanner {
  /** Larger files are left out, in bytes. */
  maxFileSize = defaultMaxFileSize;
  readonly #grammars: Grammars;
  readonly #outlines: Outlines;
  readonly #disk = new RealDisk();
  readonly #project = new Project(this.#disk, (path, from) => this.#loadNow(path, from));
  /** The files that passed the sieve; the project knows more: those that they import. */
  readonly #entries = new Map<string, Entry>();
  readonly #open = new Map<string, Shown>();
  readonly #sent = new Map<string, string>();
  /** Files without any of the sieve's literals, and what else was looked for in them. */
  readonly #heldBack = new HeldBack();
  readonly #wanted = new Map<string, Wanted>();
  readonly #sieves = new Map<LanguageDefinition, Buffer[]>();

  /** `limit` is how long the parser may work on one file, in milliseconds. */
  constructor(grammarFolder: GrammarFolder, limit = parseLimit) {
    this.#grammars = new Grammars(grammarFolder, limit);
    this.#outlines = new Outlines(this.#grammars);
  }

  /** The files on which facts can rest: those that passed the sieve, and those that they need. */
  get known(): Iterable<string> {
    return [...this.#project.files].map(({ path }) => path);
  }

  /** All files that it was told of and that are still there. */
  get files(): Iterable<string> {
    return new Set([...this.#entries.keys(), ...this.#heldBack.files()]);
  }

  /** Whether an editor holds the file. */
  isOpen(file: string): boolean {
    return this.#disk.isOpen(file);
  }

  /** Notes files of which it is known already that they contain none of the sieve's literals. */
  holdBack(files: readonly string[]): void {
    for (const file of files) {
      const language = this.isOpen(file) || this.#entries.has(file) ? undefined : languageOf(file);
      if (language) this.#heldBack.add(file, language);
    }
  }

  /** Takes changes in and hands back all files whose facts or notes are new; `isCancelled` is asked between files. */
  async apply(changes: readonly Change[], isCancelled: () => boolean = () => false): Promise<FileResult[]> {
    const notes = new Map<string, string[]>();
    const work: Work = { dirty: new Set(), names: new Set(), moved: new Set(), touched: new Set(), notes };
    this.#project.diskChanged();
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
    this.#addDependents(work);
    this.#relink(work);
    await this.#lookAgain(work, isCancelled);
    return this.#results(work);
  }

  /** Takes the files that the sieve held back, but that others turned out to have to do with. */
  async #lookAgain(work: Work, isCancelled: () => boolean): Promise<void> {
    for (let round = 0; round < maxRounds; round++) {
      const news: Wanted[] = [];
      for (const [key, wanted] of wantedFiles(this.#project, this.#disk)) {
        if (!this.#wanted.has(key)) news.push(wanted);
        this.#wanted.set(key, wanted);
      }
      const more: Work = { ...work, dirty: new Set(), names: new Set(), moved: new Set() };
      for (const [file, about] of this.#heldBack.about(news)) {
        if (isCancelled()) return;
        if (readBytes(file, (bytes) => about.some((wanted) => contains(wanted, bytes))))
          await this.#take({ file, fromDisk: true }, more);
      }
      if (more.dirty.size === 0) return;
      this.#addDependents(more);
      this.#relink(more);
    }
  }

  async #take(change: Change, work: Work): Promise<void> {
    const { file } = change;
    const { dirty, names, moved, notes } = work;
    const language = languageOf(file);
    this.#disk.forget(file);
    this.#disk.open(file, 'text' in change);
    const before = this.#project.get(file);
    if (before || language) dirty.add(file);
    if (!language) return;
    const text = this.#textOf(change, language, notes);
    if (text === undefined) {
      for (const name of before?.names ?? []) names.add(name);
      this.#forget(file, work);
      if ('fromDisk' in change && !notes.has(file)) this.#heldBack.add(file, language);
      return;
    }
    this.#heldBack.delete(file);
    await this.#grammars.load(grammarsOf(language));
    const outline = this.#outlines.of(file, text, language, 'text' in change);
    if (!outline) {
      for (const name of before?.names ?? []) names.add(name);
      notes.set(file, ['takes longer than a second to parse']);
      this.#forget(file, work);
      return;
    }
    const source = new SourceFile(file, language, outline);
    this.#project.set(source);
    if (before && hasSameShape(before.outline, outline)) moved.add(file);
    else for (const name of [...(before?.names ?? []), ...source.names]) names.add(name);
    const open = 'text' in change ? text : undefined;
    if (open === undefined) this.#open.delete(file);
    this.#entries.set(file, { linked: this.#entries.get(file)?.linked ?? nothingLinked, open });
  }

  /** The text to look at, if it can speak RES. */
  #textOf(change: Change, language: LanguageDefinition, notes: Map<string, string[]>): string | undefined {
    if ('removed' in change) return undefined;
    if ('text' in change) {
      if (change.text.length > this.maxFileSize) {
        notes.set(change.file, [
          `${change.text.length} characters are more than the ${this.maxFileSize} that are read`,
        ]);
        return undefined;
      }
      // What was of interest before stays so: an edit may have just broken the word that the sieve looks for.
      const isKnown = this.#project.get(change.file) !== undefined;
      const isWanted = isKnown || language.sieve.some((literal) => change.text.includes(literal));
      return isWanted || this.#isWanted(change.file, language, () => Buffer.from(change.text))
        ? change.text
        : undefined;
    }
    const content = readSource(change.file, this.#sieveOf(language), this.maxFileSize, (bytes) =>
      this.#isWanted(change.file, language, () => bytes),
    );
    if (content && 'note' in content) notes.set(change.file, [content.note]);
    return content && 'text' in content ? content.text : undefined;
  }

  #isWanted(file: string, language: LanguageDefinition, bytes: () => Buffer): boolean {
    const about = [...this.#wanted.values()].filter((wanted) => isAbout(wanted, file, language));
    return about.length > 0 && about.some((wanted) => contains(wanted, bytes()));
  }

  #forget(file: string, { touched }: Work): void {
    for (const placed of this.#entries.get(file)?.linked.facts ?? []) touched.add(placed.file);
    this.#project.remove(file);
    this.#heldBack.delete(file);
    this.#entries.delete(file);
    this.#open.delete(file);
    this.#outlines.forget(file);
  }

  /** Adds the files whose facts rest on something that changed. */
  #addDependents({ dirty, names, moved }: Work): void {
    const changed = new Set(dirty);
    for (const [path, { linked }] of this.#entries) {
      if (dirty.has(path)) continue;
      const depends =
        [...linked.files].some(({ path: of }) => changed.has(of) && !moved.has(of)) ||
        linked.facts.some(({ file }) => moved.has(file)) ||
        [...linked.names].some((name) => names.has(name));
      if (depends) dirty.add(path);
    }
  }

  /** Links the changed files again, and notes which files their facts were or are about. */
  #relink({ dirty, touched }: Work): void {
    for (const path of dirty) {
      const entry = this.#entries.get(path);
      const source = this.#project.get(path);
      if (!entry || !source) continue;
      const linked = link(source, this.#project);
      for (const { file } of [...entry.linked.facts, ...linked.facts]) touched.add(file);
      this.#entries.set(path, { ...entry, linked });
    }
  }

  #results({ touched, notes }: Work): FileResult[] {
    const byFile = this.#factsByFile(touched);
    const results: FileResult[] = [];
    for (const file of touched) {
      const facts = this.#shown(file, byFile.get(file) ?? []);
      const fingerprint = JSON.stringify(facts);
      const noted = notes.get(file);
      const before = this.#sent.get(file) ?? '[]';
      if (facts.length === 0) this.#sent.delete(file);
      else this.#sent.set(file, fingerprint);
      if (before !== fingerprint || noted) results.push({ file, facts, ...(noted && { notes: noted }) });
    }
    return results;
  }

  #factsByFile(wanted: ReadonlySet<string>): Map<string, PlacedFact[]> {
    const byFile = new Map<string, PlacedFact[]>();
    for (const { linked } of this.#entries.values()) {
      for (const placed of linked.facts) {
        if (!wanted.has(placed.file)) continue;
        const list = byFile.get(placed.file);
        if (list) list.push(placed);
        else byFile.set(placed.file, [placed]);
      }
    }
    return byFile;
  }

  #shown(file: string, placed: readonly PlacedFact[]): Fact[] {
    const open = this.#entries.get(file)?.open;
    let facts = distinct(placed);
    if (open !== undefined) {
      const errors = this.#project.get(file)?.outline.errors ?? 0;
      const shown = retained(this.#open.get(file), open, facts, errors);
      this.#open.set(file, shown);
      facts = [...shown.facts];
    }
    return withServices(facts);
  }

  #sieveOf(language: LanguageDefinition): Buffer[] {
    let sieve = this.#sieves.get(language);
    if (!sieve) this.#sieves.set(language, (sieve = sieveBytes(language.sieve)));
    return sieve;
  }

  /** Outlines a file that another one needs, whatever it contains. */
  #loadNow(path: string, from: SourceFile): SourceFile | undefined {
    const language = languageOf(path);
    if (language?.family !== from.language.family || !this.#grammars.isLoaded(language.grammar))
      return undefined;
    const content = readSource(path, anything, this.maxFileSize);
    if (!content || 'note' in content) return undefined;
    const extracted = extract(content.text, language, this.#grammars);
    extracted?.tree.delete();
    return extracted && new SourceFile(path, language, extracted.outline);
  }
}
