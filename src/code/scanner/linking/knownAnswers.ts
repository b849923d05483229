import { SetMap } from '../../../util/setMap';
import type { CodeChange, Part, SourceFile } from '../files/sourceFile';
import { asUser, hasName, withUsers } from '../files/usedNames';
import { type Answer, type Dependencies, World, noDependencies } from '../evaluate/world';

/** Something that was found out, and what it rests on. */
export interface Found<T> {
  readonly value: T;
  readonly answer: Dependencies;
}

/** What several may ask, and where its answer is kept. */
export interface Question<K, T> {
  readonly known: Pick<Map<K, Found<T>>, 'get' | 'set' | 'delete'>;
  readonly key: K;
  readonly find: (world: World, seen: Dependencies) => T;
  readonly isSame: (a: T, b: T) => boolean;
  /** Whether it is wanted even if no other answer rests on it. */
  readonly isWanted?: true;
  /** Called when an answer does not hold any more. */
  readonly forget?: () => void;
}

/** How an answer is forgotten, and how it is looked for again: false if it is another one now. */
interface Kept {
  readonly forget: () => void;
  readonly renew: () => boolean;
  readonly isWanted: boolean;
}

/**
 * Keeps answers until something changes on which they rest. Where only code in functions has changed, they are in doubt:
 * each is looked for again when it is needed, and if it is the same, all that rests on it holds.
 */
export class KnownAnswers {
  readonly #byPart = new SetMap<Part, Answer>();
  readonly #byName = new SetMap<string, Answer>();
  readonly #byAnswer = new SetMap<Answer, Answer>();
  /** How many answers are being looked for, and the files that came meanwhile. */
  #open = 0;
  readonly #arrived: SourceFile[] = [];
  readonly #kept = new Map<Answer, Kept>();
  /** The answers in doubt; true for those that rest on something that has changed, and not only on others in doubt. */
  readonly #doubted = new Map<Answer, boolean>();
  readonly #changed = new Set<Answer>();
  readonly #isWanted: (answer: Answer) => boolean;
  readonly #onRenewed: (answer: Answer, renew: () => void) => void;

  /** `isWanted` tells whether facts rest on an answer; `onRenewed` must call `renew`, by which it rests on other things. */
  constructor(isWanted: (answer: Answer) => boolean, onRenewed: (answer: Answer, renew: () => void) => void) {
    this.#isWanted = isWanted;
    this.#onRenewed = onRenewed;
  }

  /** The answer to a question, on which whatever the world is of rests from now on. */
  ask<K, T>(asking: World, question: Question<K, T>): T {
    const { value, answer } = this.look(question, asking.called);
    asking.restOn(answer);
    return value;
  }

  /** The same for a part of a question, which says the same of functions whose callers are looked for whoever asks first. */
  askPart<K, T>(asking: World, question: Question<K, T>): T {
    const { value, answer } = this.look(question, new Map());
    asking.restOn(answer);
    for (const [file, names] of answer.called) asking.lookForCalls(file, names);
    return value;
  }

