import { casesOf, someValue } from '../../evaluate/collections/items';
import { joined, mapped } from '../../evaluate/collections/mapped';
import { type Value, textValue, unknownValue, wholeText } from '../../evaluate/value';
import { loopAt, withSettled } from '../callbacks';
import { filtered, splitText } from '../lists';
import type { Builtins } from '../builtins';
import { join, listOf, mapText, percentFormat, positional, setBy } from '../texts';

const settled = withSettled(['then']);

/** What PHP's own functions do with texts and arrays. */
export const phpBuiltins: Builtins = {
  name: 'php',
  result(callee, site, evaluator) {
    if (callee.kind === 'method' && callee.of.kind === 'class' && callee.name === 'cases')
      return casesOf(callee.of, site, evaluator);
    if (callee.kind !== 'external') return undefined;
    const args = (): Value[] => positional(site, evaluator);
    switch (callee.origin) {
      case '#sprintf': {
        const [pattern, ...values] = args();
        return percentFormat(pattern, values);
      }
      case '#implode':
      case '#join': {
        const [first, second] = args();
        // The separator may come first or be left out.
        return first?.kind === 'list'
          ? join(first, second ?? textValue(''), evaluator)
          : join(second, first ?? unknownValue, evaluator);
      }
      case '#json_encode':
        return { kind: 'made', what: 'encoded', site };
      case '#strtolower':
      case '#mb_strtolower':
        return mapText(args()[0] ?? unknownValue, (text) => text.toLowerCase());
      case '#strtoupper':
        return mapText(args()[0] ?? unknownValue, (text) => text.toUpperCase());
      case '#trim':
      case '#strval':
        return args()[0];
      case '#array_keys':
      case '#array_values': {
        const [record] = args();
        const what = callee.origin === '#array_keys' ? 'keys' : 'values';
        return record?.kind === 'record' ? listOf(record, what) : record;
      }
      case '#array_map': {
        const [fn, list] = args();
        return list?.kind === 'list' ? mapped(list, fn) : undefined;
      }
      case '#array_filter':
      case '#iterator_to_array':
      case '#array_unique':
      case '#array_reverse': {
        const [list] = args();
        return list?.kind === 'list' && callee.origin === '#array_filter'
          ? filtered(list, args()[1], evaluator)
          : list;
      }
      case '#array_merge':
        return args().some(({ kind }) => kind === 'record') ? undefined : joined(args());
      case '#explode': {
        const [separator, text] = args().map(wholeText);
        if (separator === undefined || separator === '' || text === undefined) return undefined;
        return splitText(text, separator, site);
      }
      case '#env':
      case '#config':
        // The default is the name that the code itself knows.
        return args()[1] ?? setBy(callee.origin === '#env' ? 'env' : 'config', args()[0]);
      case '#getenv':
        return setBy('env', args()[0]);
      case '#constant':
        return unknownValue;
      default:
        return undefined;
    }
  },
  callback(callee, site, arg, param, evaluator) {
    if (callee.kind !== 'external') return settled(callee, site, arg, param, evaluator);
    const isMap = callee.origin === '#array_map' && arg === 0;
    const isOther = /^#array_(walk|filter)$/.test(callee.origin) && arg === 1;
    const list = (isMap || isOther) && param === 0 ? evaluator.argument(site, 1 - arg) : undefined;
    return list?.kind === 'list' ? someValue(list, loopAt(site), evaluator) : undefined;
  },
};
