import type { Evaluator } from '../../evaluate/evaluator';
import type { RequestKind } from '../../facts/fact';
import type { Expr } from '../../outline/outline';
import type { Value } from '../../evaluate/value';
import { csharpResName } from '../resgateIo';

const kinds: Readonly<Record<string, RequestKind>> = {
  Access: 'access',
  Get: 'get',
  ModelGet: 'get',
  CollectionGet: 'get',
  Call: 'call',
  CallMethod: 'call',
  New: 'call',
  Auth: 'auth',
  AuthMethod: 'auth',
};

/** What a handler's method answers, by the type of its only parameter. */
const requests: Readonly<Record<string, RequestKind>> = {
  IAccessRequest: 'access',
  IGetRequest: 'get',
  IModelRequest: 'get',
  ICollectionRequest: 'get',
  ICallRequest: 'call',
  INewRequest: 'call',
  IAuthRequest: 'auth',
};

const order: readonly RequestKind[] = ['get', 'access', 'call', 'auth'];

/** What a handler answers; undefined where the code doesn't tell. */
export function servesOf(
  handler: Value | undefined,
  at: Expr,
  evaluator: Evaluator,
): readonly RequestKind[] | undefined {
  const found = new Set<RequestKind>();
  // A dynamic handler that is kept in a variable may get more later.
  if (handler?.kind === 'made' && handler.what === 'handler') {
    if (at.kind !== 'call' || !addDynamic(handler, found)) return undefined;
  } else if (handler?.kind !== 'instance' || !addMethods(handler, found, evaluator, 0)) return undefined;
  return order.filter((kind) => found.has(kind));
}

/** `new DynamicHandler().Access(…).ModelGet(…)`, from its end. */
function addDynamic(handler: Value & { kind: 'made' }, found: Set<RequestKind>): boolean {
  for (let part: Value | undefined = handler; part?.kind === 'made'; part = part.parent) {
    const { callee, isNew } = part.site.file.call(part.site.call);
    if (isNew) return true;
    const kind = callee.kind === 'member' ? kinds[callee.name.replace(/^Set/, '')] : undefined;
    if (kind) found.add(kind);
  }
  return false;
}

/** The methods of a handler class, and those of the classes that it comes from. */
function addMethods(
  { file, cls }: Value & { kind: 'instance' },
  found: Set<RequestKind>,
  evaluator: Evaluator,
  depth: number,
): boolean {
  const { functions, classes } = file.outline;
  for (const { cls: of, params } of functions) {
    const type = of === cls && params.length === 1 ? params[0]?.type : undefined;
    const kind = type?.kind === 'name' || type?.kind === 'member' ? requests[type.name] : undefined;
    if (kind) found.add(kind);
  }
  return (classes[cls]?.bases ?? []).every((base) => {
    const value = evaluator.evaluate(base, { file, frame: undefined });
    if (value.kind !== 'class')
      return /^(BaseHandler|ModelHandler|CollectionHandler|I[A-Z]\w*)$/.test(csharpResName(value) ?? '');
    if (value.file.outline.classes[value.cls]?.isAbstract || depth > 10) return true;
    return addMethods({ kind: 'instance', file: value.file, cls: value.cls }, found, evaluator, depth + 1);
  });
}
