import type { Observation, ObservedRequest, OutcomeCounts, RequestOutcome } from './observation';

/** The observation in one line: "3 refetched, 1 not found, 1 no answer · 2 re-authorised · 41 ms". */
export function observationSummary(observation: Observation): string {
  const { state, answers, counts, other, took } = observation;
  if (state === 'denied') return 'verification not permitted on this connection';
  const parts = [getSummary(counts.get), accessSummary(counts.access), authSummary(counts.auth)].filter(
    (part) => part !== '',
  );
  const others = other > 0 ? [`${other} other`] : [];
  const cutOff = state === 'cutOff' ? [`not watched to the end${cutOffText(observation)}`] : [];
  if (parts.length === 0) {
    const nothing =
      state === 'watching'
        ? 'waiting for a gateway to react'
        : 'no gateway reacted: nothing cached matches, or none is connected';
    return [state === 'cutOff' ? 'no reaction seen' : nothing, ...others, ...cutOff].join(' · ');
  }
  const unseen =
    answers === 'denied' ? ['answers may not be watched'] : answers === 'off' ? ['answers not watched'] : [];
  return [...parts, ...others, ...unseen, ...cutOff, `${took} ms`].join(' · ');
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

function getSummary(counts: OutcomeCounts): string {
  return told([
    [counts.answered, 'refetched'],
    [counts.notFound, 'not found'],
    [counts.error, counts.error === 1 ? 'error' : 'errors'],
    [counts.malformed, 'invalid'],
    [counts.noAnswer, 'no answer'],
    [counts.unseen, 'asked for'],
    [counts.pending, 'waiting'],
  ]);
}

function accessSummary(counts: OutcomeCounts): string {
  return told([
    [counts.granted, 're-authorised'],
    [counts.refused, 'refused'],
    [counts.noAnswer, 'access without answer'],
    [counts.unseen, 'access asked for'],
    [counts.pending, 'access waiting'],
  ]);
}

function authSummary(counts: OutcomeCounts): string {
  const failed = (counts.error ?? 0) + (counts.malformed ?? 0);
  return told([
    [counts.answered, counts.answered === 1 ? 'token renewed' : 'tokens renewed'],
    [failed, failed === 1 ? 'token not renewed' : 'tokens not renewed'],
    [counts.noAnswer, 'auth without answer'],
    [counts.unseen, 'auth asked for'],
    [counts.pending, 'auth waiting'],
  ]);
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
      return kind === 'access'
        ? 'no answer in time: the client is unsubscribed'
        : 'no answer in time: the service is down or slow, and the cache stays as it was';
    case 'unseen':
      return 'asked for; the answer was not watched';
  }
}
