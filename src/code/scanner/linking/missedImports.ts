import { dirname } from 'node:path';
import { SetMap } from '../../../util/setMap';
import type { Disk } from '../files/fileLanguage';
import type { SourceFile } from '../files/sourceFile';

interface Missed {
  readonly from: string;
  readonly by: SourceFile;
  /** The files and folders that were looked at in vain. */
  readonly places: ReadonlySet<string>;
}

/** Imports that led nowhere, found by the places where they would lead: most files that come are no news to them. */
export class MissedImports {
  readonly #disk: Disk;
  readonly #missed = new Map<string, Missed>();
  readonly #byPlace = new SetMap<string, string>();

  constructor(disk: Disk) {
    this.#disk = disk;
  }

  /** Notes that what `by` imports `from` somewhere was not found; the same `key` stands for the same import. */
  add(key: string, from: string, by: SourceFile): void {
    if (!this.#missed.has(key)) this.#resolve(key, from, by);
  }

  /** Takes out the imports that lead to one of the files now, and hands back their keys. */
  takeFound(files: ReadonlySet<string>): string[] {
    const keys = new Set<string>();
    for (const file of files)
      for (const place of [file, dirname(file)])
        for (const key of this.#byPlace.get(place) ?? []) keys.add(key);
    return [...keys].filter((key) => {
      const missed = this.#missed.get(key);
      if (!missed) return false;
      this.#delete(key, missed);
      const isFound = this.#resolve(key, missed.from, missed.by)?.some((path) => files.has(path)) === true;
      const now = this.#missed.get(key);
      if (isFound && now) this.#delete(key, now);
      return isFound;
    });
  }

  /** Packages may start elsewhere: imports can lead to other places. */
  lookAgain(): void {
    for (const [key, missed] of [...this.#missed]) {
      this.#delete(key, missed);
      this.#resolve(key, missed.from, missed.by);
    }
  }

  #resolve(key: string, from: string, by: SourceFile): readonly string[] | undefined {
    const places = new Set<string>();
    const noting = <T>(look: (place: string) => T) => {
      return (place: string): T => {
        places.add(place);
        return look(place);
      };
    };
    const found = by.language.resolve(from, by.path, {
      isFile: noting((path) => this.#disk.isFile(path)),
      filesIn: noting((path) => this.#disk.filesIn(path)),
      text: noting((path) => this.#disk.text(path)),
    });
    this.#missed.set(key, { from, by, places });
    for (const place of places) this.#byPlace.add(place, key);
    return found;
  }

  #delete(key: string, { places }: Missed): void {
    this.#missed.delete(key);
    for (const place of places) this.#byPlace.delete(place, key);
  }
}
