import { Callers } from '../callers/callers';
import { DerivedClasses } from '../callers/derived';
import type { Code, Derived, Evaluator } from '../evaluate/evaluator';
import type { LanguageSet } from '../languageSet';
import type { FoundCallers } from '../callers/foundCallers';
import { Imports, isLibrary } from './imports';
import type { Disk } from '../files/fileLanguage';
import type { FileTable, Outlined } from '../files/fileTable';
import { KnownAnswers } from './knownAnswers';
import { Limits } from './limits';
import { NameIndex } from './nameIndex';
import { Packages } from './packages';
import type { Links } from './links';
import type { Outline } from '../outline/outline';
import type { CallPlace, CodeChange, SourceFile } from '../files/sourceFile';
import { StartFinder } from '../evaluate/starts';
import { WholeProject } from './wholeProject';
import type { World } from '../evaluate/world';
import { Writes } from '../evaluate/writes';

/** The files whose outlines are known, and what they have to do with each other. */
export class Project implements Code {
  readonly languages: LanguageSet;
  readonly #table: FileTable;
  readonly #load: (path: string, family: string) => Outlined | undefined;
  readonly #packages: Packages;
  /** What was found out once for all who ask. */
  readonly answers: KnownAnswers;
  readonly #callers = new Callers(this);
  readonly #derived = new DerivedClasses(this);
  /** How texts start. */
  readonly starts = new StartFinder(this);
  /** What code writes to fields. */
  readonly writes: Writes = new Writes(this);
  readonly #news = new Set<string>();
  readonly #imports: Imports;
  readonly #index = new NameIndex();
  /** What is asked of all files. */
  readonly whole: WholeProject;
  readonly #limits = new Limits();
  /** How many steps were taken: expressions evaluated, and files looked at for it. */
  steps = 0;

