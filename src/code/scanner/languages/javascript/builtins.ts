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
import { indexed, someValue } from '../../evaluate/items';
import { type TextMethods, changedText, join, listOf, made, positional, setBy } from '../texts';
import type { Builtins } from '../builtins';

const textMethods: TextMethods = {
  same: ['toString', 'valueOf', 'trim'],
  lower: ['toLowerCase'],
  upper: ['toUpperCase'],
};

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
        : changedText(of, name, textMethods);
    if (of.kind !== 'list') return undefined;
    if (name === 'join') {
      return join(of, evaluator.argument(site, 0) ?? textValue(','), evaluator);
    }
    if (of.isMap && (name === 'keys' || name === 'values')) return sidesOf(of, name === 'keys' ? 0 : 1);
    return ['filter', 'slice', 'sort', 'entries'].includes(name) || (!of.isMap && name === 'values')
      ? of
      : undefined;
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
    case '#Array.from':
      return evaluator.argument(site, 0);
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
  const objects = positional(site, evaluator)
    .filter((each) => each.kind === 'record')
    .reverse();
  const [first] = objects;
  const entries = objects.flatMap((each) => each.entries.map((entry) => ({ in: each.in, ...entry })));
  return first && { ...first, entries };
}

/** The keys or values of a map, which is a list of pairs. */
function sidesOf(map: Value & { kind: 'list' }, side: 0 | 1): Value {
  const items = map.items.flatMap((item) => {
    const part = item.value.kind === 'list' ? item.value.items[side] : undefined;
    return part ? [{ ...item, ...part }] : [];
  });
  return { kind: 'list', items, in: map.in };
}

function partsOf(what: 'keys' | 'values' | 'pairs', site: Site, evaluator: Evaluator): Value | undefined {
  const record = evaluator.argument(site, 0);
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
