/** Collections that functions make of others: each item goes through the function when it is asked for. */
import { contextOf } from './additions';
import type { Evaluator } from '../evaluator';
import { type Context, type Item, type Value, concat, followOf, wholeText } from '../value';

type List = Value & { kind: 'list' };

/** What an item of a collection is, after all that it goes through. */
export function valueAt(item: Item, of: Context, evaluator: Evaluator): Value {
  return through(evaluator.evaluate(item.value, contextOf(item, of, evaluator)), item, evaluator);
}

/** What functions make of an item. */
export function through(value: Value, item: Item, evaluator: Evaluator): Value {
  return (item.through ?? []).reduce((given, fn) => evaluator.apply(fn, [given]), value);
}

/** The list of what a function makes of each item. */
export function mapped(list: List, fn: Value | undefined): Value {
  if (fn?.kind !== 'function') return { ...list, items: [], isGrown: true };
  const items = list.items.map((item) => ({ ...item, through: [...(item.through ?? []), fn] }));
  return { ...list, items };
}

/** The items of all lists that the items of a list are. */
export function flattened(list: List, evaluator: Evaluator): Value {
  let isGrown = list.isGrown === true;
  let isData = list.items.length > 0;
  const items = list.items.flatMap((item): readonly Item[] => {
    const value = valueAt(item, list.in, evaluator);
    if (value.kind !== 'list') {
      // What is no list stays as it is.
      const isKnown = value.kind !== 'unknown' && value.kind !== 'method';
      isGrown ||= !isKnown && followOf(value) === undefined;
      isData = false;
      return isKnown ? [{ in: list.in, ...item }] : [];
    }
    isGrown ||= value.isGrown === true;
    isData &&= value.isData === true;
    return value.items.map((each) => ({ in: value.in, ...each }));
  });
  return { kind: 'list', items, in: list.in, ...(isGrown && { isGrown }), ...(isData && { isData }) };
}

/** The list without those items of which it is known that there is nothing. */
export function withoutAbsent(list: List, evaluator: Evaluator): Value {
  const items = list.items.filter((item) => {
    const value = valueAt(item, list.in, evaluator);
    return !(value.kind === 'unknown' && value.isAbsent) && wholeText(value) !== '';
  });
  return { ...list, items };
}

/** One part of an item that is itself a list, such as the key of a pair. */
export function partOfItem(item: Item, index: number, of: Context, evaluator: Evaluator): Item | undefined {
  const written = !item.through && item.value.kind === 'list' ? item.value.items : undefined;
  if (written && !written.some((each) => each.isSpread)) {
    const part = written[index];
    return part && { ...item, ...part };
  }
  const value = valueAt(item, of, evaluator);
  const part = value.kind === 'list' ? value.items[index] : undefined;
  return part && value.kind === 'list' ? { in: value.in, ...part } : undefined;
}

/** Lists one behind the other; others than lists may hold anything. */
export function joined(lists: readonly (Value | undefined)[]): Value {
  const known = lists.filter((each): each is List => each?.kind === 'list');
  const [first] = known;
  if (!first) return { kind: 'unknown' };
  const items = known.flatMap((list) => list.items.map((item): Item => ({ in: list.in, ...item })));
  const isGrown = known.length < lists.length || known.some((list) => list.isGrown);
  return { kind: 'list', items, in: first.in, ...(isGrown && { isGrown }) };
}

/** Texts one behind the other, or lists. */
export function sum(values: readonly Value[]): Value {
  return values.length > 0 && values.every(({ kind }) => kind === 'list') ? joined(values) : concat(values);
}
