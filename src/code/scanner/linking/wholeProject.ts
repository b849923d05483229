import type { FileTable, Outlined } from '../files/fileTable';
import type { SourceFile } from '../files/sourceFile';

/** Answers questions about all files of a project. */
export class WholeProject {
  readonly #table: Pick<FileTable, 'outlined'>;
  /** What was found out; it holds until a file changes. */
  readonly #known = new Map<string, unknown>();

  constructor(table: Pick<FileTable, 'outlined'>) {
    this.#table = table;
  }

  /** A file has changed. */
  clear(): void {
    this.#known.clear();
  }

  /** Whether something is true of any file of a family; `key` stands for what it is. */
  isAny(family: string, key: RegExp, isTrue: (file: SourceFile) => boolean): boolean {
    return this.#once(`any ${family} ${key}`, () => some(this.#all(), family, isTrue));
  }

  /** The same of the files that were given. */
  isGiven(family: string, key: RegExp, isTrue: (file: SourceFile) => boolean): boolean {
    return this.#once(`given ${family} ${key}`, () => some(this.#all('given'), family, isTrue));
  }

  /** The files that were given in which a name is the first part of others; `namesIn` tells those of a file. */
  naming(first: string, namesIn: (file: SourceFile) => ReadonlyMap<string, unknown>): readonly SourceFile[] {
    return this.#once(`naming ${first}`, () =>
      [...this.#all('given')].filter((file) => namesIn(file).has(first)),
    );
  }

  /** The answer under the key. Those who share a key ask the same. */
  #once<T>(key: string, find: () => T): T {
    if (!this.#known.has(key)) this.#known.set(key, find());
    return this.#known.get(key) as T;
  }

  *#all(only?: Outlined['status']): Iterable<SourceFile> {
    for (const { source, status } of this.#table.outlined)
      if (only === undefined || status === only) yield source;
  }
}

function some(files: Iterable<SourceFile>, family: string, isTrue: (file: SourceFile) => boolean): boolean {
  for (const file of files) if (file.language.family === family && isTrue(file)) return true;
  return false;
}
