import { joined } from '../../evaluate/collections/mapped';
import type { Evaluator } from '../../evaluate/evaluator';
import { casesOf, someKey, someValue } from '../../evaluate/collections/items';
import type { Entry } from '../../outline/outline';
import { type Site, type Value, concat, textValue, unknownValue, wholeText } from '../../evaluate/value';
import { loopAt, withItems, withSettled } from '../callbacks';
import { type ListMethods, listResult } from '../lists';
import type { Builtins } from '../builtins';
import { builderResult } from './builders';
import {
  type TextMethods,
  bracePieces,
  changedText,
  join,
  listOf,
  madeFrom,
  percentFormat,
  positional,
  setBy,
} from '../texts';

const listMethods: ListMethods = {
  same: [
    ...[
      'stream',
      'parallelStream',
      'toList',
      'toArray',
      'collect',
      'filter',
      'distinct',
      'sorted',
      'reversed',
    ],
    ...['peek', 'iterator', 'boxed'],
  ],
  map: ['map', 'mapToObj'],
  flatMap: ['flatMap'],
};

const items = withItems(['forEach', 'map', 'flatMap', 'filter', 'peek', 'anyMatch', 'allMatch', 'mapToObj']);
const settled = withSettled(['thenAccept', 'thenApply', 'thenCompose', 'ifPresent']);

/** What Java and its standard library do with texts, lists and maps. */
export const javaBuiltins: Builtins = {
  name: 'java',
  result(callee, site, evaluator) {
    if (callee.kind === 'external') return staticResult(callee.origin, site, evaluator);
    if (callee.kind !== 'method') return undefined;
    const { of, name } = callee;
    if (of.kind === 'class') return name === 'values' ? casesOf(of, site, evaluator) : undefined;
    if (name === 'getBytes') return of;
    if (name === 'toJson' || name.startsWith('writeValueAs')) return { kind: 'made', what: 'encoded', site };
    if (of.kind === 'text') return textResult(of, name, site, evaluator);
    if (of.kind === 'made' && of.what === 'builder') return builderResult(of, name, site, evaluator);
    if (of.kind === 'record') return mapResult(of, name);
    return of.kind === 'list' ? listResult(of, name, site, evaluator, listMethods) : undefined;
  },
  callback(callee, site, arg, param, evaluator) {
    if (callee.kind !== 'method' || callee.name !== 'forEach' || callee.of.kind !== 'record' || arg !== 0)
      return items(callee, site, arg, param, evaluator) ?? settled(callee, site, arg, param, evaluator);
    const { of } = callee;
    if (of.entries.length === 0) return undefined;
    return (param > 0 ? someValue : someKey)(of, loopAt(site), evaluator);
  },
};

function staticResult(origin: string, site: Site, evaluator: Evaluator): Value | undefined {
  const args = (): Value[] => positional(site, evaluator);
  const { args: given, isNew } = site.file.call(site.call);
  switch (origin.slice(origin.lastIndexOf('#') + 1)) {
    case 'String.format':
      return percentFormat(args()[0], args().slice(1));
    case 'MessageFormat.format':
      return braceFormat(args());
    case 'System.getenv':
      return setBy('env', args()[0]);
    case 'System.getProperty':
      return args()[1] ?? setBy('config', args()[0]);
    case 'String.valueOf':
      return args()[0];
    case 'String.join': {
      const [separator = unknownValue, ...items] = args();
      if (items.length === 1 && items[0]?.kind === 'list') return join(items[0], separator, evaluator);
      return concat(items.flatMap((item, index) => (index === 0 ? [item] : [separator, item])));
    }
    case 'StringBuilder':
    case 'StringBuffer':
      return isNew ? { kind: 'made', what: 'builder', site } : undefined;
    case 'List.of':
    case 'Set.of':
    case 'Arrays.asList':
    case 'Stream.of':
    case 'Arrays.stream':
    case 'EnumSet.of': {
      const [only] = given.length === 1 ? args() : [];
      return only?.kind === 'list' || (only?.kind === 'unknown' && only.follow !== undefined)
        ? only
        : { kind: 'list', items: given, in: site };
    }
    case 'Stream.concat':
      return joined(args());
    case 'Objects.requireNonNull':
    case 'Optional.of':
    case 'Optional.ofNullable':
    case 'Map.entry':
      return origin.endsWith('Map.entry') ? { kind: 'list', items: given, in: site } : args()[0];
    case 'Objects.requireNonNullElse':
      return args()[0]?.kind === 'unknown' ? args()[1] : args()[0];
    case 'List.copyOf':
    case 'Set.copyOf':
    case 'Map.copyOf':
    case 'Collections.unmodifiableList':
    case 'Collections.unmodifiableSet':
    case 'Collections.unmodifiableMap':
      return args()[0];
    case 'Map.of':
    case 'ImmutableMap.of':
    case 'Collections.singletonMap':
      return { kind: 'record', entries: pairs(site), in: site };
    case 'Map.ofEntries':
      return {
        kind: 'record',
        entries: given.flatMap(({ value }) =>
          value.kind === 'call' ? pairs({ ...site, call: value.call }) : [],
        ),
        in: site,
      };
    default:
      return isNew ? madeCollection(origin, site, evaluator) : undefined;
  }
}

/** `new ArrayList<>()`, `new HashMap<>(Map.of(…))` */
function madeCollection(origin: string, site: Site, evaluator: Evaluator): Value | undefined {
  const [, kind] = /\b(?:\w*?)(List|Set|Deque|Queue|Map|Hashtable)$/.exec(origin) ?? [];
  if (kind === undefined) return undefined;
  return madeFrom(kind === 'Map' || kind === 'Hashtable' ? 'record' : 'list', site, evaluator);
}

/** Arguments that are keys and values by turns. */
function pairs(site: Site): Entry[] {
  const { args } = site.file.call(site.call);
  return args.flatMap((key, index): Entry[] => {
    const value = index % 2 === 0 ? args[index + 1] : undefined;
    if (!value) return [];
    const name = key.value.kind === 'text' ? key.value.text : key.value;
    return [{ key: name, keyAt: key.at, value: value.value, at: value.at }];
  });
}

function mapResult(of: Value & { kind: 'record' }, name: string): Value | undefined {
  if (name === 'entrySet') return of;
  if (name === 'keySet') return listOf(of, 'keys');
  return name === 'values' ? listOf(of, 'values') : undefined;
}

const textMethods: TextMethods = {
  same: ['toString', 'trim', 'strip', 'intern'],
  lower: ['toLowerCase'],
  upper: ['toUpperCase'],
};

function textResult(of: Value, name: string, site: Site, evaluator: Evaluator): Value | undefined {
  if (name === 'formatted') return percentFormat(of, positional(site, evaluator));
  if (name === 'concat') return concat([of, ...positional(site, evaluator)]);
  return changedText(of, name, textMethods);
}

function braceFormat([template, ...values]: readonly Value[]): Value {
  const text = template && wholeText(template);
  if (text === undefined) return unknownValue;
  return concat(
    bracePieces(text).map((piece) =>
      'text' in piece ? textValue(piece.text) : (values[Number(piece.name)] ?? unknownValue),
    ),
  );
}
