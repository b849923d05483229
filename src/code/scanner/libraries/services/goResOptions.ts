import type { Evaluator } from '../../evaluate/evaluator';
import type { RequestKind } from '../../facts/fact';
import type { Site, Value } from '../../evaluate/value';
import { goResName } from './goResNames';

/** What each option function of go-res adds to a handler. */
const options: Readonly<Record<string, readonly RequestKind[]>> = {
  Access: ['access'],
  GetModel: ['get'],
  GetCollection: ['get'],
  GetResource: ['get'],
  Call: ['call'],
  Set: ['call'],
  New: ['call'],
  Auth: ['auth'],
  Model: [],
  Collection: [],
  ApplyChange: [],
  ApplyAdd: [],
  ApplyRemove: [],
  ApplyCreate: [],
  ApplyDelete: [],
  Group: [],
  Parallel: [],
  OnRegister: [],
  'store.Handler': ['get'],
  'store.QueryHandler': ['get'],
  'middleware.BadgerDB': [],
};

/** What each field of a `res.Handler` adds to it. */
const handlerFields: Readonly<Record<string, RequestKind>> = {
  Access: 'access',
  Get: 'get',
  Call: 'call',
  New: 'call',
  Auth: 'auth',
};

const order: readonly RequestKind[] = ['get', 'access', 'call', 'auth'];

/**
 * What the handler of a Handle or AddHandler call answers; undefined where one of its options can't be understood,
 * for it may add anything.
 */
export function servesOf(site: Site, evaluator: Evaluator): readonly RequestKind[] | undefined {
  const found = new Set<RequestKind>();
  const { args } = site.file.call(site.call);
  for (let index = 1; index < args.length; index++) {
    const value = evaluator.argument(site, index);
    const added = value && optionServes(value, evaluator, 0);
    if (!added) return undefined;
    for (const kind of added) found.add(kind);
  }
  return order.filter((kind) => found.has(kind));
}

function optionServes(value: Value, evaluator: Evaluator, depth: number): readonly RequestKind[] | undefined {
  if (depth > 5) return undefined;
  switch (value.kind) {
    case 'external':
      return options[(goResName(value) ?? '').replace(/\(\)$/, '')];
    case 'record': {
      const name = value.type && goResName(value.type);
      if (name === 'Handler') return fieldsServed(value);
      if (name !== undefined) return options[name];
      return value.type ? optionServes(value.type, evaluator, depth) : undefined;
    }
    case 'instance': {
      const method = evaluator.member(value, 'SetOption');
      return method.kind === 'function' ? setOptionServes(method, evaluator, depth) : undefined;
    }
    default:
      return undefined;
  }
}

function fieldsServed(handler: Value & { kind: 'record' }): readonly RequestKind[] {
  return handler.entries
    .filter(({ value }) => value.kind !== 'nothing')
    .flatMap(({ key }) => (typeof key === 'string' ? (handlerFields[key] ?? []) : []));
}

/** A type of the code's own that sets options in `SetOption(h *res.Handler)`: by `h.Option(…)` and by assignment. */
function setOptionServes(
  method: Value & { kind: 'function' },
  evaluator: Evaluator,
  depth: number,
): readonly RequestKind[] | undefined {
  const found: RequestKind[] = [];
  const { calls, writes } = method.file.outline;
  for (const [index, call] of calls.entries()) {
    if (call.fn !== method.fn || call.callee.kind !== 'member' || call.callee.name !== 'Option') continue;
    for (let arg = 0; arg < call.args.length; arg++) {
      const value = evaluator.argument({ file: method.file, call: index, frame: undefined }, arg);
      const added = value && optionServes(value, evaluator, depth + 1);
      if (!added) return undefined;
      found.push(...added);
    }
  }
  for (const write of writes) {
    const kind = write.fn === method.fn ? handlerFields[write.field] : undefined;
    if (kind) found.push(kind);
  }
  return found;
}
