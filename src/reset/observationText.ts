import { boundedDurationText } from '../util/duration';
import type {
  Observation,
  ObservedRequest,
  OutcomeCounts,
  RequestOutcome,
  Unsure,
  UnsureCounts,
} from './observation';

/** The observation in one line: "3 refetched, 1 not found, 1 no answer · 2 re-authorised · 41 ms". */
export function observationSummary(observation: Observation): string {
  const { state, answers, counts, other, took, tookMin } = observation;
  if (state === 'denied') return 'verification not permitted on this connection';
  const { get = {}, access = {}, auth = {} } = observation.unsure ?? {};
  const parts = [
    getSummary(counts.get, get),
    accessSummary(counts.access, access),
    authSummary(counts.auth, auth),
  ].filter((part) => part !== '');
  const others = other > 0 ? [`${other} other`] : [];
  const cutOff = state === 'cutOff' ? [`observation stopped early${cutOffText(observation)}`] : [];
  if (parts.length === 0) return [nothingSeen(state, other), ...others, ...cutOff].join(' · ');
  const unseen =
    answers === 'denied' ? ['answers may not be watched'] : answers === 'off' ? ['answers not watched'] : [];
  return [...parts, ...others, ...unseen, ...cutOff, boundedDurationText(took, tookMin)].join(' · ');
}

function cutOffText({ cutOffBy }: Observation): string {
  switch (cutOffBy) {
    case undefined:
      return '';
    case 'lost':
      return ', because the connection was lost';
    case 'switched':
      return ', because the connection was switched';
    case 'reopened':
      return ', because the connection was reopened';
    case 'closed':
      return ', because the connection was closed';
  }
}

/** What it means that no request was seen that is the reset's doing. */
function nothingSeen(state: Observation['state'], other: number): string {
  if (state === 'watching') return 'waiting for a gateway to react';
  if (state === 'cutOff') return 'no reaction seen';
  if (other > 0) return 'no certain reaction seen';
  const why = "nothing cached matches, none is connected, or this account can't see its requests";
  return `no gateway reacted as far as can be seen: ${why}`;
}

function getSummary(counts: OutcomeCounts, unsure: UnsureCounts): string {
  return told([
    [counts.answered, 'refetched'],
    [counts.notFound, 'not found'],
    [counts.error, counts.error === 1 ? 'error' : 'errors'],
    [counts.malformed, 'invalid'],
    [unanswered(counts, unsure), 'no answer'],
    [unsure.hidden, 'no answer seen'],
    [unsure.late, unsure.late === 1 ? 'late answer' : 'late answers'],
    [counts.unseen, 'asked for'],
    [counts.pending, 'waiting'],
  ]);
}

function accessSummary(counts: OutcomeCounts, unsure: UnsureCounts): string {
  return told([
    [counts.granted, 're-authorised'],
    [counts.refused, 'refused'],
    [unanswered(counts, unsure), 'access without answer'],
    [unsure.hidden, 'access without an answer seen'],
    [unsure.late, 'access answered late'],
    [counts.unseen, 'access asked for'],
    [counts.pending, 'access waiting'],
  ]);
}

function authSummary(counts: OutcomeCounts, unsure: UnsureCounts): string {
  const failed = (counts.error ?? 0) + (counts.malformed ?? 0);
  return told([
    [counts.answered, counts.answered === 1 ? 'token renewed' : 'tokens renewed'],
    [failed, failed === 1 ? 'token not renewed' : 'tokens not renewed'],
    [unanswered(counts, unsure), 'auth without answer'],
    [unsure.hidden, 'auth without an answer seen'],
    [unsure.late, 'auth answered late'],
    [counts.unseen, 'auth asked for'],
    [counts.pending, 'auth waiting'],
  ]);
}

/** How many surely had no answer in time. */
function unanswered({ noAnswer = 0 }: OutcomeCounts, { hidden = 0, late = 0 }: UnsureCounts): number {
  return Math.max(0, noAnswer - hidden - late);
}

function told(parts: readonly (readonly [count: number | undefined, what: string])[]): string {
  return parts.flatMap(([count, what]) => (count ? [`${count} ${what}`] : [])).join(', ');
}

