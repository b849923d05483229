import type { Evaluator } from '../../evaluate/evaluator';
import { type Site, type Value, concat, textValue, unknownValue, wholeText } from '../../evaluate/value';
import type { Builtins } from '../builtins';
import {
  type TextMethods,
  bracePieces,
  changedText,
  join,
  listOf,
  made,
  madeFrom,
  named,
  percentFormat,
  positional,
  setBy,
} from '../texts';

/** What Python and its standard library do with texts, lists and dictionaries. */
export const pythonBuiltins: Builtins = {
  name: 'python',
  result(callee, site, evaluator) {
    if (callee.kind === 'external') return globalResult(callee.origin, site, evaluator);
    if (callee.kind !== 'method') return undefined;
    const { of, name } = callee;
    if (of.kind === 'text') return textResult(of, name, site, evaluator);
    if (of.kind === 'made' && of.what === 'encoded' && name === 'encode') return of;
    if (name === 'copy' && of.kind === 'list') return of;
    if (of.kind !== 'record') return undefined;
    if (name === 'copy') return of;
    if (name === 'items') return listOf(of, 'pairs');
    if (name === 'keys' || name === 'values') return listOf(of, name);
    if (name !== 'get') return undefined;
    const key = wholeText(evaluator.argument(site, 0) ?? unknownValue);
    return key === undefined ? undefined : evaluator.member(of, key);
  },
};

function globalResult(origin: string, site: Site, evaluator: Evaluator): Value | undefined {
  switch (origin) {
    case '#(%)': {
      const [pattern, ...values] = positional(site, evaluator);
      return percentFormat(pattern, values);
    }
    case '#str':
    case '#tuple':
    case '#sorted':
    case '#bytes':
      return evaluator.argument(site, 0);
    case '#list':
    case '#set':
    case '#frozenset':
    case 'collections#deque':
      return madeFrom('list', site, evaluator);
    case '#dict': {
      const given = madeFrom('record', site, evaluator);
      return given.kind === 'list' ? { ...given, isMap: true } : given;
    }
    case 'collections#OrderedDict':
    case 'collections#defaultdict':
      return made('record', site);
    case 'json#dumps':
    case 'orjson#dumps':
    case 'ujson#dumps':
      return { kind: 'made', what: 'encoded', site };
    case 'os#getenv':
    case 'os#environ.get':
    case 'os#environ.setdefault':
      // The default is the name that the code itself knows.
      return evaluator.argument(site, 1) ?? setBy('env', evaluator.argument(site, 0));
    default:
      return undefined;
  }
}

const textMethods: TextMethods = {
  same: ['encode', 'decode', 'strip'],
  lower: ['lower'],
  upper: ['upper'],
};

function textResult(of: Value, name: string, site: Site, evaluator: Evaluator): Value | undefined {
  if (name === 'format') return format(of, site, evaluator);
  if (name === 'join') return join(evaluator.argument(site, 0), of, evaluator);
  return changedText(of, name, textMethods);
}

function format(of: Value, site: Site, evaluator: Evaluator): Value {
  const template = wholeText(of);
  if (template === undefined) return unknownValue;
  const values = positional(site, evaluator);
  return concat(
    bracePieces(template).map((piece) => {
      if ('text' in piece) return textValue(piece.text);
      if (piece.spec !== '' && piece.spec !== '!s' && piece.spec !== ':s') return unknownValue;
      const value = /^\d+$/.test(piece.name)
        ? values[Number(piece.name)]
        : named(site, piece.name, evaluator);
      return value ?? unknownValue;
    }),
  );
}
