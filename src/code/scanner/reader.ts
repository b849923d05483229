import type { Change } from './client/messages';
import { namesOf, namesOfGiven, ownNames } from './facts/plainSubjects';
import type { Reported } from './facts/reported';
import type { Intake } from './files/intake';
import { SourceFile } from './files/sourceFile';
import type { RealDisk } from './files/sources';
import type { LanguageSet } from './languageSet';
import type { LanguageDefinition } from './languages/language';
import type { Links } from './linking/links';
import type { NeededFiles } from './linking/neededFiles';
import type { Project } from './linking/project';
import type { Work } from './linking/work';
import type { Outlines } from './outline/outlines';
import type { Grammars } from './outline/syntax';

/** What a file is read with, and into. */
interface ReaderParts {
  readonly languages: LanguageSet;
  readonly grammars: Grammars;
  readonly outlines: Outlines;
  readonly disk: RealDisk;
  readonly links: Links;
  readonly project: Project;
  readonly intake: Intake;
  readonly needed: NeededFiles;
  readonly reported: Reported;
}

/** Reads files that changed into the project, and notes what became of them. */
export class Reader {
  readonly #with: ReaderParts;
  /** The files that passed the sieve, with the text where an editor holds it; the project knows more: what they import. */
  readonly #taken = new Map<string, string | undefined>();

  constructor(parts: ReaderParts) {
    this.#with = parts;
  }

  /** The files that passed the sieve. */
  get files(): Iterable<string> {
    return this.#taken.keys();
  }

  has(file: string): boolean {
    return this.#taken.has(file);
  }

  /** The text that an editor holds. */
  openText(file: string): string | undefined {
    return this.#taken.get(file);
  }

  /** Whether a file was there before and is after the change, so that imports lead where they did. */
  isThere(change: Change): boolean {
    return !('removed' in change) && this.#taken.has(change.file);
  }

  /** Whether something was typed in an editor, by which nothing changes on disk. */
  isEdit(change: Change): boolean {
    return 'text' in change && this.#with.disk.isOpen(change.file);
  }

  async read(change: Change, work: Work): Promise<void> {
    const { languages, grammars, outlines, disk, project, intake, reported } = this.#with;
    const { file } = change;
    const language = languages.of(file);
    const isEdit = this.isEdit(change);
    if (!isEdit) disk.forget(file);
    disk.open(file, 'text' in change);
    const before = project.get(file);
    if (before || language) work.dirty.add(file);
    if (!language) return;
    if (!before && !isEdit) work.arrived.add(file);
    const text = intake.textOf(change, language, work.notes);
    if (text === undefined) {
      this.#holdBack(change, language, before, work);
      return;
    }
    intake.take(file);
    await grammars.load(languages.grammarsOf(language));
    if (before && 'fromDisk' in change && this.#isGivenNow(before, text)) {
      this.#noteParts(file, before, work);
      for (const name of namesOfGiven(before, languages)) work.names.add(name);
      return;
    }
    const outline = outlines.of(file, text, language, 'text' in change);
    if (!outline) {
      this.#noteAll(file, before, work);
      work.notes.set(file, ['takes too many steps to parse']);
      this.#forget(file, work);
      return;
    }
    if (outline.errors > 0 && intake.isGuess(file)) {
      const remedy = 'If it has another encoding, set "files.encoding"';
      work.notes.set(file, [`is not UTF-8; read as Windows-1252, it has errors. ${remedy}`]);
    }
    // A file that was only read because others need it says more now.
    const updated = before && this.#taken.has(file) ? project.update(before, outline) : undefined;
    if (before && updated) {
      // Whatever was found out of the rest of it still holds.
      work.moved.add(file);
      for (const { key } of updated.parts) work.parts.add(key);
      const own = updated.parts.length > 0 ? ownNames(before, languages) : [];
      for (const name of [...updated.names, ...own]) work.names.add(name);
    } else {
      this.#noteAll(file, before, work);
      const source = new SourceFile(file, language, outline);
      project.set(source);
      for (const name of namesOf(source, languages)) work.names.add(name);
    }
    const open = 'text' in change ? text : undefined;
    if (open === undefined) reported.close(file);
    this.#taken.set(file, open);
  }

  /** A file that can't speak RES may still be needed by others. */
  #holdBack(change: Change, language: LanguageDefinition, before: SourceFile | undefined, work: Work): void {
    const { languages, project, intake } = this.#with;
    const { file } = change;
    this.#noteAll(file, before, work);
    const family = project.neededBy(file);
    this.#forget(file, work);
    // What an editor holds is not read from disk.
    if (!('fromDisk' in change) || work.notes.has(file)) return;
    intake.holdBack(file, language);
    const now = family === undefined ? undefined : project.load(file, family);
    for (const name of now ? namesOf(now, languages) : []) work.names.add(name);
  }

  /** Whether a file, which others needed, was read with the same text before; it then says something itself from now on. */
  #isGivenNow(before: SourceFile, text: string): boolean {
    const { path } = before;
    if (this.#taken.has(path) || !this.#with.needed.isSame(before, text)) return false;
    this.#with.project.give(path);
    this.#taken.set(path, undefined);
    return true;
  }

  #noteParts(file: string, before: SourceFile | undefined, { parts }: Work): void {
    for (const key of before?.parts.map((part) => part.key) ?? [file]) parts.add(key);
  }

  /** Notes all through which others may rest on what a file was. */
  #noteAll(file: string, before: SourceFile | undefined, work: Work): void {
    this.#noteParts(file, before, work);
    for (const name of before ? namesOf(before, this.#with.languages) : []) work.names.add(name);
  }

  #forget(file: string, { touched }: Work): void {
    const { outlines, links, project, intake, reported } = this.#with;
    for (const placed of links.factsFrom(file)) touched.add(placed.file);
    links.delete(file);
    project.remove(file);
    intake.forget(file);
    this.#taken.delete(file);
    reported.close(file);
    outlines.forget(file);
  }
}
