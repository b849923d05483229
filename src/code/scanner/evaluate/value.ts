import type { Entry, Located, SetBy } from '../outline/outline';
import type { SourceFile } from '../files/sourceFile';

/** A call that an evaluated function runs for, and the code around that function at the time. */
export interface Frame {
  readonly file: SourceFile;
  readonly fn: number;
  readonly site?: Site;
  /** The object that the function is a method of. */
  readonly self?: Value;
  readonly outer: Frame | undefined;
  /** Whether it is one of several calls, and can't be told which. */
  readonly isOpen?: true;
  /** What the function is given, where the code of others calls it. */
  readonly args?: readonly Value[];
}

/** Where an expression is evaluated. */
export interface Context {
  readonly file: SourceFile;
  readonly frame: Frame | undefined;
}

/** A call, in a context. */
export interface Site extends Context {
  readonly call: number;
}

/** An expression, where it stands, and where it is evaluated. */
export interface Place extends Located {
  readonly in: Context;
}

/** A parameter of a function, by its number. */
export interface Parameter {
  readonly file: SourceFile;
  readonly fn: number;
  readonly index: number;
}

/** Where something stands that was put into a collection later: in a context, or in what a function was called for. */
interface Placed {
  readonly in?: Context;
  readonly addedBy?: { readonly file: SourceFile; readonly fn: number };
  /** The functions that it goes through one after the other: what they make of it is in the collection. */
  readonly through?: readonly (Value & { kind: 'function' })[];
}

/** An item of a list. */
export interface Item extends Located, Placed {}

/** An entry of a map. */
export interface MapEntry extends Entry, Placed {}

/** What is not known. `follow` names the function whose callers give it, for its parameter `of`. */
interface Hole {
  readonly follow?: string;
  readonly of?: Parameter;
  /** What sets it outside of the code. */
  readonly by?: SetBy;
  /** Whether it is known that there is nothing: an argument that is left out, a null. */
  readonly isAbsent?: boolean;
  /** What is there at first, of data that come and go; `isWritten` if they are written out where they are looped over. */
  readonly seed?: string;
  readonly isWritten?: boolean;
}

/** Literal text, or a hole: a piece that is not known. */
export type Piece = string | Hole;

/** What an expression stands for, as far as it can be known. */
export type Value =
  /**
   * `from` is where the text stands, if it was one of several in a list or map; `isSeed` if these are data, `isGrown` if
   * others are put to them that are not known, and `isWritten` if they are written out where they are looped over.
   */
  | {
      readonly kind: 'text';
      readonly pieces: readonly Piece[];
      readonly from?: Place;
      readonly isSeed?: boolean;
      readonly isGrown?: boolean;
      readonly isWritten?: boolean;
    }
  | ({ readonly kind: 'unknown' } & Hole)
  /**
   * `isItem` is set on one that is itself one of several, `isData` on one that is known to hold data, `isGrown` on one to
   * which things are added that are not known.
   */
  | {
      readonly kind: 'list';
      readonly items: readonly Item[];
      readonly in: Context;
      readonly isItem?: boolean;
      readonly isData?: boolean;
      readonly isGrown?: boolean;
      /** Whether it is a map, as a list of pairs. */
      readonly isMap?: boolean;
    }
  | {
      readonly kind: 'record';
      readonly entries: readonly MapEntry[];
      readonly type?: Value;
      readonly in: Context;
      readonly isItem?: boolean;
      readonly isData?: boolean;
      readonly isGrown?: boolean;
    }
  | {
      readonly kind: 'function';
      readonly file: SourceFile;
      readonly fn: number;
      readonly outer?: Frame;
      readonly self?: Value;
    }
  | { readonly kind: 'class'; readonly file: SourceFile; readonly cls: number }
  /** `isAny` is set on one that can be of a derived class, `isData` on one of several that are data. */
  | {
      readonly kind: 'instance';
      readonly file: SourceFile;
      readonly cls: number;
      readonly made?: Frame;
      readonly isAny?: true;
      readonly isData?: boolean;
    }
  /** A module of the workspace: one file, or all of a package. */
  | { readonly kind: 'module'; readonly files: readonly SourceFile[] }
  /**
   * Something of a library: `github.com/jirenius/go-res#Service`. Members are joined by dots, the result of a call
   * ends in `()`, and `instance` is set on what can have members of an instance.
   */
  | { readonly kind: 'external'; readonly origin: string; readonly instance?: boolean }
  /** A member of a value, of which only the value knows what it is. */
  | { readonly kind: 'method'; readonly of: Value; readonly name: string }
  /** A value that a library or a language makes of a call; `what` names its kind. */
  | { readonly kind: 'made'; readonly what: string; readonly site: Site; readonly parent?: Value };

/** The value of which nothing is known. */
export const unknownValue: Value = { kind: 'unknown' };

