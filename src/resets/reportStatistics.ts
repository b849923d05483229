import * as l10n from '../util/l10n';
import { durationWithin, type Duration } from './duration';
import { countRequests } from './observe/expectation';
import type { Observation, ObservedRequest } from './observe/observation';
import { resultWord, toneOf, type Tone } from './report';

/** Answers that are too few to be drawn as a histogram. */
const fewAnswers = 20;
const bins = 12;

/** What the requests of an observation say together. */
export interface Statistics {
  readonly totals: readonly { readonly tone: Tone; readonly text: string }[];
  /** Of the answers. */
  readonly times?: { readonly median: Duration; readonly p95: Duration; readonly slowest: Duration };
  /** Of all answers. */
  readonly bytes?: number;
  readonly histogram?: readonly { readonly upTo: number; readonly count: number }[];
}

/** Counts by outcome, and the times of the answers among the requests that are listed. */
export function statisticsOf(observation: Observation): Statistics {
  const { requests } = observation;
  const unlisted = countRequests(observation) - requests.length;
  const bytes = requests.reduce((sum, request) => sum + (request.bytes ?? 0), 0);
  return {
    totals: [
      ...totalsOf(requests),
      ...(unlisted > 0 ? [{ tone: 'unknown' as const, text: l10n.t('{0} not listed', unlisted) }] : []),
    ],
    ...timesOf(requests),
    ...(bytes > 0 && { bytes }),
  };
}

function totalsOf(requests: readonly ObservedRequest[]): Statistics['totals'] {
  const byKind = {
    get: new Map<string, Total>(),
    access: new Map<string, Total>(),
    auth: new Map<string, Total>(),
  };
  for (const request of requests) {
    const groups = byKind[request.kind];
    const word = wordOf(request);
    const group = groups.get(word);
    if (group) group.count++;
    else groups.set(word, { tone: toneOf(request), word, count: 1 });
  }
  return [...byKind.get.values(), ...byKind.access.values(), ...byKind.auth.values()].map(
    ({ tone, word, count }) => ({
      tone,
      text: `${count} ${count === 1 ? word.replace(l10n.t('errors'), l10n.t('error')) : word}`,
    }),
  );
}

interface Total {
  readonly tone: Tone;
  readonly word: string;
  count: number;
}

function wordOf(request: ObservedRequest): string {
  const { kind, outcome } = request;
  const word = outcome.kind === 'error' ? l10n.t('errors') : resultWord(request);
  return kind === 'access' && outcome.kind !== 'granted' && outcome.kind !== 'refused'
    ? l10n.t('access {0}', word)
    : word;
}

function timesOf(requests: readonly ObservedRequest[]): Pick<Statistics, 'times' | 'histogram'> {
  const most: number[] = [];
  const least: number[] = [];
  // What is not known exactly can't be counted in one bar.
  const exact: number[] = [];
  for (const { took, tookMin } of requests) {
    if (took === undefined) continue;
    most.push(took);
    least.push(tookMin ?? took);
    if (tookMin === undefined) exact.push(took);
  }
  if (most.length === 0) return {};
  const [sortedMost, sortedLeast] = [sorted(most), sorted(least)];
  const timeAt = (share: number): Duration =>
    durationWithin(atShare(sortedLeast, share), atShare(sortedMost, share));
  return {
    times: { median: timeAt(0.5), p95: timeAt(0.95), slowest: timeAt(1) },
    ...(exact.length >= fewAnswers && { histogram: histogramOf(exact) }),
  };
}

/** As plain numbers, which are sorted many times faster than with a comparison: there can be very many. */
function sorted(values: readonly number[]): Float64Array {
  return Float64Array.from(values).sort();
}

function atShare(values: Float64Array, share: number): number {
  return values[Math.max(0, Math.ceil(values.length * share) - 1)] ?? 0;
}

function histogramOf(times: readonly number[]): { upTo: number; count: number }[] {
  const slowest = times.reduce((most, time) => Math.max(most, time), 1);
  const width = slowest / bins;
  const counts = Array.from({ length: bins }, (_, at) => ({ upTo: width * (at + 1), count: 0 }));
  for (const time of times) {
    const bin = counts[Math.min(bins - 1, Math.max(0, Math.ceil(time / width) - 1))];
    if (bin) bin.count++;
  }
  return counts;
}
