import { Mover } from './moveOutline';
import { lastName, unknown } from '../evaluate/expressions';
import type { Binding, Outline } from './outline';

/** The next version of an outline, in which all that was there before keeps its number. */
export interface NextOutline {
  readonly outline: Outline;
  /** Its numbers, in the order of the code. */
  readonly order: Order;
  /** The outermost functions whose code says something else. */
  readonly changed: ReadonlySet<number>;
}

/** The numbers of what an outline holds, in the order of the code. */
export type Order = Readonly<Record<Numbered, readonly number[]>>;

type Numbered = 'functions' | 'scopes' | 'calls' | 'writes';
const numbered: readonly Numbered[] = ['functions', 'scopes', 'calls', 'writes'];

/** Of each function, the outermost one that it is written in; 0 stands for code outside of functions. */
export function outermost({ functions }: Pick<Outline, 'functions'>): number[] {
  const found: number[] = [];
  const find = (fn: number): number => {
    const parent = functions[fn]?.parent ?? -1;
    return (found[fn] ??= parent <= 0 ? fn : find(parent));
  };
  for (const fn of functions.keys()) find(fn);
  return found;
}

/**
 * What became of an outline. Undefined where more has changed than the code in functions: what is declared in the file, what
 * its functions are called with, how many there are.
 */
export function nextOutline(
  before: Outline,
  order: Order | undefined,
  raw: Outline,
): NextOutline | undefined {
  const [was, is] = [new Pieces(before, order), new Pieces(raw)];
  if (before.classes.length !== raw.classes.length || was.roots.length !== is.roots.length) return undefined;
  const now = renumbered(before, was, raw, is);
  if (!now || !hasSameFace(before, now.outline)) return undefined;
  const roots = outermost(now.outline);
  const changed = new Set<number>();
  for (const kind of numbered) {
    for (const [index, piece] of now.outline[kind].entries()) {
      const old = before[kind][index];
      const root = roots['fn' in piece ? piece.fn : index] ?? 0;
      if (changed.has(root)) continue;
      if (kind === 'functions' && root === index && old && 'params' in old && 'params' in piece) {
        if (!isSameShape({ ...old, returns: [] }, { ...piece, returns: [] })) return undefined;
      }
      if (!isSameShape(old, piece)) changed.add(root);
    }
  }
  if (changed.has(0) || bringsIn(before, outermost(before), changed) || bringsIn(now.outline, roots, changed))
    return undefined;
  return { ...now, changed };
}

/** The numbers of what stands in each outermost function, in the order of the code, and those that stand for nothing. */
class Pieces {
  readonly roots: readonly number[];
  readonly #numbers: Readonly<Record<Numbered, Map<number, number[]>>>;
  readonly #free: Readonly<Record<Numbered, Map<number, number[]>>>;

  constructor(outline: Outline, order?: Order) {
    const roots = outermost(outline);
    this.roots = [...new Set(roots)];
    const grouped = (kind: Numbered, numbers: Iterable<number>): Map<number, number[]> => {
      const found = new Map<number, number[]>();
      for (const number of numbers) {
        const fn = kind === 'functions' ? number : outline[kind][number]?.fn;
        const root = roots[fn ?? 0] ?? 0;
        const list = found.get(root);
        if (list) list.push(number);
        else found.set(root, [number]);
      }
      return found;
    };
    const all = (of: (kind: Numbered) => Map<number, number[]>): Record<Numbered, Map<number, number[]>> => ({
      functions: of('functions'),
      scopes: of('scopes'),
      calls: of('calls'),
      writes: of('writes'),
    });
    this.#numbers = all((kind) => grouped(kind, order?.[kind] ?? outline[kind].keys()));
    this.#free = all((kind) => {
      if (!order) return new Map<number, number[]>();
      const used = new Set(order[kind]);
      return grouped(
        kind,
        [...outline[kind].keys()].filter((number) => !used.has(number)),
      );
    });
  }

  of(kind: Numbered, root: number): readonly number[] {
    return this.#numbers[kind].get(root) ?? [];
  }

  free(kind: Numbered, root: number): readonly number[] {
    return this.#free[kind].get(root) ?? [];
  }
}

/** What tells pieces of a function apart. */
const nameOf: { readonly [K in Numbered]: (piece: Outline[K][number]) => string } = {
  functions: ({ name, params }) => `${name} ${params.length}`,
  scopes: ({ names }) => Object.keys(names).join(),
  calls: ({ callee }) => lastName(callee),
  writes: ({ field }) => field,
};

