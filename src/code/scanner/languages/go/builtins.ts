import { type Value, concat, unknownValue } from '../../evaluate/value';
import { spreadOut } from '../../evaluate/collections/spread';
import type { Builtins } from '../builtins';
import { join, mapText, percentFormat, positional, setBy } from '../texts';

/** What Go and its standard library do with texts. */
export const goBuiltins: Builtins = {
  name: 'go',
  result(callee, site, evaluator) {
    // The call of a type is a conversion.
    if (callee.kind === 'class') return textOnly(evaluator.argument(site, 0));
    const origin = callee.kind === 'external' ? callee.origin : '';
    const args = (): Value[] => positional(site, evaluator);
    const first = (): Value => evaluator.argument(site, 0) ?? unknownValue;
    switch (origin) {
      case '#string':
        return args()[0];
      case 'os#Getenv':
      case 'os#LookupEnv':
        return setBy('env', first());
      case 'github.com/spf13/viper#GetString':
        return setBy('config', first());
      case '#make':
      case '#new':
        return unknownValue;
      case '#append': {
        const [list] = args();
        const more = site.file.call(site.call).args.slice(1);
        if (list?.kind !== 'list') return unknownValue;
        const items = spreadOut(more, site, evaluator).map((item) => ({ in: site, ...item }));
        return { ...list, items: [...list.items, ...items] };
      }
      case 'fmt#Sprintf':
        return percentFormat(first(), args().slice(1), 'sv');
      case 'encoding/json#Marshal':
        return { kind: 'made', what: 'encoded', site };
      case 'fmt#Sprint':
        return concat(args());
      case 'strings#Join':
        return join(first(), args()[1] ?? unknownValue, evaluator);
      case 'strings#ToLower':
        return mapText(first(), (text) => text.toLowerCase());
      case 'strings#ToUpper':
        return mapText(first(), (text) => text.toUpperCase());
      case 'strings#TrimSpace':
        return mapText(first(), (text) => text.trim());
      default:
        return undefined;
    }
  },
};

function textOnly(value: Value | undefined): Value | undefined {
  return value?.kind === 'text' ? value : undefined;
}
