import type { SourceFile } from '../files/sourceFile';
import type { Value } from '../evaluate/value';

/** A place from which a function is called: directly, or by what it is handed to as argument number `arg`. */
export interface Caller {
  readonly file: SourceFile;
  readonly call: number;
  readonly arg?: number;
  /** The function that the call stands in. */
  readonly fn?: number;
}

export type FunctionValue = Value & { kind: 'function' };

/** Who calls a function under one name. */
export interface Calling {
  readonly own: readonly Caller[];
  readonly promises: readonly FunctionValue[];
  readonly shared: readonly (readonly Caller[])[];
}

/**
 * The places from which a function is called. The calls of an abstract method are shared by all functions that implement
 * it.
 */
export class FoundCallers {
  /** The names under which they were looked for. */
  readonly names: ReadonlySet<string>;
  readonly own: readonly Caller[];
  /** The abstract methods that it may implement. */
  readonly promises: readonly FunctionValue[];
  readonly #shared: readonly (readonly Caller[])[];
  readonly #counts: (caller: Caller) => boolean;
  #all: readonly Caller[] | undefined;
  #areSeveral: boolean | undefined;

  constructor(
    names: ReadonlySet<string> = new Set(),
    found: readonly Calling[] = [],
    counts: (caller: Caller) => boolean = () => true,
  ) {
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

  /** Whether those of another answer to the same question are the same. */
  isSame(other: FoundCallers): boolean {
    return (
      areSame([...this.names], [...other.names], (a, b) => a === b) &&
      areSame(this.own, other.own, isSameCaller) &&
      areSame(this.promises, other.promises, (a, b) => a.file === b.file && a.fn === b.fn) &&
      areSame(this.#shared, other.#shared, (a, b) => a === b || areSame(a, b, isSameCaller))
    );
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

export function areSame<T>(a: readonly T[], b: readonly T[], isSame: (a: T, b: T) => boolean): boolean {
  return a.length === b.length && a.every((each, index) => isSame(each, b[index] as T));
}

/** Whether two maps hold the same under the same keys. */
export function areSameMaps<K, V>(
  a: ReadonlyMap<K, V>,
  b: ReadonlyMap<K, V>,
  isSame: (a: V, b: V) => boolean,
): boolean {
  return (
    a.size === b.size &&
    [...a].every(([key, value]) => {
      const other = b.get(key);
      return other !== undefined && isSame(value, other);
    })
  );
}

/** Whether two places are one, from which a function is called. */
export function isSameCaller(a: Caller, b: Caller): boolean {
  return a.file === b.file && a.call === b.call && a.arg === b.arg && a.fn === b.fn;
}

/** The order of files and of what stands in them. */
function inOrder(a: Caller, b: Caller): number {
  if (a.file !== b.file) return a.file.path < b.file.path ? -1 : 1;
  const [first, second] = [a, b].map(({ file, call }) => file.rank('calls', call));
  return (first ?? 0) - (second ?? 0) || (a.arg ?? -1) - (b.arg ?? -1);
}