/** The outline with the numbers that the one before has; what is new comes at the end. */
function renumbered(
  before: Outline,
  was: Pieces,
  raw: Outline,
  is: Pieces,
): Omit<NextOutline, 'changed'> | undefined {
  const now: Record<Numbered, number[]> = { functions: [], scopes: [], calls: [], writes: [] };
  const gone: [Numbered, number, number][] = [];
  let isSame = true;
  for (const kind of numbered) {
    let end = before[kind].length;
    const name = (outline: Outline, number: number | undefined): string =>
      (nameOf[kind] as (piece: unknown) => string)(outline[kind][number ?? 0]);
    for (const [at, root] of is.roots.entries()) {
      const rootBefore = was.roots[at] ?? 0;
      const [old, all] = [was.of(kind, rootBefore), is.of(kind, root)];
      if (root === 0 && old.length !== all.length) return undefined;
      const [first, last] = common(old, all, (a, b) => name(before, a) === name(raw, b));
      const free = [...old.slice(first, old.length - last), ...was.free(kind, rootBefore)];
      for (const [index, number] of all.entries()) {
        const fromEnd = all.length - index;
        const kept = index < first ? old[index] : fromEnd <= last ? old[old.length - fromEnd] : free.shift();
        now[kind][number] = kept ?? end++;
        isSame &&= kept === number;
      }
      for (const number of free) gone.push([kind, number, rootBefore]);
    }
  }
  if (isSame && gone.length === 0) return { outline: raw, order: now };
  const numbers = (kind: Numbered) => (number: number) => now[kind][number] ?? number;
  const mover = new Mover(
    { scope: numbers('scopes'), fn: numbers('functions'), call: numbers('calls'), cls: (cls) => cls },
    { offset: 0, lines: 0 },
  );
  const moved = mover.pieces(raw);
  const outline: Outline = {
    ...raw,
    ...moved,
    exports: mover.exports(raw.exports),
    functions: placed(moved.functions, now.functions),
    scopes: placed(moved.scopes, now.scopes),
    calls: placed(moved.calls, now.calls),
    writes: placed(moved.writes, now.writes),
  };
  for (const [kind, number, fn] of gone) fill(outline, kind, number, fn);
  return { outline, order: now };
}

/** How many of two lists are the same at their starts, and at their ends. The first function is the outermost one. */
function common(
  a: readonly number[],
  b: readonly number[],
  isSame: (a: number | undefined, b: number | undefined) => boolean,
): [number, number] {
  const most = Math.min(a.length, b.length);
  let first = most > 0 ? 1 : 0;
  while (first < most && isSame(a[first], b[first])) first++;
  let last = 0;
  while (last < most - first && isSame(a[a.length - 1 - last], b[b.length - 1 - last])) last++;
  return [first, last];
}

function placed<T>(pieces: readonly T[], numbers: readonly number[]): T[] {
  const found: T[] = [];
  for (const [index, piece] of pieces.entries()) found[numbers[index] ?? index] = piece;
  return found;
}

/** Puts something that says nothing where something was in a function. */
function fill(outline: Outline, kind: Numbered, number: number, fn: number): void {
  const at = { start: 0, length: 0, line: 1, column: 1 };
  if (kind === 'functions') outline.functions[number] = { name: '', parent: fn, params: [], returns: [] };
  if (kind === 'scopes') outline.scopes[number] = { parent: 0, fn, names: {} };
  if (kind === 'calls') outline.calls[number] = { callee: unknown, args: [], at, fn };
  if (kind === 'writes') outline.writes[number] = { of: unknown, field: '', value: unknown, fn };
}

/** Whether two outlines say the same of all that is no code of functions. */
function hasSameFace(a: Outline, b: Outline): boolean {
  return (['unit', 'namespace', 'classes', 'exports', 'opened', 'isTelling', 'isSpeaking'] as const).every(
    (key) => isSameShape(a[key], b[key]),
  );
}

/** Whether code in functions imports something: what a file imports is not said of a function alone. */
function bringsIn(
  { scopes, calls }: Outline,
  roots: readonly number[],
  within: ReadonlySet<number>,
): boolean {
  return (
    scopes.some(
      ({ fn, names }) =>
        within.has(roots[fn] ?? 0) && Object.values<Binding>(names).some(({ kind }) => kind === 'import'),
    ) ||
    calls.some(
      ({ fn, callee }) => within.has(roots[fn] ?? 0) && callee.kind === 'name' && callee.name === 'require',
    )
  );
}

/** Whether two parts of outlines say the same, wherever it stands: so it is after an edit that only moves code. */
function isSameShape(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) return Array.isArray(b) && areSame(a, b);
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => {
      const [one, other] = [
        (a as Readonly<Record<string, unknown>>)[key],
        (b as Readonly<Record<string, unknown>>)[key],
      ];
      return isSameShape(one, other) || (isPlace(one) && isPlace(other));
    })
  );
}

function areSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => isSameShape(item, b[index]));
}

/** A span, and nothing else that an outline holds. */
function isPlace(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'column' in value && typeof value.column === 'number';
}
