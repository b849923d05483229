import { dirname } from 'node:path';
import type { Disk } from '../files/fileLanguage';
import { MissedImports } from './missedImports';
import type { SourceFile } from '../files/sourceFile';
import type { World } from '../evaluate/world';

/** Finds the files that imports mean. */
export class Imports {
  /** Where imports lead; holds until the disk changes. */
  readonly #paths = new Map<string, readonly string[] | undefined>();
  /** The files that imports mean; holds until a file comes or goes. */
  readonly #modules = new Map<string, readonly SourceFile[]>();
  /** Imports that led nowhere, by the same keys. */
  readonly #missed: MissedImports;
  readonly #disk: Disk;
  readonly #outlined: (path: string, from: SourceFile) => SourceFile | undefined;

  /** `outlined` reads a file if it is not known yet. */
  constructor(disk: Disk, outlined: (path: string, from: SourceFile) => SourceFile | undefined) {
    this.#disk = disk;
    this.#outlined = outlined;
    this.#missed = new MissedImports(disk);
  }

  /** Files may have come or gone. */
  diskChanged(): void {
    this.#paths.clear();
    this.#modules.clear();
  }

  /** Other files are known than before. */
  filesChanged(): void {
    this.#modules.clear();
  }

  /** Imports may lead elsewhere than they did. */
  lookAgain(): void {
    this.#missed.lookAgain();
  }

  /** The files that an import means; undefined if they are not of the workspace. */
  resolve(from: string, file: SourceFile, world: World): readonly SourceFile[] | undefined {
    if (file.language.libraries.some((library) => library.modules?.test(from))) return undefined;
    const key = `${dirname(file.path)} ${from}`;
    const known = this.#modules.get(key);
    if (known) return known;
    if (!this.#paths.has(key)) this.#paths.set(key, file.language.resolve(from, file.path, this.#disk));
    const paths = this.#paths.get(key);
    const files = paths?.map((path) => this.#outlined(path, file)).filter((found) => found !== undefined);
    if (!files || files.length === 0) {
      this.#missed.add(key, from, file);
      world.lookUp(missedName(key));
    } else this.#modules.set(key, files);
    return files;
  }

  /** The names under which files were looked for in vain that have come now. */
  noLongerMissed(files: ReadonlySet<string>): string[] {
    return this.#missed.takeFound(files).map(missedName);
  }
}

/** Nothing that code declares has such a name. */
function missedName(key: string): string {
  return `import ${key}`;
}

/** Whether a namespace is that of a library, whose code is not followed. */
export function isLibrary(namespace: string | undefined, { language }: SourceFile): boolean {
  return namespace !== undefined && language.libraries.some(({ modules }) => modules?.test(namespace));
}
