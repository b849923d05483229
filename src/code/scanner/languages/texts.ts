import { valueAt } from '../evaluate/collections/mapped';
import type { Evaluator } from '../evaluate/evaluator';
import { isData } from '../evaluate/collections/seeds';
import type { Located } from '../outline/outline';
import {
  type Item,
  type Site,
  type Value,
  concat,
  followOf,
  piecesOf,
  textValue,
  unknownValue,
  wholeText,
} from '../evaluate/value';

/** All arguments of a call that are not passed by name. */
export function positional(site: Site, evaluator: Evaluator): Value[] {
  return site.file
    .call(site.call)
    .args.flatMap(({ name }, index) =>
      name === undefined ? [evaluator.argument(site, index) ?? unknownValue] : [],
    );
}

/** The argument that is passed by a name. */
export function named(site: Site, name: string, evaluator: Evaluator): Value | undefined {
  const index = site.file.call(site.call).args.findIndex((arg) => arg.name === name);
  return index < 0 ? undefined : evaluator.argument(site, index);
}

/** Where the argument stands that is passed by the name or, without one, at the place. */
export function indexOfArgument(site: Site, name: string, index: number): number {
  const byName = site.file.call(site.call).args.findIndex((arg) => arg.name === name);
  return byName < 0 ? index : byName;
}

/** The text with a change made to all of it that is known. */
export function mapText(value: Value, change: (text: string) => string): Value {
  return {
    kind: 'text',
    pieces: piecesOf(value).map((piece) => (typeof piece === 'string' ? change(piece) : piece)),
    ...(value.kind === 'text' && value.isSeed && { isSeed: true }),
  };
}

/** The methods of a language's texts, by what they give: the text itself, or one in other letters. */
export interface TextMethods {
  readonly same: readonly string[];
  readonly lower: readonly string[];
  readonly upper: readonly string[];
}

/** What the call of a method gives; undefined if it is none of these. */
export function changedText(of: Value, method: string, methods: TextMethods): Value | undefined {
  if (methods.same.includes(method)) return of;
  if (methods.lower.includes(method)) return mapText(of, (text) => text.toLowerCase());
  return methods.upper.includes(method) ? mapText(of, (text) => text.toUpperCase()) : undefined;
}

/** The items of a list with a separator in between. */
export function join(list: Value | undefined, separator: Value, evaluator: Evaluator): Value {
  if (list?.kind !== 'list') return unknownValue;
  return concat(
    list.items.flatMap((item, index) => {
      const value = valueAt(item, list.in, evaluator);
      return index === 0 ? [value] : [separator, value];
    }),
  );
}

/** The keys or values of a record, or pairs of both. */
export function listOf(record: Value & { kind: 'record' }, what: 'keys' | 'values' | 'pairs'): Value {
  const items = record.entries.map(({ key: name, keyAt, value: given, at, ...place }): Item => {
    const key: Located = { value: typeof name === 'string' ? { kind: 'text', text: name } : name, at: keyAt };
    const value: Located = { value: given, at };
    if (what === 'keys') return { ...place, ...key };
    return {
      ...place,
      ...(what === 'values' ? value : { value: { kind: 'list', items: [key, value] }, at: keyAt }),
    };
  });
  return { kind: 'list', items, in: record.in, ...(isData(record) && { isData: true }) };
}

/** `%s` (or what `shown` says) shows a text as it is; every other verb shows something that can't be known. */
export function percentFormat(pattern: Value | undefined, values: readonly Value[], shown = 's'): Value {
  const text = pattern && wholeText(pattern);
  if (text === undefined) return unknownValue;
  const items: Value[] = [];
  let next = 0;
  let end = 0;
  for (const verb of text.matchAll(/%(?:(\d+)\$|\((\w+)\))?([-+# 0]*[\d.*]*)([a-zA-Z%])/g)) {
    items.push(textValue(text.slice(end, verb.index)));
    end = verb.index + verb[0].length;
    const [, position, key, flags, letter] = verb;
    if (letter === '%') items.push(textValue('%'));
    else {
      const value = key !== undefined ? undefined : values[position ? Number(position) - 1 : next++];
      items.push(value && flags === '' && shown.includes(letter ?? ' ') ? value : unknownValue);
    }
  }
  items.push(textValue(text.slice(end)));
  return concat(items);
}

/** A piece of a template with braces: literal text, or what stands between the braces. */
type BracePiece = { readonly text: string } | { readonly name: string; readonly spec: string };

/** Takes a template apart, as `format` of Python and Rust does; `{{` is a brace. */
export function bracePieces(template: string): BracePiece[] {
  const pieces: BracePiece[] = [];
  let end = 0;
  let next = 0;
  for (const found of template.matchAll(/\{\{|\}\}|\{([^{}!:]*)((?:![a-z])?(?::[^{}]*)?)\}/g)) {
    pieces.push({ text: template.slice(end, found.index) });
    end = found.index + found[0].length;
    const [whole, name = '', spec = ''] = found;
    if (whole === '{{' || whole === '}}') pieces.push({ text: whole.slice(1) });
    else pieces.push({ name: name.trim() === '' ? String(next++) : name.trim(), spec });
  }
  pieces.push({ text: template.slice(end) });
  return pieces;
}

/** Whether nothing of a text is known, nor will be when callers are told apart. */
export function isFree(value: Value): boolean {
  const pieces = piecesOf(value);
  return (
    pieces.length > 0 && pieces.every((piece) => typeof piece !== 'string' && piece.follow === undefined)
  );
}

/** A collection that was just made. */
export function made(what: 'list' | 'record', site: Site): Value & { kind: 'list' | 'record' } {
  return what === 'list' ? { kind: 'list', items: [], in: site } : { kind: 'record', entries: [], in: site };
}

/** A collection that was just made, perhaps of another one; of what else it can be made nothing is known. */
export function madeFrom(what: 'list' | 'record', site: Site, evaluator: Evaluator): Value {
  const [arg] = site.file.call(site.call).args;
  const isGiven = arg && arg.name === undefined && arg.value.kind !== 'unknown';
  const given = isGiven ? evaluator.argument(site, 0) : undefined;
  if (given?.kind === 'list' || given?.kind === 'record') return given;
  if (given && followOf(given) !== undefined) return given;
  // What a call of others gives, and not something that is said by its name.
  const isOpen = given?.kind === 'unknown' || (given?.kind === 'external' && given.instance === true);
  return { ...made(what, site), ...(isOpen && { isGrown: true }) };
}

/** What is set outside of the code, under a name that the code gives. */
export function setBy(what: 'env' | 'config', name: Value | undefined): Value {
  const key = name && wholeText(name);
  if (key === undefined) return unknownValue;
  return { kind: 'unknown', by: what === 'env' ? { env: key } : { config: key } };
}