  /** The same for somebody who rests on nothing; `called` is where the functions are noted whose callers are looked for. */
  look<K, T>(question: Question<K, T>, called: Dependencies['called']): Found<T> {
    const before = question.known.get(question.key);
    if (before && this.#doubted.has(before.answer)) this.#settle(before.answer);
    return question.known.get(question.key) ?? this.#find(question, called);
  }

  /** Whether it is noted when an answer does not hold any more. */
  isKept(answer: Answer): boolean {
    return this.#kept.has(answer);
  }

  /** Forgets what rests on a file, or on names that it has. */
  changed(file: SourceFile): void {
    if (this.#open > 0) this.#arrived.push(file);
    for (const part of file.parts) this.#drop(this.#byPart.get(part));
    for (const name of withUsers(file.names)) this.#drop(this.#byName.get(name));
    for (const field of file.writesByField.keys()) this.#drop(this.#byName.get(asUser(field)));
  }

  /** Doubts some answers, and what rests on code that has changed. */
  doubt({ parts, names }: CodeChange, answers: Iterable<Answer>): void {
    this.#doubtAll(answers, true);
    for (const part of parts) this.#doubtAll(this.#byPart.get(part), true);
    for (const name of names) this.#doubtAll(this.#byName.get(name), true);
  }

  /** Looks for all answers in doubt again, and hands back those that are other ones now. */
  settle(): ReadonlySet<Answer> {
    for (const answer of this.#doubted.keys()) this.#settle(answer);
    const changed = new Set(this.#changed);
    this.#changed.clear();
    return changed;
  }

  clear(): void {
    this.#drop(this.#kept.keys());
  }

  #find<K, T>(question: Question<K, T>, called: Dependencies['called']): Found<T> {
    const { known, key, find, isSame, isWanted = false, forget } = question;
    if (this.#open++ === 0) this.#arrived.length = 0;
    const begun = this.#arrived.length;
    const seen: Dependencies = { ...noDependencies(), called };
    const found = { value: find(World.of(seen), seen), answer: seen };
    known.set(key, found);
    this.#open--;
    const kept: Kept = {
      isWanted,
      forget: () => {
        if (known.get(key) === found) known.delete(key);
        forget?.();
      },
      renew: () => {
        known.delete(key);
        const now = this.#find(question, called);
        if (!this.#kept.has(now.answer) || !isSame(found.value, now.value)) return false;
        this.#unlink(now.answer);
        this.#onRenewed(found.answer, () => {
          this.#unlink(found.answer);
          for (const rests of ['parts', 'names', 'answers'] as const) {
            found.answer[rests].clear();
            for (const each of now.answer[rests]) (found.answer[rests] as Set<unknown>).add(each);
          }
          found.answer.isOpen = now.answer.isOpen;
          this.#link(found.answer, kept);
        });
        known.set(key, found);
        return true;
      },
    };
    // What was read on the way may not have been looked at.
    if (this.#arrived.slice(begun).some((file) => restsOn(seen, file))) kept.forget();
    else this.#link(seen, kept);
    return found;
  }

  #link(answer: Answer, kept: Kept): void {
    this.#kept.set(answer, kept);
    for (const part of answer.parts) this.#byPart.add(part, answer);
    for (const name of answer.names) this.#byName.add(name, answer);
    for (const each of answer.answers) this.#byAnswer.add(each, answer);
  }

  #unlink(answer: Answer): void {
    this.#kept.delete(answer);
    this.#doubted.delete(answer);
    for (const part of answer.parts) this.#byPart.delete(part, answer);
    for (const name of answer.names) this.#byName.delete(name, answer);
    for (const each of answer.answers) this.#byAnswer.delete(each, answer);
  }

  #drop(answers: Iterable<Answer> = []): void {
    for (const answer of [...answers]) {
      const kept = this.#kept.get(answer);
      if (!kept) continue;
      this.#unlink(answer);
      kept.forget();
      this.#drop(this.#byAnswer.get(answer));
    }
  }

  #doubtAll(answers: Iterable<Answer> = [], isCertain: boolean): void {
    for (const answer of answers) {
      const known = this.#doubted.get(answer);
      if (isCertain || known === undefined) this.#doubted.set(answer, isCertain);
      if (known === undefined) this.#doubtAll(this.#byAnswer.get(answer), false);
    }
  }

  #settle(answer: Answer): void {
    for (const each of [...answer.answers]) {
      if (this.#doubted.get(answer) !== false) break;
      if (this.#doubted.has(each)) this.#settle(each);
    }
    const isCertain = this.#doubted.get(answer);
    const kept = this.#kept.get(answer);
    this.#doubted.delete(answer);
    if (isCertain !== true || !kept) return;
    const isWanted = kept.isWanted || this.#isWanted(answer) || this.#byAnswer.get(answer) !== undefined;
    if (isWanted && kept.renew()) return;
    this.#unlink(answer);
    kept.forget();
    this.#changed.add(answer);
    this.#doubtAll(this.#byAnswer.get(answer), true);
  }
}

function restsOn({ parts, names }: Answer, file: SourceFile): boolean {
  if (file.parts.some((part) => parts.has(part))) return true;
  for (const name of names) if (hasName(file, name)) return true;
  for (const field of file.writesByField.keys()) if (names.has(asUser(field))) return true;
  return false;
}
