import { SetMap } from '../../../util/setMap';
import type { PlacedFact } from '../facts/fact';
import type { KnownStarts } from '../evaluate/seenStarts';
import type { Answer, Dependencies } from '../evaluate/world';

/** What changed in some files. */
export interface Changed {
  /** The parts of files, by their keys. */
  readonly parts: Iterable<string>;
  /** The files in which code has moved. */
  readonly moved: Iterable<string>;
  /** The names that the parts have or had. */
  readonly names: Iterable<string>;
  readonly answers: Iterable<Answer>;
}

/** What a file's code says, and what that depends on. */
export interface Linked extends Dependencies {
  /** What was known of parameters that give starts of subjects. */
  readonly starts: readonly KnownStarts[];
  readonly facts: readonly PlacedFact[];
}

/** A file that was linked, or an answer that several of them rest on. */
type Resting = string | Answer;

const nothingCalled: Linked['called'] = new Map();

/** What the code of each file says, found by what it rests on: an edit must not cost more in a larger workspace. */
export class Links {
  readonly #linked = new Map<string, Linked>();
  readonly #byPart = new SetMap<string, Resting>();
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

  /** What the file's own code says, and that of others which says something about it. */
  about(file: string): Linked[] {
    return [file, ...(this.#about.get(file) ?? [])].flatMap((source) => this.#linked.get(source) ?? []);
  }

  /** The facts about a file, whichever files they come from; their order does not depend on what was linked when. */
  factsAbout(file: string): PlacedFact[] {
    const sources = [...(this.#about.get(file) ?? [])].sort();
    return sources.flatMap((source) => this.factsFrom(source).filter((placed) => placed.file === file));
  }

  /** The files of which something rests on what changed; what rests on an answer does so only if it `isGone`. */
  restingOn({ parts, moved, names, answers }: Changed, isGone: (answer: Answer) => boolean): Set<string> {
    const found = new Set<Resting>();
    const add = (all: Iterable<Resting> = []): void => {
      for (const each of all) {
        if (found.has(each)) continue;
        found.add(each);
        if (typeof each !== 'string' && isGone(each)) add(this.#byAnswer.get(each));
      }
    };
    for (const file of moved) add(this.#about.get(file));
    for (const part of parts) add(this.#byPart.get(part));
    for (const name of names) add(this.#byName.get(name));
    for (const answer of answers) add(this.#byAnswer.get(answer));
    return new Set([...found].filter((each) => typeof each === 'string'));
  }

  /** Whether something rests on an answer. */
  restOn(answer: Answer): boolean {
    return this.#byAnswer.get(answer) !== undefined;
  }

  /** Calls `renew`, by which an answer rests on other things. */
  renew(answer: Answer, renew: () => void): void {
    const isKnown = this.restOn(answer);
    if (isKnown) this.#forget(answer, answer);
    renew();
    if (isKnown) this.#rest(answer, answer);
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

  #rest(each: Resting, { parts, names, answers }: Answer): void {
    for (const { key } of parts) this.#byPart.add(key, each);
    for (const name of names) this.#byName.add(name, each);
    for (const answer of answers) {
      const isNew = !this.#byAnswer.get(answer);
      this.#byAnswer.add(answer, each);
      if (isNew) this.#rest(answer, answer);
    }
  }

  /** Forgets what something rested on, and the answers that nothing else rests on. */
  #forget(each: Resting, { parts, names, answers }: Answer): void {
    for (const { key } of parts) this.#byPart.delete(key, each);
    for (const name of names) this.#byName.delete(name, each);
    for (const answer of answers) {
      this.#byAnswer.delete(answer, each);
      if (!this.#byAnswer.get(answer)) this.#forget(answer, answer);
    }
  }
}
