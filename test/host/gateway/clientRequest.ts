import { isPart, isResourceId } from './names';
import { type Answer, errors, failed, isObject } from './protocol';

/** What a client asks for (RES Client Protocol, "Requests"). */
export type ClientAction =
  | { readonly action: 'version'; readonly protocol: string }
  | { readonly action: 'get' | 'subscribe'; readonly rid: string }
  | { readonly action: 'unsubscribe'; readonly rid: string; readonly count: number }
  | { readonly action: 'new'; readonly rid: string; readonly params: unknown }
  | {
      readonly action: 'call' | 'auth';
      readonly rid: string;
      readonly method: string;
      readonly params: unknown;
    };

/** A client's request: an id for the reply, and what it asks for or the error to reply with. */
export interface ClientRequest {
  readonly id: number;
  readonly action: Answer<ClientAction>;
}

/** Reads a message from a client; none if it can't even be replied to. */
export function parseClientRequest(text: string): ClientRequest | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(json)) return undefined;
  const { id, method = '', params = null } = json;
  if (typeof id !== 'number' || !Number.isInteger(id) || id < 0 || typeof method !== 'string')
    return undefined;
  return { id, action: parseAction(method, params) };
}

function parseAction(method: string, params: unknown): Answer<ClientAction> {
  const dot = method.indexOf('.');
  if (dot < 0) return method === 'version' ? parseVersion(params) : failed(errors.invalidRequest);
  const action = method.slice(0, dot);
  const rid = method.slice(dot + 1);
  switch (action) {
    case 'call':
    case 'auth':
      return parseCall(action, rid, params);
    case 'get':
    case 'subscribe':
      return isResourceId(rid) ? { ok: true, value: { action, rid } } : failed(errors.invalidRequest);
    case 'new':
      return isResourceId(rid) ? { ok: true, value: { action, rid, params } } : failed(errors.invalidRequest);
    case 'unsubscribe':
      return isResourceId(rid) ? parseUnsubscribe(rid, params) : failed(errors.invalidRequest);
    default:
      return failed(errors.invalidRequest);
  }
}

function parseVersion(params: unknown): Answer<ClientAction> {
  const protocol = isObject(params) ? (params['protocol'] ?? '') : params === null ? '' : undefined;
  return typeof protocol === 'string'
    ? { ok: true, value: { action: 'version', protocol } }
    : failed(errors.invalidParams);
}

function parseCall(action: 'call' | 'auth', text: string, params: unknown): Answer<ClientAction> {
  const dot = text.lastIndexOf('.');
  const [rid, method] = [text.slice(0, Math.max(dot, 0)), text.slice(dot + 1)];
  const isValid = isPart(method) && isResourceId(rid);
  return isValid ? { ok: true, value: { action, rid, method, params } } : failed(errors.invalidRequest);
}

function parseUnsubscribe(rid: string, params: unknown): Answer<ClientAction> {
  const count = isObject(params) ? (params['count'] ?? 1) : params === null ? 1 : undefined;
  return typeof count === 'number' && Number.isInteger(count) && count > 0
    ? { ok: true, value: { action: 'unsubscribe', rid, count } }
    : failed(errors.invalidParams);
}
