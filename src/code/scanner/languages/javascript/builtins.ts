import { applied } from '../../evaluate/calls';
import type { Evaluator } from '../../evaluate/evaluator';
import type { Located } from '../../outline/outline';
import {
  type Site,
  type Value,
  concat,
  piecesOf,
  textValue,
  unknownValue,
  wholeText,
} from '../../evaluate/value';
import { withItems } from '../callbacks';
import type { Builtins } from '../builtins';

/** What JavaScript and its standard library do with texts and lists. */
export const javaScriptBuiltins: Builtins = {
  name: 'javascript',
  result(callee, site, evaluator) {
    if (callee.k === 'external') return globalResult(callee.origin, site, evaluator);
    if (callee.k === 'function') return tagResult(callee, site, evaluator);
    if (callee.k !== 'method') return undefined;
    const { of, name } = callee;
    // `codec.encode(payload)` and the like: the payload itself can be asked for.
    if (name === 'encode' || name === 'from') return { k: 'made', what: 'encoded', site };
    if (of.k === 'text') return textResult(of, name, site, evaluator);
    if (of.k !== 'list') return undefined;
    if (name === 'join') {
      const separator = evaluator.argument(site, 0) ?? textValue(',');
      return concat(
        of.items.flatMap((item, index) => {
          const value = evaluator.evaluate(item.value, of.in);
          return index === 0 ? [value] : [separator, value];
        }),
      );
    }
    return name === 'filter' || name === 'slice' || name === 'sort' ? of : undefined;
  },
  callback: withItems(['forEach', 'map', 'filter', 'flatMap', 'some', 'every']),
};

/**
 * What a tag makes of its template, or what the function gives that it makes of it. Where the code doesn't tell, it is the
 * text of the template, which tags of the workspace's own put together from its pieces.
 */
function tagResult(callee: Value & { k: 'function' }, site: Site, evaluator: Evaluator): Value | undefined {
  const tag = site.file.call(site.call).isTag ? site : callee.outer?.site;
  if (!tag?.file.call(tag.call).isTag) return undefined;
  evaluator.world.touch(callee.file);
  const value = applied(callee, site, evaluator);
  const isClear = piecesOf(value).some((piece) => typeof piece === 'string' && piece !== '');
  return isClear || value.k === 'function' ? value : evaluator.argument(tag, 0);
}

function globalResult(origin: string, site: Site, evaluator: Evaluator): Value | undefined {
  switch (origin) {
    case '#require':
    case 'module#createRequire()':
    case 'node:module#createRequire()': {
      const from = wholeText(evaluator.argument(site, 0) ?? unknownValue);
      return from === undefined ? undefined : required(from, site, evaluator);
    }
    case '#JSON.stringify':
      return { k: 'made', what: 'encoded', site };
    case '#String':
      return evaluator.argument(site, 0);
    case '#Object.freeze':
      return evaluator.argument(site, 0);
    case '#Object.entries':
    case '#Object.keys':
    case '#Object.values': {
      const record = evaluator.argument(site, 0);
      return record?.k === 'record' ? listOf(record, origin.slice('#Object.'.length)) : undefined;
    }
    default:
      return undefined;
  }
}

function required(from: string, site: Site, evaluator: Evaluator): Value {
  const files = evaluator.project.resolve(from, site.file, evaluator.world);
  if (!files) return { k: 'external', origin: from };
  const [file] = files;
  const whole = file?.outline.exports['='];
  if (!file || !whole) return { k: 'module', files };
  evaluator.world.touch(file);
  return evaluator.evaluate(whole, { file, frame: undefined });
}

function listOf(record: Value & { k: 'record' }, what: string): Value {
  const items = record.entries.map((entry): Located => {
    const key: Located = {
      value: typeof entry.key === 'string' ? { k: 'text', text: entry.key } : entry.key,
      at: entry.keyAt,
    };
    if (what === 'keys') return key;
    return what === 'values' ? entry : { value: { k: 'list', items: [key, entry] }, at: entry.keyAt };
  });
  return { k: 'list', items, in: record.in };
}

function textResult(of: Value, name: string, site: Site, evaluator: Evaluator): Value | undefined {
  const map = (change: (text: string) => string): Value => ({
    k: 'text',
    pieces: piecesOf(of).map((piece) => (typeof piece === 'string' ? change(piece) : piece)),
  });
  switch (name) {
    case 'concat': {
      const args = site.file
        .call(site.call)
        .args.map((_, index) => evaluator.argument(site, index) ?? unknownValue);
      return concat([of, ...args]);
    }
    case 'toString':
    case 'valueOf':
    case 'trim':
      return of;
    case 'toLowerCase':
      return map((text) => text.toLowerCase());
    case 'toUpperCase':
      return map((text) => text.toUpperCase());
    default:
      return undefined;
  }
}
