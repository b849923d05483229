import path from 'node:path';
import { SetMap } from '../../../util/setMap';
import type { FileLanguage } from './fileLanguage';
import { type Wanted, isAbout } from './secondSieve';
import type { SourceFile } from './sourceFile';

/** A file whose outline is known. */
export interface Outlined {
  readonly source: SourceFile;
  /** A file that is only needed by others says nothing itself; that it is known comes about by chance. */
  readonly status: 'given' | 'needed';
  /** Of one that is needed: by which it shows whether it was read with the same text. */
  readonly hash?: string;
  /** Of one that is looked at only because of questions: the files because of which each of them is asked. */
  readonly askers?: readonly ReadonlySet<string>[] | undefined;
}

/** What is known of each file: skipped, as it contains none of the sieve's literals, or outlined, or (needed by others) both. */
export class FileTable {
  readonly #outlined = new Map<string, Outlined>();
  /** By folder: there can be hundreds of thousands. */
  readonly #skipped = new Map<string, Map<string, FileLanguage>>();
  /** The folders in each folder. */
  readonly #inner = new SetMap<string, string>();

  get(file: string): Outlined | undefined {
    return this.#outlined.get(file);
  }

  isGiven(file: string): boolean {
    return this.#outlined.get(file)?.status === 'given';
  }

  get outlined(): Iterable<Outlined> {
    return this.#outlined.values();
  }

  put(outlined: Outlined): void {
    this.#outlined.set(outlined.source.path, outlined);
  }

  /** Forgets the outline of a file. */
  drop(file: string): void {
    this.#outlined.delete(file);
  }

  skip(file: string, language: FileLanguage): void {
    const folder = path.dirname(file);
    const files = this.#skipped.get(folder);
    if (files) files.set(file, language);
    else {
      this.#skipped.set(folder, new Map([[file, language]]));
      this.#addFolder(folder);
    }
  }

  #addFolder(folder: string): void {
    const outer = path.dirname(folder);
    if (outer === folder || this.#inner.get(outer)?.has(folder)) return;
    this.#inner.add(outer, folder);
    this.#addFolder(outer);
  }

  /** The file is looked at after all, or is not there any more. */
  unskip(file: string): void {
    const folder = path.dirname(file);
    const files = this.#skipped.get(folder);
    if (files?.delete(file) && files.size === 0) this.#skipped.delete(folder);
  }

  /** All files that were given and are still there. */
  *files(): Iterable<string> {
    for (const [file, { status }] of this.#outlined) if (status === 'given') yield file;
    for (const files of this.#skipped.values()) yield* files.keys();
  }

  /** The skipped files that some questions are about, each with these questions. */
  skippedAbout(questions: readonly Wanted[]): Map<string, Wanted[]> {
    const found = new Map<string, Wanted[]>();
    for (const wanted of questions) {
      for (const files of this.#skippedBelow(wanted)) {
        for (const [file, language] of files) {
          if (!isAbout(wanted, file, language)) continue;
          const others = found.get(file);
          if (others) others.push(wanted);
          else found.set(file, [wanted]);
        }
      }
    }
    return found;
  }

  *#skippedBelow({ folder, isFlat }: Pick<Wanted, 'folder' | 'isFlat'>): Iterable<Map<string, FileLanguage>> {
    const own = this.#skipped.get(folder);
    if (own) yield own;
    if (isFlat) return;
    for (const inner of this.#inner.get(folder) ?? []) yield* this.#skippedBelow({ folder: inner, isFlat });
  }
}
