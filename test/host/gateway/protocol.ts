import type { Result } from '../../../src/util/problem';

/** The version of the RES protocol that the gateway speaks. */
export const protocolVersion = '1.2.3';

/** An error of the RES protocol, as services and clients see it. */
export interface ResError {
  readonly code: string;
  readonly message: string;
  readonly data?: unknown;
}

/** What came of a request: a value, or the error that takes its place. */
export type Answer<T> = Result<T, ResError>;

/** The predefined errors (RES Client Protocol and RES Service Protocol, "Pre-defined errors"). */
export const errors = {
  accessDenied: { code: 'system.accessDenied', message: 'Access denied' },
  deleted: { code: 'system.deleted', message: 'Deleted' },
  invalidParams: { code: 'system.invalidParams', message: 'Invalid parameters' },
  invalidRequest: { code: 'system.invalidRequest', message: 'Invalid request' },
  noSubscription: { code: 'system.noSubscription', message: 'No subscription' },
  notFound: { code: 'system.notFound', message: 'Not found' },
  notResource: {
    code: 'system.internalError',
    message: 'Internal error: non-resource response on new request',
  },
  subjectTooLong: { code: 'system.subjectTooLong', message: 'Subject too long' },
  subscriptionLimit: { code: 'system.subscriptionLimitExceeded', message: 'Subscription limit exceeded' },
  timeout: { code: 'system.timeout', message: 'Request timeout' },
  unsupportedProtocol: { code: 'system.unsupportedProtocol', message: 'Unsupported protocol' },
} as const satisfies Record<string, ResError>;

/** The error for a service that does not keep to the protocol. */
export function internalError(why: string): ResError {
  return { code: 'system.internalError', message: `Internal error: ${why}` };
}

/** An answer that is an error. */
export function failed(error: ResError): { readonly ok: false; readonly problem: ResError } {
  return { ok: false, problem: error };
}

/** Whether a value of JSON is an object. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Writes JSON as Resgate does: what means something in HTML is escaped, so a query reads `a=1\u0026b=2` on the bus. */
export function encodeJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Reads JSON that came over the bus. */
export function parseJson(data: Uint8Array): Answer<unknown> {
  try {
    return { ok: true, value: JSON.parse(new TextDecoder().decode(data)) as unknown };
  } catch (error) {
    return failed(
      internalError(`malformed JSON: ${error instanceof Error ? error.message : 'unknown error'}`),
    );
  }
}

/** Reads a service's response: the object that holds its result, or the error in it. */
export function parseResponse(data: Uint8Array): Answer<Readonly<Record<string, unknown>>> {
  const parsed = parseJson(data);
  if (!parsed.ok) return parsed;
  if (!isObject(parsed.value)) return failed(internalError('malformed response: not an object'));
  const { error } = parsed.value;
  if (error === undefined || error === null) return { ok: true, value: parsed.value };
  if (!isObject(error)) return failed(internalError('malformed response: its error is not an object'));
  return failed({
    code: typeof error['code'] === 'string' ? error['code'] : '',
    message: typeof error['message'] === 'string' ? error['message'] : '',
    ...(error['data'] === undefined ? {} : { data: error['data'] }),
  });
}
