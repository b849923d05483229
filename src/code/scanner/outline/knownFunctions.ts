import { Mover, type Pieces, addPieces } from './moveOutline';
import type { Outline, Span } from './outline';

/** What a function is written in, by number. */
export interface Surroundings {
  readonly scope: number;
  readonly fn: number;
  readonly cls: number | undefined;
}

/** A function as it was read, with the place and the numbers that it had. */
export interface KnownFunction {
  readonly code: string;
  readonly at: Span;
  readonly in: Surroundings;
  readonly first: Ends;
  readonly pieces: Pieces;
  /** Whether the whole text was understood: else the parser may have taken the code for something else. */
  readonly isSound: boolean;
  /** The functions in it. */
  readonly inner: readonly KnownFunction[];
}

/** How much an outline holds so far. */
interface Ends {
  readonly scopes: number;
  readonly functions: number;
  readonly classes: number;
  readonly calls: number;
  readonly writes: number;
  readonly mentions: number;
}

/** The functions that were read in this version of a text, and in the last one: what stayed as it was is not read again. */
export class KnownFunctions {
  readonly #before: ReadonlyMap<string, KnownFunction>;
  readonly #now = new Map<string, KnownFunction>();
  #inner: KnownFunction[] = [];
  #isSound = false;

  constructor(before?: KnownFunctions) {
    this.#before = before ? before.#now : new Map<string, KnownFunction>();
  }

  /** Starts with a text, which the parser did or did not understand. */
  start(isSound: boolean): void {
    this.#isSound = isSound;
  }

  /** Those that were read or found since this was asked last, without those in them. */
  takeRead(): readonly KnownFunction[] {
    const read = this.#inner;
    this.#inner = [];
    return read;
  }

  /** Keeps functions of code that is known already for the next version. */
  keep(functions: readonly KnownFunction[]): void {
    for (const each of functions) {
      this.#now.set(each.code, each);
      this.keep(each.inner);
    }
  }

  /**
   * Adds a function to an outline, and hands back its number. It is read only if the `code` is new; `read` says whether it
   * did nothing to what surrounds it.
   */
  add(code: string, at: Span, outline: Outline, around: Surroundings, read: () => boolean): number {
    const number = outline.functions.length;
    const known = this.#now.get(code) ?? this.#before.get(code);
    if (known?.at.column === at.column && (known.isSound || !this.#isSound)) {
      addKnown(known, at, outline, around);
      this.keep([known]);
      this.#inner.push(known);
      return number;
    }
    const first = endsOf(outline);
    const exports = { ...outline.exports };
    const outer = this.#inner;
    this.#inner = [];
    const isClosed = read() && isSame(exports, outline.exports);
    const inner = this.#inner;
    this.#inner = outer;
    if (isClosed) {
      const made = {
        code,
        at,
        in: around,
        first,
        pieces: piecesFrom(first, outline),
        isSound: this.#isSound,
        inner,
      };
      this.#now.set(code, made);
      this.#inner.push(made);
    } else this.#inner.push(...inner);
    return number;
  }
}

function addKnown(
  { pieces, at, in: were, first }: KnownFunction,
  to: Span,
  outline: Outline,
  around: Surroundings,
): void {
  const ends = endsOf(outline);
  const moved = { offset: to.start - at.start, lines: to.line - at.line };
  const isMoved =
    moved.offset !== 0 ||
    moved.lines !== 0 ||
    were.scope !== around.scope ||
    were.fn !== around.fn ||
    were.cls !== around.cls ||
    (['scopes', 'functions', 'classes', 'calls'] as const).some((key) => first[key] !== ends[key]);
  // What it has not itself is what it is written in.
  const numbers =
    (key: keyof Ends, outer = -1) =>
    (number: number) =>
      number < first[key] ? outer : number + ends[key] - first[key];
  const now = {
    scope: numbers('scopes', around.scope),
    fn: numbers('functions', around.fn),
    cls: numbers('classes', around.cls),
    call: numbers('calls'),
  };
  addPieces(outline, isMoved ? new Mover(now, moved).pieces(pieces) : pieces);
}

function endsOf({ scopes, functions, classes, calls, writes, mentions }: Outline): Ends {
  return {
    scopes: scopes.length,
    functions: functions.length,
    classes: classes.length,
    calls: calls.length,
    writes: writes.length,
    mentions: mentions.length,
  };
}

function piecesFrom(first: Ends, outline: Outline): Pieces {
  return {
    scopes: outline.scopes.slice(first.scopes),
    functions: outline.functions.slice(first.functions),
    classes: outline.classes.slice(first.classes),
    calls: outline.calls.slice(first.calls),
    writes: outline.writes.slice(first.writes),
    mentions: outline.mentions.slice(first.mentions),
  };
}

function isSame(a: Outline['exports'], b: Outline['exports']): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
