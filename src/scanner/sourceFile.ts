import type { Call, Expr, Outline } from './outline';
import type { LanguageDefinition } from './languages/language';

/** A call by its place in its file. */
export interface CallPlace {
  readonly file: SourceFile;
  readonly call: number;
}

/** An argument of a call. */
export interface ArgumentPlace extends CallPlace {
  readonly arg: number;
}

/** A file's outline with the indexes that following names needs. */
export class SourceFile {
  readonly path: string;
  readonly language: LanguageDefinition;
  #outline: Outline;
  /** Calls by the last name of what is called. */
  readonly callsByName = new Map<string, number[]>();
  /** Arguments that are a bare function's or variable's name. */
  readonly argumentsByName = new Map<string, ArgumentPlace[]>();
  /** Where a function literal is passed. */
  readonly passedTo = new Map<number, ArgumentPlace>();
  /** Writes by the field's name, as indexes into the outline's. */
  readonly writesByField = new Map<string, number[]>();
  #names: Set<string> | undefined;
  #types: Map<number, string> | undefined;
  #writesByFunction: Map<number, number[]> | undefined;

  constructor(path: string, language: LanguageDefinition, outline: Outline) {
    this.path = path;
    this.language = language;
    this.#outline = outline;
    for (const [index, call] of outline.calls.entries()) {
      push(this.callsByName, calleeName(call), index);
      for (const [arg, { value }] of call.args.entries()) {
        const place = { file: this, call: index, arg };
        if (value.k === 'function') this.passedTo.set(value.fn, place);
        else push(this.argumentsByName, lastName(value), place);
      }
    }
    for (const [index, write] of outline.writes.entries()) push(this.writesByField, write.field, index);
  }

  get outline(): Outline {
    return this.#outline;
  }

  /** Takes over an outline of the same shape: the same code, at other places. */
  moveTo(outline: Outline): void {
    this.#outline = outline;
  }

  call(index: number): Call {
    const call = this.outline.calls[index];
    if (!call) throw new Error(`${this.path} has no call ${index}`);
    return call;
  }

  /** The writes in the code of a function, as indexes into the outline's. */
  writesIn(fn: number): readonly number[] {
    if (!this.#writesByFunction) {
      this.#writesByFunction = new Map();
      for (const [index, write] of this.outline.writes.entries()) {
        const list = this.#writesByFunction.get(write.fn);
        if (list) list.push(index);
        else this.#writesByFunction.set(write.fn, [index]);
      }
    }
    return this.#writesByFunction.get(fn) ?? [];
  }

  /** The type of a method that is written outside of it. */
  typeOf(fn: number): string | undefined {
    if (!this.#types) {
      this.#types = new Map();
      for (const [name, value] of Object.entries(this.outline.exports))
        if (value.k === 'function' && !this.#types.has(value.fn))
          this.#types.set(value.fn, name.split('.', 1)[0] ?? '');
    }
    return this.#types.get(fn);
  }

  /** All names through which this file can matter to another one. */
  get names(): ReadonlySet<string> {
    this.#names ??= new Set([
      ...this.callsByName.keys(),
      ...this.argumentsByName.keys(),
      // What an object writes to itself is nothing to others.
      ...this.outline.writes.filter(({ of }) => of.k !== 'self').map(({ field }) => field),
      ...Object.keys(this.outline.scopes[0]?.names ?? {}),
      ...Object.keys(this.outline.exports),
    ]);
    return this.#names;
  }
}

/** The last name of what a call calls: `Handle` of `s.mux.Handle`. */
export function calleeName(call: Call): string {
  return lastName(call.callee);
}

function lastName(expr: Expr): string {
  return expr.k === 'name' || expr.k === 'member' ? expr.name : '';
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  if (key === '') return;
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
