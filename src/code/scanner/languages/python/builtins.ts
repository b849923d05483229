import type { Evaluator } from '../../evaluate/evaluator';
import {
  type Site,
  type Value,
  absentValue,
  concat,
  textValue,
  unknownValue,
  wholeText,
} from '../../evaluate/value';
import { someValue } from '../../evaluate/collections/items';
import { flattened, joined, mapped, partOfItem } from '../../evaluate/collections/mapped';
import { isWrittenHere } from '../../evaluate/collections/seeds';
import type { Builtins } from '../builtins';
import { loopAt } from '../callbacks';
import { type List, filtered, flatMapped, listResult, splitText } from '../lists';
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
    if (of.kind === 'list') return listPart(of, name, evaluator);
    if (of.kind !== 'record') return undefined;
    if (name === 'copy') return of;
    if (name === 'items') return listOf(of, 'pairs');
    if (name === 'keys' || name === 'values') return listOf(of, name);
    if (name !== 'get') return undefined;
    const key = wholeText(evaluator.argument(site, 0) ?? unknownValue);
    return key === undefined ? undefined : evaluator.member(of, key);
  },
  callback(callee, site, arg, param, evaluator) {
    if (callee.kind !== 'external' || param !== 0) return undefined;
    const isOwn = /^#\((flat |dict )?map\)$/.test(callee.origin) && arg === 1;
    const isOther = /^#(map|filter)$/.test(callee.origin) && arg === 0;
    const list = isOwn || isOther ? listIn(evaluator.argument(site, 1 - arg)) : undefined;
    const over = site.file.call(site.call).args[1 - arg];
    return list && someValue(list, loopAt(site), evaluator, over && isWrittenHere(over.value, site.file));
  },
};

function globalResult(origin: string, site: Site, evaluator: Evaluator): Value | undefined {
  switch (origin) {
    case '#(%)': {
      const [pattern, ...values] = positional(site, evaluator);
      return percentFormat(pattern, values);
    }
    case '#(map)':
    case '#(flat map)': {
      const list = listIn(evaluator.argument(site, 0));
      const fn = evaluator.argument(site, 1);
      if (!list) return undefined;
      return origin === '#(map)' ? mapped(list, fn) : flatMapped(list, fn, evaluator);
    }
    case '#(dict map)': {
      const list = listIn(evaluator.argument(site, 0));
      const made = list && mapped(list, evaluator.argument(site, 1));
      return made?.kind === 'list' ? { ...made, isMap: true } : undefined;
    }
    case '#map': {
      const list = listIn(evaluator.argument(site, 1));
      return list && mapped(list, evaluator.argument(site, 0));
    }
    case '#filter': {
      const list = listIn(evaluator.argument(site, 1));
      return list && filtered(list, evaluator.argument(site, 0), evaluator);
    }
    case '#enumerate': {
      const list = listIn(evaluator.argument(site, 0));
      return list && listResult(list, 'enumerate', site, evaluator, { number: ['enumerate'] });
    }
    case 'itertools#chain':
      return joined(positional(site, evaluator).map(listIn));
    case 'itertools#chain.from_iterable': {
      const list = listIn(evaluator.argument(site, 0));
      return list && flattened(list, evaluator);
    }
    case 'dataclasses#field':
    case 'attrs#field':
    case 'attr#ib':
    case 'pydantic#Field':
      return fieldValue(site, evaluator);
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

/** `field(default_factory=list)`, `field(default='books')` */
function fieldValue(site: Site, evaluator: Evaluator): Value {
  const make = named(site, 'default_factory', evaluator) ?? named(site, 'factory', evaluator);
  if (make?.kind === 'function') return evaluator.apply(make, []);
  if (make?.kind === 'external' && /^#(list|set|dict)$/.test(make.origin))
    return made(make.origin === '#dict' ? 'record' : 'list', site);
  return named(site, 'default', evaluator) ?? absentValue;
}

/** What a loop over a value goes over: of a dictionary the keys. */
function listIn(value: Value | undefined): List | undefined {
  const list = value?.kind === 'record' ? listOf(value, 'keys') : value;
  return list?.kind === 'list' ? list : undefined;
}

/** What a method of a list gives, or of a dictionary that is a list of pairs. */
function listPart(of: List, name: string, evaluator: Evaluator): Value | undefined {
  if (name === 'copy' || (of.isMap && name === 'items')) return of;
  if (!of.isMap || (name !== 'keys' && name !== 'values')) return undefined;
  const side = name === 'keys' ? 0 : 1;
  const items = of.items.flatMap((item) => partOfItem(item, side, of.in, evaluator) ?? []);
  return { kind: 'list', items, in: of.in };
}

const textMethods: TextMethods = {
  same: ['encode', 'decode', 'strip'],
  lower: ['lower'],
  upper: ['upper'],
};

function textResult(of: Value, name: string, site: Site, evaluator: Evaluator): Value | undefined {
  if (name === 'format') return format(of, site, evaluator);
  if (name === 'split') {
    const [text, separator] = [of, evaluator.argument(site, 0) ?? textValue(' ')].map(wholeText);
    return text === undefined || separator === undefined || separator === ''
      ? undefined
      : splitText(text, separator, site);
  }
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
