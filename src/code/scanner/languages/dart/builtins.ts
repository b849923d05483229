import { textValue } from '../../evaluate/value';
import { someKey, someValue } from '../../evaluate/items';
import { loopAt, withItems } from '../callbacks';
import type { Builtins } from '../builtins';
import { join, listOf, mapText, setBy } from '../texts';

/** What turns a value into text or bytes. */
const encoders = /#(.*\.)?(jsonEncode|(json|utf8|JSON|UTF8)\.encode|Uint8List\.fromList)$/;

const items = withItems(['forEach', 'map', 'expand', 'any', 'every']);

/** What Dart and its core library do with texts, lists and maps. */
export const dartBuiltins: Builtins = {
  name: 'dart',
  result(callee, site, evaluator) {
    if (callee.k === 'external' && encoders.test(callee.origin)) return { k: 'made', what: 'encoded', site };
    if (callee.k === 'external' && callee.origin === '#String.fromEnvironment')
      return setBy('env', evaluator.argument(site, 0));
    if (callee.k !== 'method') return undefined;
    const { of, name } = callee;
    if (of.k === 'text') {
      if (name === 'toString' || name === 'trim') return of;
      if (name === 'toLowerCase') return mapText(of, (text) => text.toLowerCase());
      return name === 'toUpperCase' ? mapText(of, (text) => text.toUpperCase()) : undefined;
    }
    if (of.k === 'list') {
      if (name === 'join') return join(of, evaluator.argument(site, 0) ?? textValue(''), evaluator);
      return name === 'toList' || name === 'where' ? of : undefined;
    }
    if (of.k !== 'record') return undefined;
    if (name === 'entries') return of;
    return name === 'keys' || name === 'values' ? listOf(of, name) : undefined;
  },
  callback(callee, site, arg, param, evaluator) {
    if (callee.k !== 'method' || callee.of.k !== 'record') return items(callee, site, arg, param, evaluator);
    if (callee.name !== 'forEach' || arg !== 0 || callee.of.entries.length === 0) return undefined;
    return (param > 0 ? someValue : someKey)(callee.of, loopAt(site), evaluator);
  },
};
