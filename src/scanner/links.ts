import { SetMap } from '../util/setMap';
import type { Linked, PlacedFact } from './linker';
import type { Answer } from './world';

/** What changed in some files. */
export interface Changed {
  readonly files: Iterable<string>;
  /** Those of the files in which code has only moved. */
  readonly moved: ReadonlySet<string>;
  /** The names that the others have or had. */
  readonly names: Iterable<string>;
}

/** A file that was linked, or an answer that several of them rest on. */
type Resting = string | Answer;

const nothingCalled: Linked['called'] = new Map();

/** What the code of each file says, found by what it rests on: an edit must not cost more in a larger workspace. */
export class Links {
  readonly #linked = new Map<string, Linked>();
  readonly #byFile = new SetMap<string, Resting>();
  readonly #byName = new SetMap<string, Resting>();
  readonly #byAnswer = new SetMap<Answer, Resting>();
  /** By the files that the facts are about. */
  readonly #about = new SetMap<string, string>();

  /** What the code of each file says. */
  get all(): Iterable<[string, Linked]> {
    return this.#linked;
  }

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
    const found = new Set<Resting>();
    const add = (all: Iterable<Resting> = []): void => {
      for (const each of all) {
        if (found.has(each)) continue;
        found.add(each);
        if (typeof each !== 'string') add(this.#byAnswer.get(each));
      }
    };
    for (const file of files) add((moved.has(file) ? this.#about : this.#byFile).get(file));
    for (const name of names) add(this.#byName.get(name));
    return new Set([...found].filter((each) => typeof each === 'string'));
  }

  /** The functions whose callers were looked for, because of a file; see `Dependencies`. */
  calledFrom(file: string): Linked['called'] {
    return this.#linked.get(file)?.called ?? nothingCalled;
  }

  set(file: string, linked: Linked): void {
    this.delete(file);
    this.#linked.set(file, linked);
    this.#rest(file, linked);
    for (const placed of linked.facts) this.#about.add(placed.file, file);
  }

  delete(file: string): void {
    const linked = this.#linked.get(file);
    if (!linked) return;
    this.#linked.delete(file);
    this.#forget(file, linked);
    for (const placed of linked.facts) this.#about.delete(placed.file, file);
  }

  #rest(each: Resting, { files, names, answers }: Answer): void {
    for (const { path } of files) this.#byFile.add(path, each);
    for (const name of names) this.#byName.add(name, each);
    for (const answer of answers) {
      const isNew = !this.#byAnswer.get(answer);
      this.#byAnswer.add(answer, each);
      if (isNew) this.#rest(answer, answer);
    }
  }

  /** Forgets what something rested on, and the answers that nothing else rests on. */
  #forget(each: Resting, { files, names, answers }: Answer): void {
    for (const { path } of files) this.#byFile.delete(path, each);
    for (const name of names) this.#byName.delete(name, each);
    for (const answer of answers) {
      this.#byAnswer.delete(answer, each);
      if (!this.#byAnswer.get(answer)) this.#forget(answer, answer);
    }
  }
}
