/** What the methods of lists give that are much the same in all languages. */
import type { Evaluator } from '../evaluate/evaluator';
import { flattened, joined, mapped, valueAt, withoutAbsent } from '../evaluate/collections/mapped';
import type { Item, Site, Value } from '../evaluate/value';
import type { Expr } from '../outline/outline';
import { unknown } from '../evaluate/expressions';

export type List = Value & { kind: 'list' };

/** The methods of a language's lists, by what they give. */
export interface ListMethods {
  /** The list itself, perhaps in another order, or without some items. */
  readonly same?: readonly string[];
  /** What the function makes of each item. */
  readonly map?: readonly string[];
  /** The same, where that is a list itself: all that is in these. */
  readonly flatMap?: readonly string[];
  /** All that is in the lists which are the items. */
  readonly flat?: readonly string[];
  /** The list with all of others behind it. */
  readonly concat?: readonly string[];
  /** The list with single items behind it. */
  readonly append?: readonly string[];
  /** Pairs of a number and an item. */
  readonly number?: readonly string[];
}

/** What a method of a list gives; undefined if it is none of these. */
export function listResult(
  of: List,
  name: string,
  site: Site,
  evaluator: Evaluator,
  methods: ListMethods,
): Value | undefined {
  const is = (names: readonly string[] = []): boolean => names.includes(name);
  if (is(methods.same)) return of;
  if (is(methods.map)) return mapped(of, evaluator.argument(site, 0));
  if (is(methods.flatMap)) return flatMapped(of, evaluator.argument(site, 0), evaluator);
  if (is(methods.flat)) return flattened(of, evaluator);
  if (is(methods.number)) return numberedItems(of);
  const { args } = site.file.call(site.call);
  if (is(methods.concat)) return joined([of, ...args.map((_, index) => evaluator.argument(site, index))]);
  if (!is(methods.append)) return undefined;
  return { ...of, items: [...of.items, ...args.map((arg) => ({ ...arg, in: site }))] };
}

/** All that is in the lists which a function makes of the items. */
export function flatMapped(list: List, fn: Value | undefined, evaluator: Evaluator): Value {
  const lists = mapped(list, fn);
  return lists.kind === 'list' ? flattened(lists, evaluator) : lists;
}

/** What a list has that is kept by a function of others: only what there is at all, if it keeps just that. */
export function filtered(list: List, keeps: Value | undefined, evaluator: Evaluator): Value {
  return keeps === undefined || keeps.kind === 'external' || keeps.kind === 'unknown'
    ? withoutAbsent(list, evaluator)
    : list;
}

/** Pairs of a number and an item. */
function numberedItems(list: List): Value {
  const items = list.items.flatMap((item): Item[] => {
    if (item.through) return [];
    const { value, at, in: context, addedBy } = item;
    const pair: Expr = {
      kind: 'list',
      items: [
        { value: unknown, at },
        { value, at },
      ],
    };
    return [{ value: pair, at, ...(context && { in: context }), ...(addedBy && { addedBy }) }];
  });
  return items.length < list.items.length ? { kind: 'unknown' } : { ...list, items };
}

/** The texts into which one is split that is known. */
export function splitText(text: string, separator: string | RegExp, site: Site): Value {
  const { at } = site.file.call(site.call);
  const items = text.split(separator).map((part): Item => ({ value: { kind: 'text', text: part }, at }));
  return { kind: 'list', items, in: site };
}

/** The item of a list at a place. */
export function itemAt(list: List, index: number, evaluator: Evaluator): Value | undefined {
  const item = list.items[index];
  return item && valueAt(item, list.in, evaluator);
}
