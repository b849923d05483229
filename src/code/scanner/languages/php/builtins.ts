import { type Value, textValue, unknownValue } from '../../evaluate/value';
import { withSettled } from '../callbacks';
import type { Builtins } from '../builtins';
import { join, listOf, mapText, percentFormat, positional, setBy } from '../texts';

/** What PHP's own functions do with texts and arrays. */
export const phpBuiltins: Builtins = {
  name: 'php',
  result(callee, site, evaluator) {
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
  callback: withSettled(['then']),
};
