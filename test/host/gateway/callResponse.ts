import { isResourceId } from './names';
import { type Answer, failed, internalError, isObject, parseResponse } from './protocol';
import { invalidResponse } from './value';

/** What a service answered to a call or auth request: a resource, or any other result. */
export interface CallResult {
  readonly rid?: string;
  readonly payload?: unknown;
}

/** Reads a service's answer to a call or auth request. */
export function parseCallResponse(answer: Answer<Uint8Array>, isNew: boolean): Answer<CallResult> {
  if (!answer.ok) return answer;
  const response = parseResponse(answer.value);
  if (!response.ok) return response;
  const { resource, result } = response.value;
  if (isObject(resource)) return resourceResult(resource['rid']);
  if (result === undefined) return failed(internalError('response missing result'));
  // Services before protocol 1.2 answer `new` in this form.
  const isOldForm = isNew && isObject(result) && Object.keys(result).join() === 'rid';
  return isOldForm ? resourceResult(result['rid']) : { ok: true, value: { payload: result } };
}

function resourceResult(rid: unknown): Answer<CallResult> {
  return typeof rid === 'string' && isResourceId(rid)
    ? { ok: true, value: { rid } }
    : failed(invalidResponse);
}
