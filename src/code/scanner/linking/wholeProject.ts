import { Answers } from './answers';
import type { SourceFile } from '../files/sourceFile';

/** Files, of which some are only read because others need them. */
interface Files {
  readonly files: Iterable<SourceFile>;
  isOnlyNeeded(file: SourceFile): boolean;
}

/** Answers questions about all files of a project. */
export class WholeProject {
  readonly #project: Files;
  /** What was asked; it holds until a file changes. */
  readonly #answers = new Answers();

  constructor(project: Files) {
    this.#project = project;
  }

  /** A file has changed. */
  clear(): void {
    this.#answers.clear();
  }

  /** Whether something is true of any file of a family; `key` stands for what it is. */
  isAny(family: string, key: RegExp, isTrue: (file: SourceFile) => boolean): boolean {
    return this.#answers.once(`any ${family} ${key}`, () => some(this.#project.files, family, isTrue));
  }

  /** The same of the files that were given. */
  isGiven(family: string, key: RegExp, isTrue: (file: SourceFile) => boolean): boolean {
    return this.#answers.once(`given ${family} ${key}`, () => some(this.#given(), family, isTrue));
  }

  /** The files that were given in which a name is the first part of others; `namesIn` tells those of a file. */
  naming(first: string, namesIn: (file: SourceFile) => ReadonlyMap<string, unknown>): readonly SourceFile[] {
    return this.#answers.once(`naming ${first}`, () =>
      [...this.#given()].filter((file) => namesIn(file).has(first)),
    );
  }

  /** The files that were not only read because others need them. */
  *#given(): Iterable<SourceFile> {
    for (const file of this.#project.files) if (!this.#project.isOnlyNeeded(file)) yield file;
  }
}

function some(files: Iterable<SourceFile>, family: string, isTrue: (file: SourceFile) => boolean): boolean {
  for (const file of files) if (file.language.family === family && isTrue(file)) return true;
  return false;
}
