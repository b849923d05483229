import { type Answer, failed, internalError, isObject, type ResError } from './protocol';
import { isResourceId } from './names';

/** A value in a model or a collection (RES Protocol, "Values"); `json` is how the service wrote it. */
export type Value =
  | { readonly kind: 'primitive' | 'data' | 'delete'; readonly json: unknown }
  | { readonly kind: 'reference' | 'softReference'; readonly json: unknown; readonly rid: string };

/** What a resource holds. It is never changed in place, so it can be handed around. */
export type Content =
  | { readonly type: 'model'; readonly values: ReadonlyMap<string, Value> }
  | { readonly type: 'collection'; readonly values: readonly Value[] };

/** The value that takes a property away in a change event. */
export const deleteValue: Value = { kind: 'delete', json: { action: 'delete' } };

/** Reads one value; a delete action is allowed in change events alone. */
export function parseValue(json: unknown): Answer<Value> {
  if (Array.isArray(json)) return invalid('nested json array must be wrapped as a data value');
  if (!isObject(json)) return { ok: true, value: { kind: 'primitive', json } };
  const { rid, soft, action, data } = json;
  if (typeof rid === 'string') {
    if (rid === '') return invalid('resource references requires a non-empty "rid" value');
    if (action !== undefined || data !== undefined) return invalid('ambiguous value type');
    if (!isResourceId(rid)) return invalid(`resource reference rid "${rid}" is invalid`);
    return { ok: true, value: { kind: soft === true ? 'softReference' : 'reference', json, rid } };
  }
  if (typeof action === 'string') {
    if (data !== undefined) return invalid('ambiguous value type');
    return action === 'delete' ? { ok: true, value: deleteValue } : invalid(`unknown action "${action}"`);
  }
  if (data === undefined) return invalid('nested json object must be wrapped as a data value');
  // A primitive in a data value is the primitive itself.
  const isPrimitive = typeof data !== 'object' || data === null;
  return { ok: true, value: isPrimitive ? { kind: 'primitive', json: data } : { kind: 'data', json } };
}

/** Reads the properties of a model or of a change event. */
export function parseProperties(json: Readonly<Record<string, unknown>>): Answer<Map<string, Value>> {
  const values = new Map<string, Value>();
  for (const [key, item] of Object.entries(json)) {
    const value = parseValue(item);
    if (!value.ok) return value;
    values.set(key, value.value);
  }
  return { ok: true, value: values };
}

/** Reads the model or collection in a result; none if there is neither. */
export function parseContent(result: Readonly<Record<string, unknown>>): Answer<Content | undefined> {
  const { model, collection } = result;
  if (isObject(model) && !Array.isArray(collection)) {
    const values = parseProperties(model);
    if (!values.ok) return failed(wrapped(values.problem));
    return complete({ type: 'model', values: values.value }, [...values.value.values()]);
  }
  if (Array.isArray(collection) && !isObject(model)) {
    const values: Value[] = [];
    for (const item of collection) {
      const value = parseValue(item);
      if (!value.ok) return failed(wrapped(value.problem));
      values.push(value.value);
    }
    return complete({ type: 'collection', values }, values);
  }
  const hasOther = (model ?? null) !== null || (collection ?? null) !== null;
  if (!hasOther) return { ok: true, value: undefined };
  const isBoth = isObject(model) && Array.isArray(collection);
  return failed(isBoth ? invalidResponse : internalError('malformed response: a wrong type'));
}

/** The error for a response that has the form of none that the protocol knows. */
export const invalidResponse = internalError('invalid service response');

/** Whether two values are the same to a client. */
export function equalValues(a: Value, b: Value): boolean {
  if (a.kind !== b.kind) return false;
  if ('rid' in a) return 'rid' in b && a.rid === b.rid;
  return a.json === b.json || (a.kind === 'data' && JSON.stringify(a.json) === JSON.stringify(b.json));
}

/** The value as a client gets it; clients before protocol 1.2.1 know neither soft references nor data values. */
export function valueForClient(value: Value, isLegacy: boolean): unknown {
  if (isLegacy && value.kind === 'softReference') return value.rid;
  return isLegacy && value.kind === 'data' ? '[Data]' : value.json;
}

/** A model's properties as a client gets them. */
export function propertiesForClient(values: ReadonlyMap<string, Value>, isLegacy: boolean): unknown {
  return Object.fromEntries([...values].map(([key, value]) => [key, valueForClient(value, isLegacy)]));
}

/** A resource's content as a client gets it. */
export function contentForClient(content: Content, isLegacy: boolean): unknown {
  if (content.type === 'model') return propertiesForClient(content.values, isLegacy);
  return content.values.map((value) => valueForClient(value, isLegacy));
}

function complete(content: Content, values: readonly Value[]): Answer<Content> {
  return values.some(({ kind }) => kind === 'delete')
    ? failed(invalidResponse)
    : { ok: true, value: content };
}

function invalid(why: string): Answer<never> {
  return failed(internalError(`invalid value: ${why}`));
}

/** Clients see the error about a value as the reason why the response could not be read. */
function wrapped(error: ResError): ResError {
  return internalError(error.message);
}
