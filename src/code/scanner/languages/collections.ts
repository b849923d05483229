/** What lists, maps and argument lists are put together of. */
import { children, spanOf } from '../outline/walk';
import { addedTo } from '../evaluate/expressions';
import type { Argument, Entry, Expr, Located } from '../outline/outline';
import type { SyntaxNode } from '../outline/syntax';
import type { Walker } from './walker';

/** What spreads a list out into several items or arguments. */
const spreads = /^(spread_element|list_splat|variadic_unpacking|variadic_argument)$/;

/** An item or argument, with its place. */
export function located(walk: Walker, node: SyntaxNode): Located {
  if (!spreads.test(node.type)) return { value: walk.visit(node), at: spanOf(node) };
  return { value: walk.visit(children(node)[0]), at: spanOf(node), isSpread: true };
}

/** The key of an entry: its text, if that is written out. */
export function keyOf(walk: Walker, node: SyntaxNode | undefined): string | Expr {
  const key = walk.visit(node);
  return key.kind === 'text' ? key.text : key;
}

/** A map; what its `rid` names is a resource. */
export function record({ to }: Walker, entries: readonly Entry[]): Expr {
  const rid = entries.find(({ key }) => key === 'rid');
  if (rid) to.mention('rid', rid);
  return { kind: 'record', entries };
}

/** A map in a language that clients are written in: it can be one of their requests. */
export function clientRecord(walk: Walker, entries: readonly Entry[]): Expr {
  const value = record(walk, entries);
  const method = entries.find(({ key }) => key === 'method');
  if (method && entries.some(({ key }) => key === 'id')) walk.to.mention('request', method);
  return value;
}

/**
 * How methods add to collections: each argument, a key and its value (for a map that is looped over in `pair`s too), or all
 * of another collection. One that takes a key takes an item where it is given no more.
 */
export type Adding = Readonly<Record<string, 'items' | 'entry' | 'pair' | 'all'>>;

/** Notes what a call adds to the collection that its method is of. */
export function readAdding(walk: Walker, callee: Expr, args: readonly Argument[], methods: Adding): void {
  if (callee.kind !== 'member' || !Object.hasOwn(methods, callee.name)) return;
  const how = methods[callee.name];
  const [first, second] = args;
  if (!first) return;
  if (how === 'all') addTo(walk, callee.of, first.value);
  else if (how === 'entry' && second) addEntry(walk, callee.of, first, second);
  else if (how === 'pair' && second)
    addItems(walk, callee.of, [{ value: { kind: 'list', items: [first, second] }, at: first.at }]);
  else addItems(walk, callee.of, args);
}

/** Notes that items are added to a collection. */
export function addItems(walk: Walker, collection: Expr, items: readonly Located[]): void {
  const known = items.filter(({ value }) => value.kind !== 'unknown' && value.kind !== 'nothing');
  if (known.length > 0)
    addTo(walk, collection, {
      kind: 'list',
      items: known.map(({ value, at, isSpread }) => ({ value, at, ...(isSpread && { isSpread }) })),
    });
}

/** Notes that something is put under a key of a collection. */
export function addEntry(walk: Walker, collection: Expr, key: Located, { value, at }: Located): void {
  if (key.value.kind === 'unknown') return;
  const name = key.value.kind === 'text' ? key.value.text : key.value;
  addTo(walk, collection, { kind: 'record', entries: [{ key: name, keyAt: key.at, value, at }] });
}

/** Notes that all of a collection is added to another one. */
export function addAll(walk: Walker, collection: Expr, added: Expr): void {
  addTo(walk, collection, added);
}

function addTo({ to }: Walker, given: Expr, added: Expr): void {
  const collection = (given.kind === 'name' && to.memberNamed(given.name)) || given;
  if (collection.kind === 'member') to.write(collection.of, addedTo(collection.name), added);
  else if (collection.kind === 'name') to.write(collection, addedTo(collection.name), added);
}
