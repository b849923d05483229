import { textValue } from '../../evaluate/value';
import { withItems } from '../callbacks';
import type { Builtins } from '../builtins';
import { join, mapText } from '../texts';

/** What turns a value into text or bytes. */
const encoders = /#(.*\.)?(jsonEncode|(json|utf8|JSON|UTF8)\.encode|Uint8List\.fromList)$/;

/** What Dart and its core library do with texts, lists and maps. */
export const dartBuiltins: Builtins = {
  name: 'dart',
  result(callee, site, evaluator) {
    if (callee.k === 'external' && encoders.test(callee.origin)) return { k: 'made', what: 'encoded', site };
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
    return undefined;
  },
  callback: withItems(['forEach', 'map', 'expand', 'any', 'every']),
};
