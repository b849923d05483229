import { type Site, type Value, concat, textValue, unknownValue, wholeText } from '../../evaluate/value';
import type { Evaluator } from '../../evaluate/evaluator';
import type { Builtins } from '../builtins';
import { withItems } from '../callbacks';
import { type ListMethods, listResult } from '../lists';
import {
  type TextMethods,
  bracePieces,
  changedText,
  join,
  madeFrom,
  mapText,
  positional,
  setBy,
} from '../texts';

/** What C# and its standard library do with texts and lists. */
export const csharpBuiltins: Builtins = {
  name: 'csharp',
  result(callee, site, evaluator) {
    const args = (): Value[] => positional(site, evaluator);
    if (callee.kind === 'external') {
      switch (callee.origin.replace(/^#(System\.)?/, '').toLowerCase()) {
        case 'string.format':
          return format(args());
        case 'environment.getenvironmentvariable':
          return setBy('env', args()[0]);
        case 'string.concat':
          return concat(args());
        case 'string.join': {
          const [separator, ...items] = args();
          if (!separator) return undefined;
          if (items.length === 1) return join(items[0], separator, evaluator);
          return concat(items.flatMap((item, index) => (index === 0 ? [item] : [separator, item])));
        }
        case 'jsonconvert.serializeobject':
        case 'jsonserializer.serialize':
        case 'jsonserializer.serializetoutf8bytes':
        case 'encoding.utf8.getbytes':
          return { kind: 'made', what: 'encoded', site };
        default:
          return site.file.call(site.call).isNew ? madeCollection(callee.origin, site, evaluator) : undefined;
      }
    }
    if (callee.kind !== 'method') return undefined;
    if (callee.name === 'GetValue') return args()[1] ?? setBy('config', args()[0]);
    if (callee.name === 'GetBytes') return { kind: 'made', what: 'encoded', site };
    return callee.of.kind === 'text'
      ? textResult(callee.of, callee.name, site, evaluator)
      : callee.of.kind === 'list'
        ? listResult(callee.of, callee.name, site, evaluator, listMethods)
        : undefined;
  },
  callback: withItems(['ForEach', 'Select', 'SelectMany', 'Where', 'All', 'Any']),
};

/** `new List<T>()`, `new Dictionary<K, V>(others)` */
function madeCollection(origin: string, site: Site, evaluator: Evaluator): Value | undefined {
  const name = origin.slice(Math.max(origin.lastIndexOf('#'), origin.lastIndexOf('.')) + 1);
  if (/^(List|HashSet|SortedSet|Queue|Stack|ConcurrentBag|ConcurrentQueue|Collection)$/.test(name))
    return madeFrom('list', site, evaluator);
  return /^(Sorted|Concurrent)?Dictionary$/.test(name) ? madeFrom('record', site, evaluator) : undefined;
}

const listMethods: ListMethods = {
  same: [
    ...[
      'ToArray',
      'ToList',
      'ToHashSet',
      'ToImmutableArray',
      'ToImmutableList',
      'AsReadOnly',
      'AsEnumerable',
    ],
    ...['Distinct', 'Where', 'Order', 'OrderBy', 'OrderByDescending', 'Reverse', 'Cast', 'OfType', 'AsSpan'],
  ],
  map: ['Select', 'ConvertAll'],
  flatMap: ['SelectMany'],
  concat: ['Concat', 'Union'],
  append: ['Append'],
};

const textMethods: TextMethods = {
  same: ['ToString', 'Trim'],
  lower: ['ToLower', 'ToLowerInvariant'],
  upper: ['ToUpper', 'ToUpperInvariant'],
};

function textResult(of: Value, name: string, site: Site, evaluator: Evaluator): Value | undefined {
  if (name !== 'Replace') return changedText(of, name, textMethods);
  const [from, to] = positional(site, evaluator).map(wholeText);
  if (from === undefined || from === '' || to === undefined) return unknownValue;
  return mapText(of, (text) => text.replaceAll(from, to));
}

/** `{0}` shows a value as it is; with a format or an alignment it shows something else. */
function format([template, ...values]: readonly Value[]): Value {
  const text = template && wholeText(template);
  if (text === undefined) return unknownValue;
  return concat(
    bracePieces(text).map((piece) => {
      if ('text' in piece) return textValue(piece.text);
      return piece.spec === '' ? (values[Number(piece.name)] ?? unknownValue) : unknownValue;
    }),
  );
}