  /** `load` outlines a file that was not given, because one of the family needs it; `links` are told of answers that they rest on. */
  constructor(
    languages: LanguageSet,
    table: FileTable,
    disk: Disk,
    load: (path: string, family: string) => Outlined | undefined,
    links: Pick<Links, 'restOn' | 'renew'>,
  ) {
    this.languages = languages;
    this.answers = new KnownAnswers(
      (answer) => links.restOn(answer),
      (answer, renew) => {
        links.renew(answer, renew);
      },
    );
    this.#table = table;
    this.whole = new WholeProject(table);
    this.#load = load;
    this.#imports = new Imports(disk, (path, from) => this.#outlined(path, from));
    this.#packages = new Packages(
      disk,
      (path, from) => this.#outlined(path, from),
      (file, why) => {
        this.giveUp(file, why);
      },
    );
  }

  giveUp({ path }: SourceFile, limit: string): void {
    this.#limits.reached(limit, path);
  }

  /** The limits that were reached since this was asked last; each is reported once for a file. */
  takeGivenUp(): { file: string; why: string }[] {
    return this.#limits.take();
  }

  get(path: string): SourceFile | undefined {
    return this.#table.get(path)?.source;
  }

  /** The family of languages in which the file is needed, though it says nothing itself. */
  neededBy(path: string): string | undefined {
    const known = this.#table.get(path);
    return known?.status === 'needed' ? known.source.language.family : this.#packages.askedBy(path);
  }

  /** Outlines a file that was not given, because one of the family needs it. */
  load(path: string, family: string): SourceFile | undefined {
    const loaded = this.#load(path, family);
    if (loaded) this.set(loaded);
    return loaded?.source;
  }

  /** A file that was read because another one needs it says something itself now. */
  give({ source, askers }: Pick<Outlined, 'source' | 'askers'>): void {
    this.#table.put({ source, askers, status: 'given' });
    this.whole.clear();
  }

  /** Files may have come or gone: imports can lead elsewhere, and packages can start elsewhere. */
  diskChanged(packages: boolean): void {
    this.#imports.diskChanged();
    this.answers.clear();
    this.#packages.changed();
    if (!packages) return;
    this.#imports.lookAgain();
    for (const { source } of this.#table.outlined) this.#news.add(source.path);
  }

  set(outlined: Outlined): void {
    const { source: file } = outlined;
    this.remove(file.path);
    this.#table.put(outlined);
    this.answers.changed(file);
    this.#packages.add(file);
    this.#index.add(file);
    this.#news.add(file.path);
  }

  /** Takes over the next outline of a file, if only the code in functions is another one; else undefined, with nothing done. */
  update(file: SourceFile, outline: Outline): CodeChange | undefined {
    const before = { called: file.called, written: new Set(file.writesByField.keys()) };
    const change = file.update(outline);
    if (!change) return undefined;
    this.#index.update(file, before);
    this.answers.doubt(change, [
      ...this.#callers.inFile(file, change.used),
      ...this.writes.inFile(file, change.used),
    ]);
    this.whole.clear();
    this.#news.add(file.path);
    return change;
  }

  remove(path: string): void {
    const file = this.get(path);
    if (file) {
      this.answers.changed(file);
      this.#packages.remove(file);
      this.#index.remove(file);
      this.#news.add(path);
    }
    this.#table.drop(path);
    this.#imports.filesChanged();
    this.whole.clear();
  }

  readAround(file: SourceFile): void {
    this.#packages.readAround(file);
  }

  isHidden(name: string, file: SourceFile): boolean {
    const { hides, sees } = file.language;
    return hides?.(name, file.outline) === true && (!sees || this.#packages.readAround(file));
  }

  *declaring(name: string, file: SourceFile): Iterable<SourceFile> {
    const { isOneUnit } = file.language;
    for (const other of this.#packages.declaring(name, file)) {
      this.steps++;
      if (!isOneUnit || !isLibrary(other.outline.namespace, file)) yield other;
    }
    if (!isOneUnit) return;
    for (const other of this.#index.declaring(name, file))
      if (other !== file && !isLibrary(other.outline.namespace, file)) yield other;
  }

  exporting(name: string, files: readonly SourceFile[]): readonly SourceFile[] {
    return files.length > 1 && files[0]?.outline.unit !== undefined
      ? this.#packages.exporting(name, files)
      : files;
  }

  resolve(from: string, file: SourceFile, world: World): readonly SourceFile[] | undefined {
    return this.#imports.resolve(from, file, world);
  }

  /** The names under which files were looked for in vain that have come now. */
  noLongerMissed(files: ReadonlySet<string>): string[] {
    return this.#imports.noLongerMissed(files);
  }

  /** The files that came, changed or went, and those whose package may have, since this was asked last. */
  takeNews(): Set<string> {
    const news = new Set(this.#news);
    this.#news.clear();
    return news;
  }

  callsOf(name: string, near: SourceFile, world: World): CallPlace[] {
    world.lookForUses(name);
    const places = this.#index
      .under(name, near)
      .flatMap((file) => (file.callsByName.get(name) ?? []).map((call) => ({ file, call })));
    for (const { file, call } of places) world.touch(file.codeOf(file.call(call).fn));
    return places;
  }

  writing(field: string, near: SourceFile): readonly SourceFile[] {
    return this.#index.writing(field, near);
  }

  methodOf(
    file: SourceFile,
    cls: string,
    name: string,
    world: World,
  ): { file: SourceFile; fn: number } | undefined {
    if (file.outline.unit === undefined) return undefined;
    const key = `${cls}.${name}`;
    const own = file.outline.exports[key];
    if (own?.kind === 'function') return { file, fn: own.fn };
    world.lookUp(key);
    for (const other of this.#packages.declaring(key, file)) {
      const found = other.outline.exports[key];
      if (found?.kind !== 'function') continue;
      world.touch(other);
      return { file: other, fn: found.fn };
    }
    return undefined;
  }

  callersOf(file: SourceFile, fn: number, evaluator: Evaluator): FoundCallers {
    return this.#callers.of(file, fn, evaluator);
  }

  deriving(name: string, near: SourceFile): readonly SourceFile[] {
    return this.#index.deriving(name, near);
  }

  derivedFrom(file: SourceFile, cls: number, world: World): Derived {
    return this.#derived.of(file, cls, world);
  }

  isMade(file: SourceFile, cls: number, world: World): boolean {
    return this.#callers.areMade(file, cls, world);
  }

  under(name: string, near: SourceFile): readonly SourceFile[] {
    return this.#index.under(name, near);
  }

  renaming(member: string, file: SourceFile): SourceFile[] {
    return this.#index.renaming(member, file);
  }

  #outlined(path: string, from: SourceFile): SourceFile | undefined {
    return this.get(path) ?? this.load(path, from.language.family);
  }
}
