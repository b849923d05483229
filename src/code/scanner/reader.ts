import { createHash } from 'node:crypto';
import type { Change } from './client/messages';
import { namesOf, namesOfGiven, ownNames } from './facts/plainSubjects';
import { type FileTable, type Outlined } from './files/fileTable';
import type { Intake } from './files/intake';
import { SourceFile } from './files/sourceFile';
import { type RealDisk, textOnDisk } from './files/sources';
import type { LanguageSet } from './languageSet';
import type { LanguageDefinition } from './languages/language';
import type { Links } from './linking/links';
import type { Project } from './linking/project';
import type { Work } from './linking/work';
import type { Outlines } from './outline/outlines';
import type { Grammars } from './outline/syntax';

/** What a file is read with, and into. */
interface ReaderParts {
  readonly languages: LanguageSet;
  readonly grammars: Grammars;
  readonly outlines: Outlines;
  readonly table: FileTable;
  readonly disk: RealDisk;
  readonly links: Links;
  readonly project: Project;
  readonly intake: Intake;
}

const hashOf = (text: string): string => createHash('sha1').update(text).digest('base64');

/** Reads files that changed into the project, and notes what became of them. */
export class Reader {
  readonly #with: ReaderParts;

  constructor(parts: ReaderParts) {
    this.#with = parts;
  }

  /** Whether a file was there before and is after the change, so that imports lead where they did. */
  isThere(change: Change): boolean {
    return !('removed' in change) && this.#with.table.isGiven(change.file);
  }

  /** Whether something was typed in an editor, by which nothing changes on disk. */
  isEdit(change: Change): boolean {
    return 'text' in change && this.#with.disk.isOpen(change.file);
  }

  async read(change: Change, work: Work): Promise<void> {
    const { languages, grammars, outlines, table, disk, project, intake } = this.#with;
    const { file } = change;
    const language = languages.of(file);
    const isEdit = this.isEdit(change);
    if (!isEdit) disk.forget(file);
    disk.open(file, 'text' in change ? change.text : undefined);
    const known = table.get(file);
    const before = known?.source;
    if (before || language) work.dirty.add(file);
    if (!language) return;
    if (!before && !isEdit) work.arrived.add(file);
    const taken = intake.textOf(change, language, work.notes);
    if (!taken) {
      this.#skip(change, language, before, work);
      return;
    }
    const { text, isGuess, askers } = taken;
    table.unskip(file);
    await grammars.load(languages.grammarsOf(language));
    if (before && 'fromDisk' in change && known.hash !== undefined && known.hash === hashOf(text)) {
      // It was read with the same text before, because others needed it.
      project.give({ source: before, askers });
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
    if (outline.errors > 0 && isGuess) {
      const remedy = 'If it has another encoding, set "files.encoding"';
      work.notes.set(file, [`is not UTF-8; read as Windows-1252, it has errors. ${remedy}`]);
    }
    // A file that was only read because others need it says more now.
    const updated = before && known.status === 'given' ? project.update(before, outline) : undefined;
    if (before && updated) {
      // Whatever was found out of the rest of it still holds.
      table.put({ source: before, status: 'given', askers });
      work.moved.add(file);
      for (const { key } of updated.parts) work.parts.add(key);
      const own = updated.parts.length > 0 ? ownNames(before, languages) : [];
      for (const name of [...updated.names, ...own]) work.names.add(name);
    } else {
      this.#noteAll(file, before, work);
      const source = new SourceFile(file, language, outline);
      project.set({ source, status: 'given', askers });
      for (const name of namesOf(source, languages)) work.names.add(name);
    }
  }

  /** A file that can't speak RES may still be needed by others. */
  #skip(change: Change, language: LanguageDefinition, before: SourceFile | undefined, work: Work): void {
    const { languages, table, project } = this.#with;
    const { file } = change;
    this.#noteAll(file, before, work);
    const family = project.neededBy(file);
    this.#forget(file, work);
    if ('removed' in change || work.notes.has(file)) return;
    table.skip(file, language);
    const now = family === undefined ? undefined : project.load(file, family);
    for (const name of now ? namesOf(now, languages) : []) work.names.add(name);
  }

  /** Outlines a file that another one of the family needs, whatever it contains. */
  need(file: string, family: string): Outlined | undefined {
    const { languages, grammars, outlines, disk, intake } = this.#with;
    const language = languages.of(file);
    if (language?.family !== family || !grammars.isLoaded(language.grammar.name)) return undefined;
    const open = disk.openText(file);
    const text = open ?? textOnDisk(file, intake.reading);
    if (text === undefined) return undefined;
    const outline = outlines.of(file, text, language, open !== undefined);
    const source = outline && new SourceFile(file, language, outline);
    return source && { source, status: 'needed', hash: hashOf(text) };
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
    const { outlines, table, links, project } = this.#with;
    for (const placed of links.factsFrom(file)) touched.add(placed.file);
    links.delete(file);
    project.remove(file);
    table.unskip(file);
    outlines.forget(file);
  }
}
