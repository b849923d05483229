import {
  type Caller,
  type Calling,
  type FunctionValue,
  areSame,
  areSameMaps,
  isSameCaller,
} from './foundCallers';
import type { SourceFile } from '../files/sourceFile';
import type { Value } from '../evaluate/value';

/** A call, and the function or class that is called there. */
export interface Target {
  readonly kind: 'function' | 'class';
  readonly file: SourceFile;
  readonly of: number;
  readonly caller: Caller;
}

type Callers = Map<SourceFile, Map<number, Caller[]>>;

/** Who is called where a name is. */
export class Called {
  readonly #functions: Callers = new Map();
  readonly #classes: Callers = new Map();
  /** Abstract methods and those of interfaces, which others implement. */
  readonly #promised: FunctionValue[] = [];

  constructor(targets: Iterable<Target>) {
    for (const { kind, file, of, caller } of targets) {
      const callers = listIn(kind === 'class' ? this.#classes : this.#functions, file, of);
      if (callers.length === 0 && kind === 'function' && isPromise(file, of))
        this.#promised.push({ kind, file, fn: of });
      callers.push(caller);
    }
  }

  /** The places where a class is constructed. */
  constructing(file: SourceFile, cls: number): readonly Caller[] {
    return this.#classes.get(file)?.get(cls) ?? [];
  }

  /** The places where a function is called, or an abstract method that it may implement. */
  calling(file: SourceFile, fn: number, isMeant: (promise: FunctionValue) => boolean): Calling {
    const own = this.#functions.get(file)?.get(fn) ?? [];
    const promises = this.#promised.filter(
      (each) => !(each.file === file && each.fn === fn) && isMeant(each),
    );
    const shared = promises.map((each) => this.#functions.get(each.file)?.get(each.fn) ?? []);
    return { own, promises, shared };
  }

  isSame(other: Called): boolean {
    return (
      isSameMap(this.#functions, other.#functions) &&
      isSameMap(this.#classes, other.#classes) &&
      areSame(this.#promised, other.#promised, (a, b) => a.file === b.file && a.fn === b.fn)
    );
  }
}

/** What is called at a place, where it is of the workspace. */
export function targetsOf(values: readonly (Value | undefined)[], caller: Caller): Target[] {
  const found: Target[] = [];
  for (const value of values) {
    if (value?.kind !== 'function' && value?.kind !== 'class') continue;
    const target: Target = {
      kind: value.kind,
      file: value.file,
      of: value.kind === 'class' ? value.cls : value.fn,
      caller,
    };
    if (!found.some(({ kind, file, of }) => kind === target.kind && file === target.file && of === target.of))
      found.push(target);
  }
  return found;
}

export function isSameTarget(a: Target, b: Target): boolean {
  return a.kind === b.kind && a.file === b.file && a.of === b.of && isSameCaller(a.caller, b.caller);
}

function isPromise(file: SourceFile, fn: number): boolean {
  return file.outline.functions[fn]?.isAbstract === true;
}

function isSameMap(a: Callers, b: Callers): boolean {
  return areSameMaps(a, b, (lists, others) =>
    areSameMaps(lists, others, (some, more) => areSame(some, more, isSameCaller)),
  );
}

function listIn(map: Callers, key: SourceFile, of: number): Caller[] {
  let lists = map.get(key);
  if (!lists) map.set(key, (lists = new Map<number, Caller[]>()));
  let list = lists.get(of);
  if (!list) lists.set(of, (list = []));
  return list;
}
