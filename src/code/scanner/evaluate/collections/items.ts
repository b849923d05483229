import { contextOf } from './additions';
import { through, valueAt } from './mapped';
import { isData, isWrittenHere } from './seeds';
import type { Evaluator } from '../evaluator';
import type { Expr } from '../../outline/outline';
import {
  type Context,
  type Frame,
  type Item,
  type MapEntry,
  type Value,
  followOf,
  textValue,
  unknownValue,
  wholeText,
} from '../value';

type List = Value & { kind: 'list' };
type Map = Value & { kind: 'record' };

/** A certain value of a list or map; of one that is itself one of several, it is named where it stands. */
export function valueIn(of: List | Map, item: Item, evaluator: Evaluator): Value {
  const context = contextOf(item, of.in, evaluator);
  return of.isItem ? itemOf(item, context, evaluator, of) : valueAt(item, of.in, evaluator);
}

/** One of the values of a list or map: each in a world of its own. `choice` is the name of the choice between them. */
export function someValue(of: List | Map, choice: string, evaluator: Evaluator, isWritten = false): Value {
  const items = of.kind === 'list' ? of.items : of.entries;
  const item = items[evaluator.world.pick(choice, items.length)];
  if (!item) return unknownValue;
  const value = itemOf(item, contextOf(item, of.in, evaluator), evaluator, of);
  return isWritten && value.kind === 'text' && value.isSeed ? { ...value, isWritten } : value;
}

/** One of the keys of a map. */
export function someKey(of: Map, choice: string, evaluator: Evaluator): Value {
  const entry = of.entries[evaluator.world.pick(choice, of.entries.length)];
  if (!entry) return unknownValue;
  const value: Expr = typeof entry.key === 'string' ? { kind: 'text', text: entry.key } : entry.key;
  return itemOf({ value, at: entry.keyAt }, contextOf(entry, of.in, evaluator), evaluator, of);
}

/** What a loop over a list or map has at a time. */
export function each(expr: Expr & { kind: 'each' }, context: Context, evaluator: Evaluator): Value {
  const given = evaluator.evaluate(expr.of, context);
  const of = (given.kind === 'class' && casesOf(given, context, evaluator)) || given;
  const choice = `each ${context.file.path} ${JSON.stringify(expr.of)}`;
  if (expr.part !== undefined) {
    if (of.kind === 'record') return (expr.part === 0 ? someKey : someValue)(of, choice, evaluator);
    const whole = of.kind === 'list' ? someValue(of, choice, evaluator) : unknownValue;
    return indexed(whole, textValue(String(expr.part)), evaluator);
  }
  if (of.kind === 'record') return (expr.key || expr.isKeyed ? someKey : someValue)(of, choice, evaluator);
  if (of.kind === 'function') return givenTo(of, expr.key ? 0 : 1, choice, evaluator);
  if (of.kind !== 'list' || expr.key) return partOf(of);
  return someValue(of, choice, evaluator, isWrittenHere(expr.of, context.file));
}

/** All objects of a class that is an enumeration. */
export function casesOf(
  { file, cls }: Value & { kind: 'class' },
  site: Context,
  { world }: Evaluator,
): Value | undefined {
  world.touch(file);
  const { cases = [] } = file.outline.classes[cls] ?? {};
  const items = cases.map((name): Item => {
    const value: Expr = { kind: 'member', of: { kind: 'class', cls }, name };
    return { value, at: { start: 0, length: 0, line: 1, column: 1 }, in: { file, frame: undefined } };
  });
  return cases.length > 0 ? { kind: 'list', items, in: site } : undefined;
}

/** What a function that is looped over hands to the function which it is given, as an argument. */
function givenTo(
  { file, fn, outer, self }: Value & { kind: 'function' },
  index: number,
  choice: string,
  evaluator: Evaluator,
): Value {
  evaluator.world.touch(file.codeOf(fn));
  const [param] = file.outline.functions[fn]?.params ?? [];
  const calls = (file.callsByName.get(param?.name ?? '') ?? []).filter((call) => file.call(call).fn === fn);
  const call = calls[evaluator.world.pick(choice, calls.length)];
  const arg = call === undefined ? undefined : file.call(call).args[index];
  const frame: Frame = { file, fn, outer, ...(self && { self }) };
  return arg ? evaluator.evaluate(arg.value, { file, frame }) : unknownValue;
}

/** What stands in a list or map under a key. */
export function indexed(of: Value, at: Value, evaluator: Evaluator): Value {
  const key = wholeText(at);
  if (key === undefined) return partOf(of);
  if (of.kind === 'record') return evaluator.member(of, key);
  // An object that is taken apart has its parts in the order in which it is made of them.
  const name = of.kind === 'instance' ? paramOf(of, Number(key), evaluator) : undefined;
  if (name !== undefined) return evaluator.member(of, name);
  const item = of.kind === 'list' ? of.items[Number(key)] : undefined;
  return of.kind === 'list' && item ? valueIn(of, item, evaluator) : partOf(of);
}

function paramOf(
  { file, cls }: Value & { kind: 'instance' },
  index: number,
  { world }: Evaluator,
): string | undefined {
  world.touch(file);
  const { classes, functions } = file.outline;
  return functions[classes[cls]?.methods.new ?? -1]?.params[index]?.name;
}

/** An item of something unknown: unknown as well, for the same reason. */
function partOf(of: Value): Value {
  const follow = followOf(of);
  return follow === undefined ? unknownValue : { kind: 'unknown', follow };
}

/** One of several values, which is named where it stands among them. */
function itemOf(item: Item, context: Context, evaluator: Evaluator, of: List | Map): Value {
  const value = through(evaluator.evaluate(item.value, context), item, evaluator);
  const { kind } = value;
  if (kind !== 'text' && kind !== 'instance' && kind !== 'list' && kind !== 'record') return value;
  const isGrown = isOpenEnded(of, evaluator);
  const isSeed = isGrown || isData(of);
  if (value.kind === 'text') {
    const own = { value: item.value, at: item.at, in: context };
    // What a function makes of an item can be named by a part of it.
    const from = item.through ? (value.from ?? own) : own;
    return { ...value, from, ...(isSeed && { isSeed }), ...(isGrown && { isGrown }) };
  }
  if (value.kind === 'instance') return isSeed ? { ...value, isData: true } : value;
  return { ...value, isItem: true, ...(isSeed && { isData: true }), ...(isGrown && { isGrown }) };
}

/** Whether a list of names, or a map by names, gets others later that are not known: what it starts with are data then. */
function isOpenEnded(of: List | Map, evaluator: Evaluator): boolean {
  if (of.isGrown === true) return true;
  const items: readonly (Item & Partial<MapEntry>)[] = of.kind === 'list' ? of.items : of.entries;
  return items.some((item) => {
    const isAdded = (item.in ?? item.addedBy) !== undefined;
    const pair = item.value.kind === 'list' ? item.value.items[0]?.value : undefined;
    const named = isAdded ? (item.key ?? pair ?? item.value) : '';
    return typeof named === 'object' && isOpenText(named, contextOf(item, of.in, evaluator), evaluator);
  });
}

function isOpenText(expr: Expr, context: Context, evaluator: Evaluator): boolean {
  if (expr.kind === 'text' || expr.kind === 'function' || expr.kind === 'record') return false;
  const value = evaluator.evaluate(expr, context);
  // Names that callers give are told apart.
  if (value.kind === 'text') return value.pieces.some((piece) => typeof piece === 'object' && !piece.follow);
  return value.kind === 'unknown' || value.kind === 'method' || value.kind === 'external'
    ? followOf(value) === undefined
    : false;
}
