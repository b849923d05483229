import { toneRanks, type Tone } from '../../util/tone';
import type { Observation, ObservedRequest, RequestOutcome } from './observation';

/** How bad an outcome is, and the product icon of its row. */
interface OutcomeMark {
  readonly tone: Tone;
  readonly icon: string;
}

/**
 * The one table of what can come of a request: whatever shows or sorts outcomes goes by it. `bad`: the gateway's clients keep
 * what is stale, or a client lost its access for want of an answer. `warning`: the answer took something away from clients.
 */
const marks: Readonly<Record<RequestOutcome['kind'], OutcomeMark>> = {
  pending: { tone: 'pending', icon: 'sync~spin' },
  answered: { tone: 'good', icon: 'check' },
  notFound: { tone: 'warning', icon: 'trash' },
  error: { tone: 'bad', icon: 'error' },
  malformed: { tone: 'bad', icon: 'error' },
  granted: { tone: 'good', icon: 'check' },
  refused: { tone: 'warning', icon: 'lock' },
  noAnswer: { tone: 'bad', icon: 'error' },
  unseen: { tone: 'unknown', icon: 'question' },
};
/** There may have been an answer. */
const unsureMark: OutcomeMark = { tone: 'warning', icon: 'question' };

/** All kinds of outcome. */
export const outcomeKinds = Object.keys(marks) as readonly RequestOutcome['kind'][];

/** How bad what came of a request is, and its icon. */
export function markOf(outcome: RequestOutcome): OutcomeMark {
  return outcome.kind === 'noAnswer' && outcome.unsure ? unsureMark : marks[outcome.kind];
}

/** How a request ended, for its colour. */
export function toneOf({ outcome }: Pick<ObservedRequest, 'outcome'>): Tone {
  return markOf(outcome).tone;
}

/** As bad as the worst that was seen; good only where all was seen, and there was something to see. */
export function toneOfObservation(observation: Observation): Tone {
  const { state, answers } = observation;
  const counts = countTones(observation);
  if (counts.bad > 0) return 'bad';
  if (counts.warning > 0) return 'warning';
  if (state === 'watching') return 'pending';
  const isAllSeen = state === 'complete' && answers === 'watched' && counts.unknown + counts.pending === 0;
  return isAllSeen && counts.good > 0 ? 'good' : 'unknown';
}

function countTones({ counts, unsure = {} }: Observation): Record<Tone, number> {
  const tones: Record<Tone, number> = { good: 0, warning: 0, bad: 0, pending: 0, unknown: 0 };
  for (const ofKind of Object.values(counts))
    for (const kind of outcomeKinds) tones[marks[kind].tone] += ofKind[kind] ?? 0;
  for (const { hidden = 0, late = 0 } of Object.values(unsure)) {
    tones[marks.noAnswer.tone] -= hidden + late;
    tones[unsureMark.tone] += hidden + late;
  }
  return tones;
}

/** The requests with those first that went wrong. */
export function worstFirst(requests: readonly ObservedRequest[]): ObservedRequest[] {
  return [...requests].sort((a, b) => toneRanks[toneOf(a)] - toneRanks[toneOf(b)]);
}

/** The observation with at most `max` requests in full, those that went wrong first. */
export function shortenObservation(observation: Observation, max: number): Observation {
  if (observation.requests.length <= max) return observation;
  return { ...observation, requests: worstFirst(observation.requests).slice(0, max) };
}
