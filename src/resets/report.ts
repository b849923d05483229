import { isTokenReset, subjectOf } from '../res/systemMessage';
import * as l10n from '../util/l10n';
import { problemText } from '../util/problem';
import { toneRanks, type Tone } from '../util/tone';
import { countRequests } from './observe/expectation';
import type { Observation, ObservedRequest } from './observe/observation';
import { observationSummary, outcomeText } from './observe/observationText';
import { toneOf } from './observe/outcomes';
import { observationOf, type ResetRecord } from './resetRecord';
import { stateWord } from './resetText';
import { toneOfState } from './resetTone';

/** What came of a request in a word or two. */
export function resultWord({ kind, outcome }: Pick<ObservedRequest, 'kind' | 'outcome'>): string {
  switch (outcome.kind) {
    case 'pending':
      return l10n.t('waiting');
    case 'answered':
      return kind === 'auth' ? l10n.t('answered') : l10n.t('refetched');
    case 'notFound':
      return l10n.t('not found');
    case 'error':
      return outcome.code;
    case 'malformed':
      return l10n.t('invalid answer');
    case 'granted':
      return l10n.t('granted');
    case 'refused':
      return l10n.t('refused');
    case 'noAnswer':
      if (outcome.unsure === undefined) return l10n.t('no answer');
      return outcome.unsure === 'late' ? l10n.t('late answer') : l10n.t('no answer seen');
    case 'unseen':
      return l10n.t('not observed');
  }
}

/** What was seen, and no more, in a sentence or two. */
export function summaryOf(record: ResetRecord): string {
  const { state, message } = record;
  const observation = observationOf(state);
  if (state.kind === 'rejected' || state.kind === 'failed') return problemText(state.problem);
  if (state.kind === 'requested' || state.kind === 'sending')
    return l10n.t('Waiting for the server’s confirmation.');
  if (!observation || observation.state === 'denied')
    return l10n.t('The reset reached the server. What the gateways did is unknown.');
  const count = countRequests(observation);
  if (count === 0 || isTokenReset(message)) return sentence(observationSummary(observation));
  if (observation.state === 'watching' || countGets(observation).asked === 0)
    return sentence(observationSummary(observation));
  // What is not listed has no name, so that only requests can be counted.
  const isListed = count === observation.requests.length;
  const counts = isListed ? countResources(observation) : countGets(observation);
  const { asked, fresh, unknown } = counts;
  const failed = asked - fresh - unknown;
  if (unknown === asked) return isListed ? unknownResources(asked) : unknownRequests(asked);
  return [
    isListed ? freshResources(fresh, asked) : freshRequests(fresh, asked),
    failed > 0 ? failureText(observation, failed) : '',
    unknown === 0
      ? ''
      : unknown === 1
        ? l10n.t('The answer to 1 of them is unknown.')
        : l10n.t('The answers to {0} of them are unknown.', unknown),
  ]
    .filter((text) => text !== '')
    .join(' ');
}

/** How many were asked for, were surely fetched again, and of how many that is not known. */
interface FreshCounts {
  readonly asked: number;
  readonly fresh: number;
  readonly unknown: number;
}

function countGets({ counts: { get }, unsure }: Observation): FreshCounts {
  const asked = Object.values(get).reduce((sum, one) => sum + one, 0);
  const { hidden = 0, late = 0 } = unsure?.get ?? {};
  return { asked, fresh: get.answered ?? 0, unknown: (get.unseen ?? 0) + hidden + late };
}

/** A resource is as fresh as the worst of what gateways and queries asked of it. */
function countResources({ requests }: Observation): FreshCounts {
  const worst = new Map<string, Tone>();
  for (const request of requests) {
    if (request.kind !== 'get') continue;
    const [before, tone] = [worst.get(request.name), isUnsure(request) ? 'unknown' : toneOf(request)];
    if (before === undefined || toneRanks[tone] < toneRanks[before]) worst.set(request.name, tone);
  }
  const tones = [...worst.values()];
  const count = (tone: Tone): number => tones.filter((one) => one === tone).length;
  return { asked: tones.length, fresh: count('good'), unknown: count('unknown') };
}

/** Whether an answer was not seen that may well have come. */
function isUnsure({ outcome }: ObservedRequest): boolean {
  return outcome.kind === 'noAnswer' && outcome.unsure !== undefined;
}

function freshResources(fresh: number, asked: number): string {
  if (fresh < asked)
    return fresh === 1
      ? l10n.t('1 of {0} was fetched again.', asked)
      : l10n.t('{0} of {1} were fetched again.', fresh, asked);
  if (asked === 1) return l10n.t('The one requested resource was fetched again.');
  return l10n.t('All {0} requested resources were fetched again.', asked);
}

function freshRequests(fresh: number, asked: number): string {
  if (asked === 1 && fresh === 1) return l10n.t('The one get request was answered with the resource.');
  return fresh < asked
    ? l10n.t('{0} of {1} get requests were answered with the resource.', fresh, asked)
    : l10n.t('All {0} get requests were answered with the resource.', asked);
}

function unknownResources(asked: number): string {
  return asked === 1
    ? l10n.t('One resource was requested. The answer is unknown.')
    : l10n.t('{0} resources were requested. The answers are unknown.', asked);
}

function unknownRequests(asked: number): string {
  if (asked === 1) return l10n.t('One get request was sent. The answer is unknown.');
  return l10n.t('{0} get requests were sent. The answers are unknown.', asked);
}

/** What became of the worst of those that were not fetched again. */
function failureText({ requests }: Observation, failed: number): string {
  const listed = requests.filter((request) => request.kind === 'get' && hasFailed(request));
  const worst = listed.find((request) => toneOf(request) === 'bad') ?? listed[0];
  if (!worst) return '';
  const text = `${worst.name}: ${outcomeText(worst.kind, worst.outcome)}.`;
  if (failed === 1 || failed > listed.length) return text;
  const more =
    failed === 2
      ? l10n.t('1 more is in the list below.')
      : l10n.t('{0} more are in the list below.', failed - 1);
  return `${text} ${more}`;
}

function hasFailed(request: ObservedRequest): boolean {
  const tone = toneOf(request);
  return (tone === 'bad' || tone === 'warning') && !isUnsure(request);
}

/** The state in words, for a badge; its colour says whether the reset was sent, and nothing of what came of it. */
export function stateBadge({ state }: ResetRecord): { tone: Tone; word: string } {
  const isSettled = state.kind === 'published' || state.kind === 'received';
  return { tone: isSettled ? 'unknown' : toneOfState(state), word: capitalised(stateWord(state)) };
}

/** Subject and message, as they were sent. */
export function sentText({ message }: ResetRecord): string {
  return `${subjectOf(message)} ${JSON.stringify(message)}`;
}

function sentence(text: string): string {
  return `${capitalised(text)}.`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
