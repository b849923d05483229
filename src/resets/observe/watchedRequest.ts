import { durationBetween, type ArrivalTime, type Duration } from '../duration';
import type { LiveTime } from './liveTime';
import type { ObservedRequest, RequestOutcome } from './observation';

/** A gateway's request while it is being watched. There can be many thousands of them: it holds little. */
export interface WatchedRequest {
  readonly kind: ObservedRequest['kind'];
  readonly name: string;
  readonly query: string | undefined;
  readonly gateway: number;
  readonly client: number | undefined;
  /** When it was read, in milliseconds, and after when it arrived. */
  readonly at: number;
  readonly since: number;
  /** Between these times the gateway gives up: it sent the request some time before it arrived here. */
  givesUpFrom: number;
  givesUpBy: number;
  /** Until which live time an answer is waited for. */
  waitUntil: number;
  outcome: RequestOutcome;
  /** How long the answer took, where that is known. */
  took: Duration | undefined;
  /** How many bytes the answer had; none without one. */
  bytes: number | undefined;
  /** Whether a client may have caused it. */
  isOther: boolean;
  /** The request before it for the same resource name, of any kind and gateway. */
  before: WatchedRequest | undefined;
  /** As it was reported last. */
  reported: ObservedRequest | undefined;
}

/** What is not there that long after the gateway has given up does not come any more; in milliseconds. */
const afterTimeoutMs = 500;

/** How long a request that arrives now is waited for, by the gateway and here. */
export function deadlinesOf(
  time: LiveTime,
  now: number,
  requestTimeout: number,
): Pick<WatchedRequest, 'givesUpFrom' | 'givesUpBy' | 'waitUntil'> {
  return {
    givesUpFrom: time.provenAt + requestTimeout,
    givesUpBy: now + requestTimeout,
    waitUntil: time.at(now) + requestTimeout + afterTimeoutMs,
  };
}

/** Whether the gateway still waited for what arrives now. It got it some time after it was sent. */
function timing(request: WatchedRequest, time: LiveTime, now: number): 'inTime' | 'tooLate' | 'unsure' {
  if (now <= request.givesUpFrom) return 'inTime';
  return time.provenAt >= request.givesUpBy ? 'tooLate' : 'unsure';
}

/** A pre-response, which arrives now, makes the gateway wait for so many milliseconds from then on, if it came in time. */
export function prolong(request: WatchedRequest, time: LiveTime, now: number, more: number): void {
  const after = deadlinesOf(time, now, more);
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
  request.outcome = when === 'inTime' ? means : when === 'tooLate' ? noAnswer : maybeLate;
}

/** The request as it is reported, which is the same object while nothing changes. Where no answer to its gateway was seen, none says little. */
export function toObserved(
  request: WatchedRequest,
  began: ArrivalTime,
  isGatewayHidden: boolean,
): ObservedRequest {
  const { kind, name, query, gateway, client, took, bytes, reported } = request;
  const outcome = request.outcome === noAnswer && isGatewayHidden ? hidden : request.outcome;
  if (reported?.outcome === outcome && reported.bytes === bytes) return reported;
  const at = durationBetween(began, request);
  return (request.reported = {
    kind,
    name,
    ...(query !== undefined && { query }),
    gateway,
    ...(client !== undefined && { client }),
    outcome,
    ...(at && { at: at.max, ...(at.min !== undefined && { atMin: at.min }) }),
    ...(took && { took: took.max, ...(took.min !== undefined && { tookMin: took.min }) }),
    ...(bytes !== undefined && { bytes }),
  });
}
