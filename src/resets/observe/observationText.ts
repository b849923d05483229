import { boundedDurationText } from '../../util/duration';
import * as l10n from '../../util/l10n';
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
  if (state === 'denied') return l10n.t('no permission to observe on this connection');
  const { get = {}, access = {}, auth = {} } = observation.unsure ?? {};
  const parts = [
    getSummary(counts.get, get),
    accessSummary(counts.access, access),
    authSummary(counts.auth, auth),
  ].filter((part) => part !== '');
  const others = other > 0 ? [l10n.t('{0} other', other)] : [];
  const cutOff = state === 'cutOff' ? [cutOffText(observation)] : [];
  if (parts.length === 0) return [nothingSeen(state, other), ...others, ...cutOff].join(' · ');
  const unseen =
    answers === 'denied'
      ? [l10n.t('no permission to observe answers')]
      : answers === 'off'
        ? [l10n.t('answers not observed')]
        : [];
  return [...parts, ...others, ...unseen, ...cutOff, boundedDurationText(took, tookMin)].join(' · ');
}

function cutOffText({ cutOffBy }: Observation): string {
  switch (cutOffBy) {
    case undefined:
      return l10n.t('observation stopped early');
    case 'lost':
      return l10n.t('observation stopped early: the connection was lost');
    case 'switched':
      return l10n.t('observation stopped early: another connection was opened');
    case 'reopened':
      return l10n.t('observation stopped early: the connection was reopened');
    case 'closed':
      return l10n.t('observation stopped early: the connection was closed');
    case 'monitorOff':
      return l10n.t('observation stopped early: monitoring was turned off');
  }
}

/** What it means that no request was seen that is the reset's doing. */
function nothingSeen(state: Observation['state'], other: number): string {
  if (state === 'watching') return l10n.t('waiting for a gateway to react');
  if (state === 'cutOff') return l10n.t('no reaction seen');
  if (other > 0) return l10n.t('no certain reaction seen');
  return l10n.t(
    "no gateway was seen to react: nothing cached matches, no gateway is connected, or this account can't see its requests",
  );
}

function getSummary(counts: OutcomeCounts, unsure: UnsureCounts): string {
  return joinCounts([
    [counts.answered, l10n.t('refetched')],
    [counts.notFound, l10n.t('not found')],
    [counts.error, counts.error === 1 ? l10n.t('error') : l10n.t('errors')],
    [counts.malformed, l10n.t('invalid')],
    [unanswered(counts, unsure), l10n.t('no answer')],
    [unsure.hidden, l10n.t('no answer seen')],
    [unsure.late, unsure.late === 1 ? l10n.t('late answer') : l10n.t('late answers')],
    [counts.unseen, l10n.t('requested')],
    [counts.pending, l10n.t('waiting')],
  ]);
}

function accessSummary(counts: OutcomeCounts, unsure: UnsureCounts): string {
  return joinCounts([
    [counts.granted, l10n.t('re-authorised')],
    [counts.refused, l10n.t('refused')],
    [unanswered(counts, unsure), l10n.t('access without answer')],
    [unsure.hidden, l10n.t('access without an answer seen')],
    [unsure.late, l10n.t('access answered late')],
    [counts.unseen, l10n.t('access requested')],
    [counts.pending, l10n.t('access waiting')],
  ]);
}

function authSummary(counts: OutcomeCounts, unsure: UnsureCounts): string {
  const failed = (counts.error ?? 0) + (counts.malformed ?? 0);
  return joinCounts([
    [counts.answered, counts.answered === 1 ? l10n.t('token renewed') : l10n.t('tokens renewed')],
    [failed, failed === 1 ? l10n.t('token not renewed') : l10n.t('tokens not renewed')],
    [unanswered(counts, unsure), l10n.t('auth without answer')],
    [unsure.hidden, l10n.t('auth without an answer seen')],
    [unsure.late, l10n.t('auth answered late')],
    [counts.unseen, l10n.t('auth requested')],
    [counts.pending, l10n.t('auth waiting')],
  ]);
}

/** How many surely had no answer in time. */
function unanswered({ noAnswer = 0 }: OutcomeCounts, { hidden = 0, late = 0 }: UnsureCounts): number {
  return Math.max(0, noAnswer - hidden - late);
}

function joinCounts(parts: readonly (readonly [count: number | undefined, what: string])[]): string {
  return parts.flatMap(([count, what]) => (count ? [`${count} ${what}`] : [])).join(', ');
}

