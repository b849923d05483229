import type { Call, Expr, FieldWrite, Outline } from '../outline/outline';
import { baseField, lastName } from '../evaluate/expressions';
import { asBase, asUsed, asUser } from './usedNames';
import { type Order, nextOutline, outermost } from '../outline/outlineChange';
import type { SpokenLanguage } from './fileLanguage';

/** A call by its place in its file. */
export interface CallPlace {
  readonly file: SourceFile;
  readonly call: number;
}

/** An argument of a call. */
export interface ArgumentPlace extends CallPlace {
  readonly arg: number;
}

/** What answers can rest on: what a file declares, or the code in one of its outermost functions. */
export interface Part {
  readonly key: string;
}

/** What became of a file of which only the code in functions has changed. */
export interface CodeChange {
  readonly parts: readonly Part[];
  /** The names that this code calls, passes or writes to, or did so. */
  readonly used: ReadonlySet<string>;
  /** What stands for them to others. */
  readonly names: ReadonlySet<string>;
}

/** A file's outline with the indexes that following names needs. As a part, it is what the file declares. */
export class SourceFile implements Part {
  readonly path: string;
  readonly language: SpokenLanguage;
  #outline: Outline;
  /** Calls by the last name of what is called. */
  readonly callsByName = new Map<string, number[]>();
  /** Arguments that are a bare function's or variable's name. */
  readonly argumentsByName = new Map<string, ArgumentPlace[]>();
  /** Where a function literal is passed. */
  readonly passedTo = new Map<number, ArgumentPlace>();
  /** Writes by the field's name, as indexes into the outline's. */
  readonly writesByField = new Map<string, number[]>();
  /** The numbers in the order of the code, where they are in another. */
  #order: Order | undefined;
  #ranks: { readonly calls: readonly number[]; readonly writes: readonly number[] } | undefined;
  #roots: readonly number[];
  readonly #codes: Part[] = [];
  #names: Set<string> | undefined;
  #types: Map<number, string> | undefined;
  #writesByFunction: Map<number, number[]> | undefined;
  #additions: Map<string, FieldWrite[]> | undefined;

  constructor(path: string, language: SpokenLanguage, outline: Outline) {
    this.path = path;
    this.language = language;
    this.#outline = outline;
    this.#roots = outermost(outline);
    this.#index();
  }

  get key(): string {
    return this.path;
  }

  get outline(): Outline {
    return this.#outline;
  }

