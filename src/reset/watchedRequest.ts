import type { LiveTime } from './liveTime';
import type { ObservedRequest, RequestOutcome } from './observation';

/** A gateway's request while it is being watched. There can be many thousands of them: it holds little. */
export interface WatchedRequest {
  readonly kind: ObservedRequest['kind'];
  readonly name: string;
  readonly query: string | undefined;
  readonly gateway: number;
  readonly client: number | undefined;
  /** When it arrived, in milliseconds. */
  readonly at: number;
  /** Between these times the gateway gives up: it sent the request some time before it arrived here. */
  givesUpFrom: number;
  givesUpBy: number;
  /** Until which live time an answer is waited for. */
  waitUntil: number;
  outcome: RequestOutcome;
  /** How many milliseconds the answer took; none without one. */
  took: number | undefined;
  /** How many bytes the answer had. */
  bytes: number | undefined;
  /** Whether a client may have caused it. */
  isOther: boolean;
  /** The request before it for the same resource name, of any kind and gateway. */
  before: WatchedRequest | undefined;
}

/** What is not there that long after the gateway has given up does not come any more; in milliseconds. */
const slack = 500;

/** How long a request that arrives now is waited for, by the gateway and here. */
export function patienceOf(
  time: LiveTime,
  now: number,
  requestTimeout: number,
): Pick<WatchedRequest, 'givesUpFrom' | 'givesUpBy' | 'waitUntil'> {
  return {
    givesUpFrom: time.provenAt + requestTimeout,
    givesUpBy: now + requestTimeout,
    waitUntil: time.at(now) + requestTimeout + slack,
  };
}

/** Whether the gateway still waited for what arrives now. It got it some time after it was sent. */
export function timing(
  request: WatchedRequest,
  time: LiveTime,
  now: number,
): 'inTime' | 'tooLate' | 'unsure' {
  if (now <= request.givesUpFrom) return 'inTime';
  return time.provenAt >= request.givesUpBy ? 'tooLate' : 'unsure';
}

/** A pre-response, which arrives now, makes the gateway wait for so many milliseconds from then on, if it came in time. */
export function prolong(request: WatchedRequest, time: LiveTime, now: number, more: number): void {
  const after = patienceOf(time, now, more);
  switch (timing(request, time, now)) {
    case 'tooLate':
      return;
    case 'inTime':
      Object.assign(request, after);
      return;
    case 'unsure':
      request.givesUpFrom = Math.min(request.givesUpFrom, after.givesUpFrom);
      request.givesUpBy = Math.max(request.givesUpBy, after.givesUpBy);
      request.waitUntil = Math.max(request.waitUntil, after.waitUntil);
  }
}

const noAnswer: RequestOutcome = { kind: 'noAnswer' };
const maybeLate: RequestOutcome = { kind: 'noAnswer', unsure: 'late' };
const hidden: RequestOutcome = { kind: 'noAnswer', unsure: 'hidden' };

/** Settles the request, if nothing was answered for as long as anybody waits. */
export function isGivenUp(request: WatchedRequest, live: number, provenAt: number): boolean {
  if (live < request.waitUntil || provenAt < request.givesUpBy) return false;
  request.outcome = noAnswer;
  return true;
}

/** What an answer that arrives now, and means this, comes to. */
export function settle(request: WatchedRequest, time: LiveTime, now: number, means: RequestOutcome): void {
  const when = timing(request, time, now);
  request.took = tenths(now - request.at);
  request.outcome = when === 'inTime' ? means : when === 'tooLate' ? noAnswer : maybeLate;
}

/** The request as it is told. Where no answer to its gateway was seen, none says little. */
export function toObserved(
  request: WatchedRequest,
  beganAt: number,
  isGatewayHidden: boolean,
): ObservedRequest {
  const { kind, name, query, gateway, client, at, outcome, took, bytes } = request;
  return {
    kind,
    name,
    ...(query !== undefined && { query }),
    gateway,
    ...(client !== undefined && { client }),
    outcome: outcome === noAnswer && isGatewayHidden ? hidden : outcome,
    at: tenths(at - beganAt),
    ...(took !== undefined && { took }),
    ...(bytes !== undefined && { bytes }),
  };
}

/** To a tenth of a millisecond: finer than that is noise, and makes long logs. */
function tenths(milliseconds: number): number {
  return Math.max(0, Math.round(milliseconds * 10) / 10);
}
