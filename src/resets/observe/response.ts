import type { RequestOutcome } from './observation';

/** Answers longer than this many bytes are not parsed. */
const maxBytes = 65_536;
const maxText = 200;

const answered: RequestOutcome = { kind: 'answered' };
const granted: RequestOutcome = { kind: 'granted' };
const unseen: RequestOutcome = { kind: 'unseen' };
/** How a response with a model or a collection begins. */
const longResource =
  /^\s*\{\s*"result"\s*:\s*\{\s*(?:"query"\s*:\s*"[^"]*"\s*,\s*)?"(?:model"\s*:\s*\{|collection"\s*:\s*\[)/;

/** What a service's response to a request means to the gateway that asked. The data is untrusted. */
export function readResponse(kind: 'get' | 'access' | 'auth', data: Uint8Array): RequestOutcome {
  if (data.length > maxBytes) return readLong(kind, data);
  const response = parse(data);
  // A client loses its access by any answer but a grant.
  if (kind === 'access') {
    const isGranted =
      isObject(response) && !response.error && isObject(response.result) && response.result.get === true;
    return isGranted ? granted : { kind: 'refused' };
  }
  if (!isObject(response)) return { kind: 'malformed' };
  if (isObject(response.error)) {
    const code = plainText(response.error.code) || 'unknown';
    if (code === 'system.notFound' && kind === 'get') return { kind: 'notFound' };
    return { kind: 'error', code, message: plainText(response.error.message) };
  }
  const { result } = response;
  if (kind === 'auth') return 'result' in response ? answered : { kind: 'malformed' };
  if (!isObject(result)) return { kind: 'malformed' };
  return isObject(result.model) || Array.isArray(result.collection) ? answered : { kind: 'malformed' };
}

/** Reads only the beginning and the end of a response that is too long to be parsed here. */
function readLong(kind: 'get' | 'access' | 'auth', data: Uint8Array): RequestOutcome {
  const text = new TextDecoder();
  const head = text.decode(data.subarray(0, 1024));
  if (kind === 'access' || !/\}\s*$/.test(text.decode(data.subarray(-64)))) return unseen;
  if (/^\s*\{\s*"error"\s*:\s*\{/.test(head)) {
    const code = plainText(/"code"\s*:\s*"([^"\\]*)"/.exec(head)?.[1]) || 'unknown';
    return code === 'system.notFound' && kind === 'get'
      ? { kind: 'notFound' }
      : { kind: 'error', code, message: '' };
  }
  return (kind === 'auth' ? /^\s*\{\s*"result"\s*:/ : longResource).test(head) ? answered : unseen;
}

/** The milliseconds that a pre-response (`timeout:"15000"`) asks for; none if it is not one. */
export function readPreResponse(data: Uint8Array): number | undefined {
  if (data.length > 1024 || !isLetter(data[0])) return undefined;
  const value = /(?:^|\s)timeout:"(\d{1,9})"/.exec(new TextDecoder().decode(data))?.[1];
  return value === undefined ? 0 : Number(value);
}

/** The names that a resource's data refers to, as a gateway would follow them. */
export function readReferences(data: Uint8Array): string[] {
  const response = data.length > maxBytes ? undefined : parse(data);
  if (!isObject(response) || !isObject(response.result)) return [];
  const { model, collection } = response.result;
  const values = isObject(model)
    ? Object.values(model)
    : Array.isArray(collection)
      ? (collection as unknown[])
      : [];
  return values.flatMap((value) => {
    if (!isObject(value) || typeof value.rid !== 'string' || value.soft === true) return [];
    return [value.rid.split('?', 1)[0] ?? ''];
  });
}

/** A field of a request's payload, if the payload is small and holds it as a text. */
export function readField(data: Uint8Array, field: 'query' | 'cid'): string | undefined {
  // Most requests of a reset have none, or `{}`.
  if (data.length <= 2) return undefined;
  const payload = data.length > maxBytes ? undefined : parse(data);
  const value = isObject(payload) ? payload[field] : undefined;
  return typeof value === 'string' && value !== '' ? value.slice(0, 1000) : undefined;
}

const decoder = new TextDecoder('utf-8', { fatal: true });

function parse(data: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(data)) as unknown;
  } catch {
    return undefined;
  }
}

/** Text of a stranger's, short and on one line. */
function plainText(value: unknown): string {
  return typeof value === 'string'
    ? value
        .replace(/[\p{C}\p{Z}]+/gu, ' ')
        .trim()
        .slice(0, maxText)
    : '';
}

function isLetter(byte: number | undefined): boolean {
  const lower = (byte ?? 0) | 32;
  return lower >= 97 && lower <= 122;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
