import path from 'node:path';
import { FilesByName } from './filesByName';
import type { Disk, Sees } from '../files/fileLanguage';
import type { SourceFile } from '../files/sourceFile';

/** In a folder with more source files than this, files don't see each other's names: they are generated. */
const maxFiles = 2000;

/** What is known of a folder whose files see each other's names. */
class Folder {
  /** By what is declared at the top level or exported. */
  readonly declaring = new FilesByName();
  /** Whether all files were read that are seen in this way; `false` where there are too many. */
  readonly read = new Map<Sees, boolean>();
  /** In which ways names were looked for, and the family of the language. */
  readonly asked = new Map<Sees, string>();
}

/** Finds what the other files of a folder declare, in languages in which they see each other's names. */
export class Packages {
  readonly #folders = new Map<string, Folder>();
  readonly #disk: Disk;
  readonly #read: (path: string, from: SourceFile) => void;
  readonly #giveUp: (file: SourceFile, why: string) => void;

  /** `read` reads a file if it is not known yet; `giveUp` is told of names that are not looked for, and why. */
  constructor(
    disk: Disk,
    read: (path: string, from: SourceFile) => void,
    giveUp: (file: SourceFile, why: string) => void,
  ) {
    this.#disk = disk;
    this.#read = read;
    this.#giveUp = giveUp;
  }

  add(file: SourceFile): void {
    if (!file.language.sees) return;
    const folder = this.#of(path.dirname(file.path));
    for (const name of namesOf(file)) folder.declaring.add(name, file);
  }

  remove(file: SourceFile): void {
    if (!file.language.sees) return;
    const folder = this.#of(path.dirname(file.path));
    for (const name of namesOf(file)) folder.declaring.delete(name, file);
  }

  /** Files may have come or gone, in one folder or in any. */
  changed(folder?: string): void {
    const changed = folder === undefined ? this.#folders.values() : [this.#folders.get(folder)];
    for (const each of changed) each?.read.clear();
  }

  /** The family of languages in which somebody looked for names that the file may have. */
  askedBy(file: string): string | undefined {
    const { asked } = this.#folders.get(path.dirname(file)) ?? {};
    return [...(asked ?? [])].find(([sees]) => sees(path.basename(file)))?.[1];
  }

  /** Reads all files whose top-level names the file sees; false where there are too many. */
  readAround(file: SourceFile): boolean {
    const sees = file.language.sees?.(file.path);
    if (!sees) return false;
    const at = path.dirname(file.path);
    const folder = this.#of(at);
    const known = folder.read.get(sees);
    if (known !== undefined) return known;
    folder.asked.set(sees, file.language.family);
    const names = this.#disk.filesIn(at).filter(sees);
    const max = file.language.maxSiblings ?? maxFiles;
    const isRead = names.length <= max;
    folder.read.set(sees, isRead);
    if (!isRead) {
      this.#giveUp(
        file,
        `is one of more than ${max} files in a folder: names are not looked for in the others`,
      );
      return false;
    }
    for (const name of names) this.#read(path.join(at, name), file);
    return true;
  }

  /** The other files of the file's package that declare or export the name. */
  declaring(name: string, file: SourceFile): readonly SourceFile[] {
    if (!this.readAround(file)) return [];
    const found = this.#folders.get(path.dirname(file.path))?.declaring.get(name) ?? [];
    const sees = file.language.sees?.(file.path);
    return found.filter(
      (other) =>
        other !== file && other.outline.unit === file.outline.unit && sees?.(path.basename(other.path)),
    );
  }

  /** Those of the files of one folder that declare or export the name. */
  exporting(name: string, files: readonly SourceFile[]): readonly SourceFile[] {
    const [first] = files;
    const found = first && this.#folders.get(path.dirname(first.path))?.declaring.get(name);
    return found?.filter((file) => files.includes(file)) ?? [];
  }

  #of(at: string): Folder {
    let folder = this.#folders.get(at);
    if (!folder) this.#folders.set(at, (folder = new Folder()));
    return folder;
  }
}

function namesOf({ outline }: SourceFile): Set<string> {
  return new Set([...Object.keys(outline.scopes[0]?.names ?? {}), ...Object.keys(outline.exports)]);
}
