/**
 * Collections that are looped over hold either what a program serves (routes, with their handlers) or data that it happens
 * to start with. Of a name that is made of such data only the form is known: other data come and go.
 */
import type { Entry, Expr } from '../../outline/outline';
import type { SourceFile } from '../../files/sourceFile';
import { type Piece, type Value, piecesOf, unknownValue, wholeText } from '../value';

/** Whether a list or map holds data: nothing in it is a function, or looks like the pattern of a route. */
export function isData(of: Value & { kind: 'list' | 'record' }): boolean {
  if (of.isData === true) return true;
  const items = of.kind === 'list' ? of.items : of.entries;
  return items.length > 0 && items.every((item) => isPlain(item, (item.addedBy ?? item.in ?? of.in).file));
}

/** Whether what is looped over is written out in the loop itself: no other data can come there. */
export function isWrittenHere(expr: Expr, file: SourceFile): boolean {
  if (expr.kind !== 'call') return expr.kind === 'list';
  // `["a", "b"].iter()`
  const { callee, args } = file.call(expr.call);
  return callee.kind === 'member' && args.length === 0 && isWrittenHere(callee.of, file);
}

function isPlain({ key = '', value }: Pick<Entry, 'value'> & Partial<Entry>, file: SourceFile): boolean {
  return typeof key === 'string' && !isPattern(key) && isPlainValue(value, file);
}

function isPlainValue(value: Expr, file: SourceFile): boolean {
  switch (value.kind) {
    case 'text':
      return !isPattern(value.text);
    // A number, a truth value.
    case 'unknown':
      return true;
    case 'record':
      return value.entries.every((entry) => isPlain(entry, file));
    case 'list':
      return value.items.every((item) => isPlainValue(item.value, file));
    // An object made of data.
    case 'call': {
      const { args } = file.call(value.call);
      return args.length > 0 && args.every((arg) => isPlainValue(arg.value, file));
    }
    default:
      return false;
  }
}

function isPattern(text: string): boolean {
  return /^[\w$*>{}-]*\.[\w$*>{}.-]*$|^[*>]$|^\$\w/.test(text);
}

/** What is registered under a name that is made of data is registered under this name and no other. */
export function registered(name: Value): Value {
  const whole = filled(name, ({ seed }) => seed);
  return whole.kind === 'text' ? { ...whole, isGrown: false } : whole;
}

/** What is referred to by a whole name; one of those that a list starts with to which others are put says nothing. */
export function referred(name: Value): Value {
  return name.kind === 'text' && name.isGrown && wholeText(name) !== undefined ? unknownValue : name;
}

/** What is asked for under a name that is made of data, where these are written out in the loop itself. */
export function written(name: Value): Value {
  return filled(name, ({ seed, isWritten }) => (isWritten ? seed : undefined));
}

function filled(name: Value, seedOf: (hole: Exclude<Piece, string>) => string | undefined): Value {
  if (name.kind !== 'text') return name;
  const pieces: Piece[] = [];
  for (const each of piecesOf(name)) {
    const piece = typeof each === 'object' ? (seedOf(each) ?? each) : each;
    const last = pieces.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') pieces[pieces.length - 1] = last + piece;
    else pieces.push(piece);
  }
  return { ...name, pieces };
}
