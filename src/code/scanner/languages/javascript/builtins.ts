import { applied } from '../../evaluate/calls';
import type { Evaluator } from '../../evaluate/evaluator';
import {
  type Site,
  type Value,
  concat,
  piecesOf,
  textValue,
  unknownValue,
  wholeText,
} from '../../evaluate/value';
import { loopAt, withItems, withSettled } from '../callbacks';
import { indexed, someValue } from '../../evaluate/collections/items';
import { mapped, partOfItem } from '../../evaluate/collections/mapped';
import { type List, type ListMethods, filtered, listResult, splitText } from '../lists';
import { type TextMethods, changedText, join, listOf, made, positional, setBy } from '../texts';
import type { Builtins } from '../builtins';

const textMethods: TextMethods = {
  same: ['toString', 'valueOf', 'trim'],
  lower: ['toLowerCase'],
  upper: ['toUpperCase'],
};

const listMethods: ListMethods = {
  same: ['slice', 'sort', 'toSorted', 'reverse', 'toReversed', 'values'],
  map: ['map'],
  flatMap: ['flatMap'],
  flat: ['flat'],
  concat: ['concat'],
  number: ['entries'],
};

/** `'books authors'.split(' ')` */
function split(of: Value, name: string, site: Site, evaluator: Evaluator): Value | undefined {
  const [text, separator] = [of, evaluator.argument(site, 0) ?? unknownValue].map(wholeText);
  return name === 'split' && text !== undefined && separator !== undefined
    ? splitText(text, separator, site)
    : undefined;
}

const settled = withSettled(['then']);
const items = withItems(['forEach', 'map', 'filter', 'flatMap', 'some', 'every']);

/** What JavaScript and its standard library do with texts and lists. */
export const javaScriptBuiltins: Builtins = {
  name: 'javascript',
  result(callee, site, evaluator) {
    if (callee.kind === 'external') return globalResult(callee.origin, site, evaluator);
    if (callee.kind === 'function') return tagResult(callee, site, evaluator);
    if (callee.kind !== 'method') return undefined;
    const { of, name } = callee;
    const isConfig = of.kind === 'external' && /config/i.test(of.origin) && /^get(OrThrow)?$/.test(name);
    if (isConfig) return evaluator.argument(site, 1) ?? setBy('config', evaluator.argument(site, 0));
    // `codec.encode(payload)` and the like: the payload itself can be asked for.
    if (name === 'encode' || name === 'from') return { kind: 'made', what: 'encoded', site };
    if (of.kind === 'text')
      return name === 'concat'
        ? concat([of, ...positional(site, evaluator)])
        : (split(of, name, site, evaluator) ?? changedText(of, name, textMethods));
    if (of.kind !== 'list') return undefined;
    if (name === 'join') {
      return join(of, evaluator.argument(site, 0) ?? textValue(','), evaluator);
    }
    if (of.isMap && (name === 'keys' || name === 'values'))
      return sidesOf(of, name === 'keys' ? 0 : 1, evaluator);
    if (of.isMap && name === 'entries') return of;
    return name === 'filter'
      ? filtered(of, evaluator.argument(site, 0), evaluator)
      : listResult(of, name, site, evaluator, listMethods);
  },
  callback(callee, site, arg, param, evaluator) {
    const map = callee.kind === 'method' && callee.name === 'forEach' ? callee.of : undefined;
    if (map?.kind !== 'list' || !map.isMap || arg !== 0 || param > 1)
      return items(callee, site, arg, param, evaluator) ?? settled(callee, site, arg, param, evaluator);
    const pair = someValue(map, loopAt(site), evaluator);
    return indexed(pair, textValue(param === 0 ? '1' : '0'), evaluator);
  },
};

/**
 * The result of a tag, or of the function that a tag returned. Where the code of the tag does not give it, it is the
 * text of the template: tags of a workspace usually join its pieces.
 */
