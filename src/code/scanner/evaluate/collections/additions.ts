/** Lists and maps get more than they start with: what code adds to them later is theirs too. */
import { enteredFrame } from '../entered';
import type { Evaluator, Written } from '../evaluator';
import type { Located } from '../../outline/outline';
import type { SourceFile } from '../../files/sourceFile';
import { type Context, type Frame, type Item, type MapEntry, type Value, followOf } from '../value';

type Collection = Value & { kind: 'list' | 'record' };

/** How many things can be added to one; of more, none is known. */
const maxAdded = 200;

/** A collection with what is added to it; nothing else gets more. */
export function withAdded(value: Value, added: readonly Written[], evaluator: Evaluator): Value {
  const isOpen = value.kind === 'unknown' && value.follow === undefined;
  if (added.length === 0 || added.length > maxAdded || !(isOpen || isCollection(value))) return value;
  const all = added.map((each) => ({ each, part: evaluator.evaluate(each.value, each.in) }));
  const given = all.filter(({ part }) => !(part.kind === 'unknown' && part.isAbsent));
  if (given.length === 0) return value;
  const collections = given.flatMap(({ each, part }) => (isCollection(part) ? [{ each, part }] : []));
  if (collections.reduce((sum, { part }) => sum + sizeOf(part), 0) > maxAdded) return value;
  const parts = collections.map(({ each, part }) => placed(part, each));
  // Of what else is added nothing is known, as long as it is no caller's.
  const isGrown = given.some(({ part }) => !isCollection(part) && followOf(part) === undefined);
  const [first] = parts;
  const whole = wholeOf(value, first);
  if (!whole) return value;
  const open = (isGrown || (isCollection(value) && value.isGrown)) && { isGrown: true };
  if (whole.kind === 'record') {
    const more = parts.flatMap((part) => (part.kind === 'record' ? part.entries : []));
    return { ...whole, ...open, entries: [...whole.entries, ...more] };
  }
  const more = parts.flatMap((part) => (part.kind === 'list' ? part.items : pairsOf(part)));
  return { ...whole, ...open, items: [...whole.items, ...more] };
}

/** What things are added to: what is written as an empty list can become a map. */
function wholeOf(value: Value, first: Collection | undefined): Collection | undefined {
  const isEmpty = value.kind === 'list' && value.items.length === 0 && value.isMap !== true;
  if (isCollection(value) && !(isEmpty && first)) return value;
  return first && emptyLike(first);
}

/** What is added to a variable, by its scope and name. */
export function addedToVariable(key: string, { file, frame }: Context): readonly Written[] | undefined {
  return file.additionsTo(key)?.map(({ value, fn }): Written => {
    const isHere = isWithin(frame, file, fn);
    return { value, in: { file, frame: isHere ? frame : undefined }, ...(!isHere && { fn }) };
  });
}

/** Where an item of a collection is evaluated: for what was added by a function, where that was called for it. */
export function contextOf(item: Item | MapEntry, of: Context, evaluator: Evaluator): Context {
  if (!item.addedBy) return item.in ?? of;
  const { file, fn } = item.addedBy;
  return { file, frame: enteredFrame(file, fn, evaluator) };
}

/** The items as they stand in the collection that they are added to. */
function placed(part: Collection, { in: context, fn }: Written): Collection {
  const place = fn === undefined || fn === 0 ? { in: part.in } : { addedBy: { file: context.file, fn } };
  const isPlaced = (item: Item | MapEntry): boolean => item.in !== undefined || item.addedBy !== undefined;
  // Written out, because this is done at each read of a collection, and to spread an object takes far longer.
  if (part.kind === 'list') {
    const items = part.items.map((item) => {
      if (isPlaced(item)) return item;
      const { value, at, isSpread } = item;
      return isSpread ? { value, at, isSpread, ...place } : { value, at, ...place };
    });
    return { ...part, items };
  }
  return {
    ...part,
    entries: part.entries.map((entry) => (isPlaced(entry) ? entry : { ...entry, ...place })),
  };
}

function pairsOf({ entries }: Value & { kind: 'record' }): Item[] {
  return entries.map((entry) => {
    const key: Located = {
      value: typeof entry.key === 'string' ? { kind: 'text', text: entry.key } : entry.key,
      at: entry.keyAt,
    };
    const { value, at, ...place } = entry;
    const { in: context, addedBy } = place;
    return {
      value: { kind: 'list', items: [key, { value, at }] },
      at: entry.keyAt,
      ...(context && { in: context }),
      ...(addedBy && { addedBy }),
    };
  });
}

function emptyLike(part: Collection): Collection {
  return part.kind === 'list'
    ? { kind: 'list', items: [], in: part.in }
    : { kind: 'record', entries: [], in: part.in };
}

function sizeOf(part: Collection): number {
  return (part.kind === 'list' ? part.items : part.entries).length;
}

function isCollection(value: Value): value is Collection {
  return value.kind === 'list' || value.kind === 'record';
}

function isWithin(frame: Frame | undefined, file: SourceFile, fn: number): boolean {
  for (let each = frame; each; each = each.outer) if (each.file === file && each.fn === fn) return true;
  return false;
}