  /**
   * Takes over the next version of the outline, if only the code in functions is another one; what stayed keeps its number,
   * so that all that is known of it holds. Undefined, with nothing changed, if there is more to it.
   */
  update(outline: Outline): CodeChange | undefined {
    const next = nextOutline(this.#outline, this.#order, outline);
    if (!next) return undefined;
    const parts = [...next.changed].map((root) => this.#codeOfRoot(root));
    const used = new Set(usedIn(this.#outline, this.#roots, next.changed));
    const usedBefore = this.#used;
    this.#outline = next.outline;
    this.#order = next.outline === outline ? undefined : next.order;
    this.#ranks = undefined;
    this.#roots = outermost(next.outline);
    for (const name of usedIn(next.outline, this.#roots, next.changed)) used.add(name);
    this.#index();
    const usedNow = this.#used;
    const names = new Set<string>();
    for (const name of used) {
      names.add(asUsed(name));
      if (usedBefore.has(name) !== usedNow.has(name)) names.add(asUser(name));
    }
    return { parts, used, names };
  }

  /** All parts on which something may rest. */
  get parts(): Part[] {
    return [this, ...this.#codes.filter((code) => (code as Part | undefined) !== undefined)];
  }

  /** The code that a function belongs to. */
  codeOf(fn: number): Part {
    const root = this.#roots[fn] ?? 0;
    return root === 0 ? this : this.#codeOfRoot(root);
  }

  /** The part that says what a function is called with. */
  signatureOf(fn: number): Part {
    return this.#roots[fn] === fn ? this : this.codeOf(fn);
  }

  #codeOfRoot(root: number): Part {
    return (this.#codes[root] ??= { key: `${this.path} ${root}` });
  }

  call(index: number): Call {
    const call = this.outline.calls[index];
    if (!call) throw new Error(`${this.path} has no call ${index}`);
    return call;
  }

  /** Where a call or write comes in the order of the code. */
  rank(kind: 'calls' | 'writes', index: number): number {
    if (!this.#order) return index;
    this.#ranks ??= { calls: ranked(this.#order.calls), writes: ranked(this.#order.writes) };
    return this.#ranks[kind][index] ?? index;
  }

  /** All calls with their numbers, in the order of the code. */
  *calls(): Iterable<[number, Call]> {
    for (const index of this.#order?.calls ?? this.outline.calls.keys()) yield [index, this.call(index)];
  }

  /** The writes in the code of a function, as indexes into the outline's. */
  writesIn(fn: number): readonly number[] {
    if (!this.#writesByFunction) {
      this.#writesByFunction = new Map();
      for (const index of this.#order?.writes ?? this.outline.writes.keys()) {
        const fn = this.outline.writes[index]?.fn ?? 0;
        const list = this.#writesByFunction.get(fn);
        if (list) list.push(index);
        else this.#writesByFunction.set(fn, [index]);
      }
    }
    return this.#writesByFunction.get(fn) ?? [];
  }

  /** The type of a method that is written outside of it. */
  typeOf(fn: number): string | undefined {
    if (!this.#types) {
      this.#types = new Map();
      for (const [name, value] of Object.entries(this.outline.exports))
        if (value.kind === 'function' && !this.#types.has(value.fn))
          this.#types.set(value.fn, name.split('.', 1)[0] ?? '');
    }
    return this.#types.get(fn);
  }

  /** What is derived from what in the file: the classes themselves, and what is said of a class outside of it. */
  get derivations(): readonly { readonly base: Expr; readonly derived: Expr }[] {
    const { classes, writes } = this.outline;
    return [
      ...classes.flatMap(({ bases }, cls) =>
        bases.map((base) => ({ base, derived: { kind: 'class', cls } as const })),
      ),
      ...(this.writesByField.get(baseField) ?? []).flatMap((index) => {
        const write = writes[index];
        return write?.of.kind === 'typed' ? [{ base: write.value, derived: write.of.type }] : [];
      }),
    ];
  }

  /** What is added to a variable, by the scope that declares it and its name: `4 routes`. */
  additionsTo(key: string): readonly FieldWrite[] | undefined {
    if (!this.#additions) {
      this.#additions = new Map();
      for (const index of this.#order?.writes ?? this.outline.writes.keys()) {
        const write = this.outline.writes[index];
        if (write?.of.kind !== 'name' || !write.field.endsWith('[]')) continue;
        push(
          this.#additions,
          `${scopeOf(write.of.name, write.of.scope, this.outline)} ${write.of.name}`,
          write,
        );
      }
    }
    return this.#additions.get(key);
  }

  /** The names that are called or passed in the file. */
  get called(): Set<string> {
    return new Set([...this.callsByName.keys(), ...this.argumentsByName.keys()]);
  }

  /** Those, and the names of fields that are written to. */
  get #used(): Set<string> {
    return new Set([...this.called, ...this.writesByField.keys()]);
  }

  /** All names through which this file can matter to another one. */
  get names(): ReadonlySet<string> {
    this.#names ??= new Set([
      ...Object.keys(this.outline.scopes[0]?.names ?? {}),
      ...Object.keys(this.outline.exports),
      ...[...this.called].map(asUsed),
      ...this.derivations.map(({ base }) => asBase(lastName(base))),
      // What an object writes to itself is nothing to others.
      ...this.outline.writes.filter(({ of }) => of.kind !== 'self').map(({ field }) => asUsed(field)),
    ]);
    return this.#names;
  }

  #index(): void {
    for (const all of [this.callsByName, this.argumentsByName, this.passedTo, this.writesByField])
      all.clear();
    this.#names = undefined;
    this.#types = undefined;
    this.#writesByFunction = undefined;
    this.#additions = undefined;
    const { writes } = this.#outline;
    for (const [index, call] of this.calls()) {
      push(this.callsByName, calleeName(call), index);
      for (const [arg, { value }] of call.args.entries()) {
        const place = { file: this, call: index, arg };
        if (value.kind === 'function') this.passedTo.set(value.fn, place);
        else push(this.argumentsByName, lastName(value), place);
      }
    }
    for (const index of this.#order?.writes ?? writes.keys())
      push(this.writesByField, writes[index]?.field ?? '', index);
  }
}

/** The last name of what a call calls: `Handle` of `s.mux.Handle`. */
export function calleeName(call: Call): string {
  return lastName(call.callee);
}

/** The names that the code of some functions calls, passes or writes to. */
function* usedIn(
  { calls, writes }: Outline,
  roots: readonly number[],
  within: ReadonlySet<number>,
): Iterable<string> {
  const isWithin = (fn: number): boolean => within.has(roots[fn] ?? 0);
  for (const call of calls) {
    if (!isWithin(call.fn)) continue;
    yield calleeName(call);
    for (const { value } of call.args) yield lastName(value);
  }
  for (const { fn, field } of writes) if (isWithin(fn)) yield field;
}

/** The scope that a name is declared in, seen from another; the file's own for one that is declared nowhere. */
function scopeOf(name: string, from: number, { scopes }: Outline): number {
  for (let scope = from; scope > 0; scope = scopes[scope]?.parent ?? 0)
    if (scopes[scope]?.names[name]) return scope;
  return 0;
}

function ranked(order: readonly number[]): number[] {
  const ranks: number[] = [];
  for (const [rank, index] of order.entries()) ranks[index] = rank;
  return ranks;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  if (key === '') return;
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