function tagResult(
  callee: Value & { kind: 'function' },
  site: Site,
  evaluator: Evaluator,
): Value | undefined {
  const tag = site.file.call(site.call).isTag ? site : callee.outer?.site;
  if (!tag?.file.call(tag.call).isTag) return undefined;
  evaluator.world.touch(callee.file);
  const value = applied(callee, site, evaluator);
  const isClear = piecesOf(value).some((piece) => typeof piece === 'string' && piece !== '');
  return isClear || value.kind === 'function' ? value : evaluator.argument(tag, 0);
}

function globalResult(origin: string, site: Site, evaluator: Evaluator): Value | undefined {
  switch (origin) {
    case 'config#default.get':
    case 'config#get':
      return setBy('config', evaluator.argument(site, 0));
    case '#Deno.env.get':
      return setBy('env', evaluator.argument(site, 0));
    case '#require':
    case 'module#createRequire()':
    case 'node:module#createRequire()': {
      const from = wholeText(evaluator.argument(site, 0) ?? unknownValue);
      return from === undefined ? undefined : required(from, site, evaluator);
    }
    case '#Map':
    case '#Set': {
      const given = evaluator.argument(site, 0);
      const list = given?.kind === 'list' ? given : made('list', site);
      return origin === '#Map' && list.kind === 'list' ? { ...list, isMap: true } : list;
    }
    case '#Array.from': {
      const given = evaluator.argument(site, 0);
      const fn = evaluator.argument(site, 1);
      return fn && given?.kind === 'list' ? mapped(given, fn) : given;
    }
    case '#JSON.stringify':
      return { kind: 'made', what: 'encoded', site };
    case '#String':
      return evaluator.argument(site, 0);
    case '#Object.freeze':
      return evaluator.argument(site, 0);
    case '#Object.assign':
      return wholeOf(site, evaluator);
    case '#Object.fromEntries': {
      const given = evaluator.argument(site, 0);
      return given?.kind === 'list' ? { ...given, isMap: true } : given;
    }
    case '#Object.entries':
      return partsOf('pairs', site, evaluator);
    case '#Object.keys':
      return partsOf('keys', site, evaluator);
    case '#Object.values':
      return partsOf('values', site, evaluator);
    default:
      return undefined;
  }
}

/** All entries of the objects that are put into one; those of the last count first. */
function wholeOf(site: Site, evaluator: Evaluator): Value | undefined {
  const all = positional(site, evaluator);
  const objects = all.filter((each) => each.kind === 'record').reverse();
  const [first] = objects;
  const entries = objects.flatMap((each) => each.entries.map((entry) => ({ in: each.in, ...entry })));
  const isGrown = objects.length < all.length;
  return first && { ...first, entries, ...(isGrown && { isGrown }) };
}

/** The keys or values of a map, which is a list of pairs. */
function sidesOf(map: List, side: 0 | 1, evaluator: Evaluator): Value {
  const items = map.items.flatMap((item) => partOfItem(item, side, map.in, evaluator) ?? []);
  return { kind: 'list', items, in: map.in };
}

function partsOf(what: 'keys' | 'values' | 'pairs', site: Site, evaluator: Evaluator): Value | undefined {
  const record = evaluator.argument(site, 0);
  if (record?.kind === 'list' && record.isMap)
    return what === 'pairs' ? record : sidesOf(record, what === 'keys' ? 0 : 1, evaluator);
  return record?.kind === 'record' ? listOf(record, what) : undefined;
}

function required(from: string, site: Site, evaluator: Evaluator): Value {
  const files = evaluator.project.resolve(from, site.file, evaluator.world);
  if (!files) return { kind: 'external', origin: from };
  const [file] = files;
  const whole = file?.outline.exports['='];
  if (!file || !whole) return { kind: 'module', files };
  evaluator.world.touch(file);
  return evaluator.evaluate(whole, { file, frame: undefined });
}
