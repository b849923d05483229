/**
 * Collections that are looped over hold either what a program serves (routes, with their handlers) or data that it happens
 * to start with. Of a name that is made of such data only the form is known: other data come and go.
 */
import type { Entry, Expr, Located } from '../outline/outline';
import { type Piece, type Value, piecesOf } from './value';

/** Whether a map holds data: nothing in it is a function, or looks like the pattern of a route. */
export function isData({ entries, isData: isPart }: Value & { k: 'record' }): boolean {
  return isPart === true || (entries.length > 0 && entries.every(isPlain));
}

/** Whether an item of a list to which more is added is data. */
export function isPlainItem({ value }: Located): boolean {
  return isPlainValue(value);
}

function isPlain({ key, value }: Entry): boolean {
  return (typeof key === 'string' ? !isPattern(key) : false) && isPlainValue(value);
}

function isPlainValue(value: Expr): boolean {
  switch (value.k) {
    case 'text':
      return !isPattern(value.text);
    // A number, a truth value.
    case 'unknown':
      return true;
    case 'record':
      return value.entries.every(isPlain);
    case 'list':
      return value.items.every((item) => isPlainValue(item.value));
    default:
      return false;
  }
}

function isPattern(text: string): boolean {
  return /^[\w$*>{}-]*\.[\w$*>{}.-]*$|^[*>]$|^\$\w/.test(text);
}

/** What is registered under a name that is made of data is registered under this name and no other. */
export function registered(name: Value): Value {
  if (name.k !== 'text') return name;
  const pieces: Piece[] = [];
  for (const piece of piecesOf(name).map((each) => (typeof each === 'object' ? (each.seed ?? each) : each))) {
    const last = pieces.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') pieces[pieces.length - 1] = last + piece;
    else pieces.push(piece);
  }
  return { ...name, pieces };
}