/** What came of one request, in words that say what it means for clients. */
export function outcomeText(kind: ObservedRequest['kind'], outcome: RequestOutcome): string {
  switch (outcome.kind) {
    case 'pending':
      return l10n.t('not answered yet');
    case 'answered':
      return kind === 'auth' ? l10n.t('answered') : l10n.t('refetched');
    case 'notFound':
      return l10n.t('not found: deleted for clients');
    case 'error':
      return l10n.t(
        '{0}: the cache is unchanged',
        outcome.message === '' ? outcome.code : `${outcome.code} “${outcome.message}”`,
      );
    case 'malformed':
      return l10n.t('not a RES response: the cache is unchanged');
    case 'granted':
      return l10n.t('access granted');
    case 'refused':
      return l10n.t('access refused: the client is unsubscribed');
    case 'noAnswer':
      return noAnswerText(kind, outcome.unsure);
    case 'unseen':
      return l10n.t('requested; the answer was not observed');
  }
}

function noAnswerText(kind: ObservedRequest['kind'], unsure: Unsure | undefined): string {
  const isAccess = kind === 'access';
  switch (unsure) {
    case 'hidden': {
      return isAccess
        ? l10n.t(
            "no answer seen: the service did not respond and the client is unsubscribed, or this account can't see the gateway's answers",
          )
        : l10n.t(
            "no answer seen: the service did not respond, or this account can't see the gateway's answers",
          );
    }
    case 'late':
      return l10n.t('answered late: the gateway may have given up by then');
    case undefined:
      return isAccess
        ? l10n.t('no answer in time: the client is unsubscribed')
        : l10n.t('no answer in time: the service is down or slow, and the cache is unchanged');
  }
}

/** The outcome in few words, problems first: "1 error, 3 refetched · 105 ms". */
export function shortOutcome(observation: Observation): string {
  const parts = outcomeParts(observation);
  if (parts.length === 0) return nothingHappened(observation);
  return `${parts.map(partText).join(', ')}${endText(observation)}`;
}

/** So many characters of an outcome are seen in a row of 300 pixels, beside the shortest label. */
const maxRowOutcome = 22;

/** The same for a narrow row: "4 refetched · 105 ms", "1 error, 3 refetched", "3 errors, 6 others", "1 late, …". */
export function rowOutcome(observation: Observation): string {
  const [worst, ...others] = outcomeParts(observation);
  if (!worst) return nothingHappened(observation);
  const [second] = others;
  const first = partText(worst);
  if (!second) {
    const bound = observation.tookMin === undefined ? [] : [endText({ ...observation, tookMin: 0 })];
    const whole = fitting([endText(observation), ...bound].map((end) => first + end));
    return whole ?? (observation.state === 'cutOff' ? `${first}, …` : first);
  }
  const rest = others.reduce((sum, [count]) => sum + count, 0);
  const long = others.length === 1 ? [`${first}, ${partText(second)}`] : [];
  const short = rest === 1 ? l10n.t('{0}, 1 other', first) : l10n.t('{0}, {1} others', first, rest);
  return fitting([...long, short]) ?? `${first}, …`;
}

/** The first of several ways to say it that is seen whole in a narrow row. */
function fitting(texts: readonly string[]): string | undefined {
  return texts.find((text) => Array.from(text).length <= maxRowOutcome);
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
    [errors, errors === 1 ? l10n.t('error') : l10n.t('errors')],
    [
      unanswered({ noAnswer: sum('noAnswer') }, { hidden: maybe('hidden'), late: maybe('late') }),
      l10n.t('no answer'),
    ],
    [maybe('hidden'), l10n.t('no answer seen')],
    [maybe('late'), l10n.t('late')],
    [sum('notFound'), l10n.t('not found')],
    [sum('refused'), l10n.t('refused')],
    [sum('answered', ['get']), l10n.t('refetched')],
    [sum('granted'), l10n.t('re-authorised')],
    [sum('answered', ['auth']), l10n.t('renewed')],
    [sum('unseen'), l10n.t('requested')],
    [sum('pending'), l10n.t('waiting')],
  ];
  return parts.filter(([count]) => count > 0);
}

function nothingHappened({ state, other }: Observation): string {
  if (state === 'denied') return l10n.t('no permission to observe');
  if (state === 'watching') return l10n.t('waiting…');
  return state === 'cutOff' || other > 0 ? l10n.t('no certain reaction seen') : l10n.t('no gateway reacted');
}

function endText({ state, answers, took, tookMin }: Observation): string {
  if (state === 'cutOff') return ` · ${l10n.t('stopped early')}`;
  return state === 'watching' || answers !== 'watched' ? '' : ` · ${boundedDurationText(took, tookMin)}`;
}