/** Where it is known that there is nothing. */
export const absentValue: Value = { kind: 'unknown', isAbsent: true };

/** A value of literal text. */
export const textValue = (text: string): Value => ({ kind: 'text', pieces: [text] });

/** The most pieces that a name is put together of; longer texts are no names. */
const maxPieces = 200;

/** The value as text; what is no text is a hole in it. */
export function piecesOf(value: Value): readonly Piece[] {
  if (value.kind === 'text') return value.pieces;
  const follow = followOf(value);
  if (follow === undefined) return [value.kind === 'unknown' && value.by ? { by: value.by } : {}];
  return [{ follow, ...(value.kind === 'unknown' && value.of && { of: value.of }) }];
}

/** The function whose callers give an unknown value, or the object that the value is a member of. */
export function followOf(value: Value): string | undefined {
  if (value.kind === 'method') return followOf(value.of);
  return value.kind === 'unknown' ? value.follow : undefined;
}

/** Joins values to one text, literal neighbours to one piece. */
export function concat(values: readonly Value[]): Value {
  const pieces: Piece[] = [];
  for (const piece of values.flatMap(seededPieces)) {
    const last = pieces.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') pieces[pieces.length - 1] = last + piece;
    else if (piece !== '') pieces.push(piece);
  }
  if (pieces.length > maxPieces) return unknownValue;
  const from = placeOfAll(values);
  return { kind: 'text', pieces, ...(from && { from }) };
}

/** The pieces of a value behind others: what is put behind a text of data that come and go is not the same for all. */
function seededPieces(value: Value, index: number): readonly Piece[] {
  if (value.kind !== 'text' || !(value.isSeed && (index > 0 || value.isGrown))) return piecesOf(value);
  const seed = wholeText(value);
  return seed === undefined ? piecesOf(value) : [{ seed, ...(value.isWritten && { isWritten: true }) }];
}

/** The place of a text to which others add no name. */
function placeOfAll(values: readonly Value[]): Place | undefined {
  const others = values.filter((value) => !(value.kind === 'text' && value.from));
  if (others.length !== values.length - 1) return undefined;
  if (!others.every((other) => !hasName(wholeText(other) ?? 'x'))) return undefined;
  for (const value of values) if (value.kind === 'text' && value.from) return value.from;
  return undefined;
}

/** Whether text says more than which kind of request it is. */
export function hasName(text: string): boolean {
  return /\w/.test(text.replace(/^(get|access|call|auth|event)\./, ''));
}

/** The text, if all of it is known. */
export function wholeText(value: Value): string | undefined {
  if (value.kind !== 'text') return undefined;
  if (value.pieces.length === 0) return '';
  const [only] = value.pieces;
  return value.pieces.length === 1 && typeof only === 'string' ? only : undefined;
}

/** Whether two values are surely the same thing. */
export function isSame(a: Value, b: Value): boolean {
  if (a.kind === 'text' && b.kind === 'text') {
    const text = wholeText(a);
    return text !== undefined && text === wholeText(b);
  }
  if (a.kind === 'unknown' && b.kind === 'unknown') return a.by !== undefined && sameBy(a.by, b.by);
  if (a.kind === 'external' && b.kind === 'external')
    return a.origin === b.origin && a.instance === b.instance;
  if (a.kind === 'made' && b.kind === 'made')
    return a.site.file === b.site.file && a.site.call === b.site.call;
  if (a.kind === 'class' && b.kind === 'class') return a.file === b.file && a.cls === b.cls;
  if (a.kind === 'instance' && b.kind === 'instance') return a.file === b.file && a.cls === b.cls;
  if (a.kind === 'function' && b.kind === 'function') return a.file === b.file && a.fn === b.fn;
  return false;
}

function sameBy(a: SetBy, b: SetBy | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Whether nothing at all is known of a value, nor will be when callers are told apart. */
export function isNothing(value: Value): boolean {
  return value.kind === 'unknown' && value.follow === undefined && value.by === undefined;
}

/** The value where callers are not told apart for good: what depends on them stays unknown. */
export function closed(value: Value): Value {
  if (value.kind === 'unknown') return unknownValue;
  if (value.kind !== 'text') return value;
  return { ...value, pieces: value.pieces.map((piece) => (typeof piece === 'string' ? piece : {})) };
}

/** The object that a method of a class works on. */
export function selfOf(cls: number, context: Context): Value {
  return objectAt(context, cls) ?? { kind: 'instance', file: context.file, cls, isAny: true };
}

/** The object that the method (of the class, if one is given) works on for which the code runs, where that is known. */
export function objectAt({ file, frame }: Context, cls?: number): Value | undefined {
  for (let each = frame; each; each = each.outer) {
    const of = file.outline.functions[each.fn]?.cls;
    const isMeant = cls === undefined || of === undefined || of === cls;
    if (each.self && each.file === file && isMeant) return each.self;
  }
  return undefined;
}
