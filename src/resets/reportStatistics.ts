import * as l10n from '../util/l10n';
import type { Tone } from '../util/tone';
import type { Duration } from './duration';
import { countRequests } from './observe/expectation';
import type { Observation } from './observe/observation';
import type { RequestTally } from './requestTally';

/** Answers that are too few to be drawn as a histogram. */
const fewAnswers = 20;
const bins = 12;

/** What the requests of an observation say together. */
interface Statistics {
  readonly totals: readonly { readonly tone: Tone; readonly text: string }[];
  /** Of the answers. */
  readonly times?: { readonly median: Duration; readonly p95: Duration; readonly slowest: Duration };
  /** Of all answers. */
  readonly bytes?: number;
  readonly histogram?: readonly { readonly upTo: number; readonly count: number }[];
}

/** Counts by outcome, and the times of the answers among the requests that are listed, of which the tally is. */
export function statisticsOf(observation: Observation, tally: RequestTally): Statistics {
  const unlisted = countRequests(observation) - tally.listed;
  const { bytes } = tally;
  return {
    totals: [
      ...tally.totals().map(({ tone, word, count }) => ({
        tone,
        text: `${count} ${count === 1 ? word.replace(l10n.t('errors'), l10n.t('error')) : word}`,
      })),
      ...(unlisted > 0 ? [{ tone: 'unknown' as const, text: l10n.t('{0} not listed', unlisted) }] : []),
    ],
    ...timesOf(tally),
    ...(bytes > 0 && { bytes }),
  };
}

function timesOf(tally: RequestTally): Pick<Statistics, 'times' | 'histogram'> {
  const [median, p95, slowest] = [tally.timeAt(0.5), tally.timeAt(0.95), tally.timeAt(1)];
  if (!median || !p95 || !slowest) return {};
  const exact = tally.exactTimes();
  return {
    times: { median, p95, slowest },
    ...(exact.length >= fewAnswers && { histogram: histogramOf(exact) }),
  };
}

/** `times` are sorted. */
function histogramOf(times: Float64Array): { upTo: number; count: number }[] {
  const width = Math.max(1, times.at(-1) ?? 1) / bins;
  const counts = Array.from({ length: bins }, (_, at) => ({ upTo: width * (at + 1), count: 0 }));
  for (const time of times) {
    const bin = counts[Math.min(bins - 1, Math.max(0, Math.ceil(time / width) - 1))];
    if (bin) bin.count++;
  }
  return counts;
}
