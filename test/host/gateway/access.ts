import {
  type Answer,
  errors,
  failed,
  internalError,
  isObject,
  parseResponse,
  type ResError,
} from './protocol';
import { Throttle } from './throttle';

/** What a client may do with a resource: a service's answer, or why there is none. */
export type Access = Answer<{ readonly get: boolean; readonly call: string }>;

/** Why the client may not get the resource; none if it may. */
export function getDenied(access: Access): ResError | undefined {
  if (!access.ok) return access.problem;
  return access.value.get ? undefined : errors.accessDenied;
}

/** Why the client may not call the method; none if it may. */
export function callDenied(access: Access, method: string): ResError | undefined {
  if (!access.ok) return access.problem;
  const { call } = access.value;
  return call === '*' || call.split(',').includes(method) ? undefined : errors.accessDenied;
}

/** Reads a service's answer to an access request. */
export function parseAccess(answer: Answer<Uint8Array>): Access {
  if (!answer.ok) return answer;
  const response = parseResponse(answer.value);
  if (!response.ok) return response;
  const { result } = response.value;
  if (!isObject(result)) return failed(internalError('response missing result'));
  const { get = false, call = '' } = result;
  if (typeof get !== 'boolean' || typeof call !== 'string') {
    return failed(internalError('malformed response: a wrong type'));
  }
  return { ok: true, value: { get, call } };
}

/** The access of one client to one resource, asked for once and kept. */
export class KeptAccess {
  readonly #request: (done: (access: Access) => void) => void;
  readonly #isGone: () => boolean;
  #kept: Access | undefined;
  #waiting: ((access: Access) => void)[] | undefined;

  /**
   * @param request Asks the service; calls `done` once.
   * @param isGone Whether the client has let go of the resource, so that nobody is to be called back.
   */
  constructor(request: (done: (access: Access) => void) => void, isGone: () => boolean) {
    this.#request = request;
    this.#isGone = isGone;
  }

  /** Makes the next use ask again. */
  forget(): void {
    this.#kept = undefined;
  }

  /** Calls back with the access: at once if it is known, else when the one request for it was answered. */
  use(then: (access: Access) => void, throttle = new Throttle(0)): void {
    if (this.#kept) {
      then(this.#kept);
    } else if (this.#waiting) {
      this.#waiting.push(then);
    } else {
      this.#waiting = [then];
      throttle.run((done) => {
        this.#request((access) => {
          done();
          if (!this.#isGone()) this.#settle(access);
        });
      });
    }
  }

  #settle(access: Access): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    // An error other than this one says nothing about what the client may do.
    if (access.ok || access.problem.code === errors.accessDenied.code) this.#kept = access;
    for (const then of waiting) then(access);
  }
}
