import type { Caller } from './parameters';
import type { Value } from './value';
import type { Answer } from './world';

export type FunctionValue = Value & { k: 'function' };

/** Who calls a function under one name. */
export interface Calling {
  readonly own: readonly Caller[];
  readonly promises: readonly FunctionValue[];
  readonly shared: readonly (readonly Caller[])[];
}

/** The places from which a function is called. Those that call a method which it may be meant by, it shares with others. */
export class FoundCallers {
  /** The names under which they were looked for. */
  readonly names: ReadonlySet<string>;
  readonly answer: Answer;
  readonly own: readonly Caller[];
  /** The methods that it may be meant by. */
  readonly promises: readonly FunctionValue[];
  readonly #shared: readonly (readonly Caller[])[];
  readonly #counts: (caller: Caller) => boolean;
  #all: readonly Caller[] | undefined;
  #areSeveral: boolean | undefined;

  constructor(
    answer: Answer,
    names: ReadonlySet<string> = new Set(),
    found: readonly Calling[] = [],
    counts: (caller: Caller) => boolean = () => true,
  ) {
    this.answer = answer;
    this.names = names;
    this.own = found.flatMap(({ own }) => own);
    this.promises = found.flatMap(({ promises }) => promises);
    this.#shared = found.flatMap(({ shared }) => shared);
    this.#counts = counts;
  }

  /** All of them, in their order. */
  get all(): readonly Caller[] {
    this.#all ??=
      this.#shared.length === 0
        ? this.own.filter(this.#counts)
        : [...new Set([this.own, ...this.#shared].flat())].filter(this.#counts).sort(inOrder);
    return this.#all;
  }

  /** Whether there is more than one; to know it, not all need be looked at. */
  get areSeveral(): boolean {
    this.#areSeveral ??= this.#countsTwo();
    return this.#areSeveral;
  }

  #countsTwo(): boolean {
    let first: Caller | undefined;
    for (const callers of [this.own, ...this.#shared]) {
      for (const caller of callers) {
        if (caller === first || !this.#counts(caller)) continue;
        if (first) return true;
        first = caller;
      }
    }
    return false;
  }
}

/** The order of files and of what stands in them. */
function inOrder(a: Caller, b: Caller): number {
  if (a.file !== b.file) return a.file.path < b.file.path ? -1 : 1;
  return a.call - b.call || (a.arg ?? -1) - (b.arg ?? -1);
}
