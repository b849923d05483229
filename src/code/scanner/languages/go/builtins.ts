import { type Value, concat, piecesOf, textValue, unknownValue, wholeText } from '../../evaluate/value';
import type { Builtins } from '../builtins';

/** What Go and its standard library do with texts. */
export const goBuiltins: Builtins = {
  name: 'go',
  result(callee, site, evaluator) {
    // The call of a type is a conversion.
    if (callee.k === 'class') return textOnly(evaluator.argument(site, 0));
    const origin = callee.k === 'external' ? callee.origin : '';
    const args = (): Value[] =>
      site.file.call(site.call).args.map((_, index) => evaluator.argument(site, index) ?? unknownValue);
    switch (origin) {
      case '#string':
        return args()[0];
      case '#append': {
        const [list, ...more] = args();
        return list?.k === 'list' && more.length === 0 ? list : unknownValue;
      }
      case 'fmt#Sprintf':
        return format(args());
      case 'encoding/json#Marshal':
        return { k: 'made', what: 'encoded', site };
      case 'fmt#Sprint':
        return concat(args());
      case 'strings#Join':
        return join(args(), (item, list) => evaluator.evaluate(item.value, list.in));
      case 'strings#ToLower':
        return mapText(args()[0], (text) => text.toLowerCase());
      case 'strings#ToUpper':
        return mapText(args()[0], (text) => text.toUpperCase());
      case 'strings#TrimSpace':
        return mapText(args()[0], (text) => text.trim());
      default:
        return undefined;
    }
  },
};

function textOnly(value: Value | undefined): Value | undefined {
  return value?.k === 'text' ? value : undefined;
}

/** `%s` and `%v` show a text as it is; every other verb shows something that can't be known. */
function format([pattern, ...values]: readonly Value[]): Value {
  const text = pattern && wholeText(pattern);
  if (text === undefined) return unknownValue;
  let next = 0;
  const items: Value[] = [];
  let end = 0;
  for (const verb of text.matchAll(/%([-+# 0]*[\d.*]*)([a-zA-Z%])/g)) {
    items.push(textValue(text.slice(end, verb.index)));
    end = verb.index + verb[0].length;
    if (verb[2] === '%') items.push(textValue('%'));
    else {
      const value = values[next++] ?? unknownValue;
      items.push(verb[1] === '' && (verb[2] === 's' || verb[2] === 'v') ? value : unknownValue);
    }
  }
  items.push(textValue(text.slice(end)));
  return concat(items);
}

type ListValue = Value & { k: 'list' };

function join(
  [list, separator]: readonly Value[],
  item: (of: ListValue['items'][number], list: ListValue) => Value,
): Value {
  if (list?.k !== 'list' || !separator) return unknownValue;
  return concat(
    list.items.flatMap((each, index) => (index === 0 ? [item(each, list)] : [separator, item(each, list)])),
  );
}

function mapText(value: Value | undefined, map: (text: string) => string): Value {
  if (!value) return unknownValue;
  return {
    k: 'text',
    pieces: piecesOf(value).map((piece) => (typeof piece === 'string' ? map(piece) : piece)),
  };
}