/** What came of one request, in words that say what it means for clients. */
export function outcomeText(kind: ObservedRequest['kind'], outcome: RequestOutcome): string {
  switch (outcome.kind) {
    case 'pending':
      return 'not answered yet';
    case 'answered':
      return kind === 'auth' ? 'answered' : 'refetched';
    case 'notFound':
      return 'not found: deleted for clients';
    case 'error':
      return `${outcome.code}${outcome.message === '' ? '' : ` “${outcome.message}”`}: the cache stays as it was`;
    case 'malformed':
      return 'the answer is not a RES response: the cache stays as it was';
    case 'granted':
      return 'access granted';
    case 'refused':
      return 'access refused: the client is unsubscribed';
    case 'noAnswer':
      return noAnswerText(kind, outcome.unsure);
    case 'unseen':
      return 'asked for; what was answered is not known';
  }
}

function noAnswerText(kind: ObservedRequest['kind'], unsure: Unsure | undefined): string {
  const isAccess = kind === 'access';
  switch (unsure) {
    case 'hidden': {
      const silent = isAccess
        ? 'the service is silent and the client is unsubscribed'
        : 'the service is silent';
      return `no answer seen: ${silent}, or this account can't see the gateway's answers`;
    }
    case 'late':
      return 'answered late: the gateway may have given up before';
    case undefined:
      return isAccess
        ? 'no answer in time: the client is unsubscribed'
        : 'no answer in time: the service is down or slow, and the cache stays as it was';
  }
}

/** What came of it as short as it can be said, what went wrong first: "1 error, 3 refetched · 105 ms". */
export function shortOutcome(observation: Observation): string {
  const parts = outcomeParts(observation);
  if (parts.length === 0) return nothingHappened(observation);
  return `${parts.map(partText).join(', ')}${endText(observation)}`;
}

/** The same for a narrow row: "4 refetched · 105 ms", "1 error, 3 refetched", "3 errors, 6 others". */
export function rowOutcome(observation: Observation): string {
  const parts = outcomeParts(observation);
  const [first, second, ...others] = parts;
  if (!first) return nothingHappened(observation);
  if (!second) return `${partText(first)}${endText(observation)}`;
  if (others.length === 0) return `${partText(first)}, ${partText(second)}`;
  const rest = parts.slice(1).reduce((sum, [count]) => sum + count, 0);
  return `${partText(first)}, ${rest} others`;
}

type OutcomePart = readonly [count: number, what: string];

function partText([count, what]: OutcomePart): string {
  return `${count} ${what}`;
}

function outcomeParts({ counts, unsure = {} }: Observation): OutcomePart[] {
  const sum = (
    kind: keyof OutcomeCounts,
    of: readonly ObservedRequest['kind'][] = ['get', 'access', 'auth'],
  ): number => of.reduce((total, each) => total + (counts[each][kind] ?? 0), 0);
  const maybe = (reason: Unsure): number =>
    Object.values(unsure).reduce((total, each) => total + (each[reason] ?? 0), 0);
  const errors = sum('error') + sum('malformed');
  const parts: OutcomePart[] = [
    [errors, errors === 1 ? 'error' : 'errors'],
    [
      unanswered({ noAnswer: sum('noAnswer') }, { hidden: maybe('hidden'), late: maybe('late') }),
      'no answer',
    ],
    [maybe('hidden'), 'no answer seen'],
    [maybe('late'), 'late'],
    [sum('notFound'), 'not found'],
    [sum('refused'), 'refused'],
    [sum('answered', ['get']), 'refetched'],
    [sum('granted'), 're-authorised'],
    [sum('answered', ['auth']), 'renewed'],
    [sum('unseen'), 'asked for'],
    [sum('pending'), 'waiting'],
  ];
  return parts.filter(([count]) => count > 0);
}

function nothingHappened({ state, other }: Observation): string {
  if (state === 'denied') return 'not permitted to observe';
  if (state === 'watching') return 'waiting…';
  return state === 'cutOff' || other > 0 ? 'no certain reaction seen' : 'no gateway reacted';
}

function endText({ state, answers, took, tookMin }: Observation): string {
  if (state === 'cutOff') return ' · stopped early';
  return state === 'watching' || answers !== 'watched' ? '' : ` · ${boundedDurationText(took, tookMin)}`;
}
