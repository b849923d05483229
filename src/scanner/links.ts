import { SetMap } from '../util/setMap';
import type { Linked, PlacedFact } from './linker';

/** What changed in some files. */
export interface Changed {
  readonly files: Iterable<string>;
  /** Those of the files in which code has only moved. */
  readonly moved: ReadonlySet<string>;
  /** The names that the others have or had. */
  readonly names: Iterable<string>;
}

const nothingCalled: Linked['called'] = new Map();

/** What the code of each file says, found by what it rests on: an edit must not cost more in a larger workspace. */
export class Links {
  readonly #linked = new Map<string, Linked>();
  readonly #byFile = new SetMap<string, string>();
  readonly #byName = new SetMap<string, string>();
  /** By the files that the facts are about. */
  readonly #about = new SetMap<string, string>();

  /** The facts that the code of a file gives rise to. */
  factsFrom(file: string): readonly PlacedFact[] {
    return this.#linked.get(file)?.facts ?? [];
  }

  /** The facts about a file, whichever files they come from; their order does not depend on what was linked when. */
  factsAbout(file: string): PlacedFact[] {
    const sources = [...(this.#about.get(file) ?? [])].sort();
    return sources.flatMap((source) => this.factsFrom(source).filter((placed) => placed.file === file));
  }

  /** The files of which something rests on what changed. */
  restingOn({ files, moved, names }: Changed): Set<string> {
    const found = new Set<string>();
    const add = (paths: Iterable<string> = []): void => {
      for (const path of paths) found.add(path);
    };
    for (const file of files) add((moved.has(file) ? this.#about : this.#byFile).get(file));
    for (const name of names) add(this.#byName.get(name));
    return found;
  }

  /** The functions whose callers were looked for, because of a file; see `Dependencies`. */
  calledFrom(file: string): Linked['called'] {
    return this.#linked.get(file)?.called ?? nothingCalled;
  }

  set(file: string, linked: Linked): void {
    this.delete(file);
    this.#linked.set(file, linked);
    for (const { path } of linked.files) this.#byFile.add(path, file);
    for (const name of linked.names) this.#byName.add(name, file);
    for (const placed of linked.facts) this.#about.add(placed.file, file);
  }

  delete(file: string): void {
    const linked = this.#linked.get(file);
    if (!linked) return;
    this.#linked.delete(file);
    for (const { path } of linked.files) this.#byFile.delete(path, file);
    for (const name of linked.names) this.#byName.delete(name, file);
    for (const placed of linked.facts) this.#about.delete(placed.file, file);
  }
}
