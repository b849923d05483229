import { isTokenReset, subjectOf } from '../res/systemMessage';
import * as l10n from '../util/l10n';
import { problemText } from '../util/problem';
import type { Tone } from '../util/tone';
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
  if (count === 0) return sentence(observationSummary(observation));
  if (isTokenReset(message)) return sentence(observationSummary(observation));
  const { get } = observation.counts;
  const asked = Object.values(get).reduce((sum, one) => sum + one, 0);
  if (asked === 0 || observation.state === 'watching') return sentence(observationSummary(observation));
  const fresh = get.answered ?? 0;
  const unknown = get.unseen ?? 0;
  const failed = asked - fresh - unknown;
  const sentences = [
    ...(unknown === asked ? [] : [freshText(fresh, asked)]),
    ...(failed > 0 ? [failureText(observation, failed)] : []),
    ...(unknown > 0
      ? [
          unknown === asked
            ? asked === 1
              ? l10n.t('One resource was requested. The answer is unknown.')
              : l10n.t('{0} resources were requested. The answers are unknown.', asked)
            : unknown === 1
              ? l10n.t('The answer to 1 of them is unknown.')
              : l10n.t('The answers to {0} of them are unknown.', unknown),
        ]
      : []),
  ];
  return sentences.filter((text) => text !== '').join(' ');
}

function freshText(fresh: number, asked: number): string {
  if (fresh < asked)
    return fresh === 1
      ? l10n.t('1 of {0} was fetched again.', asked)
      : l10n.t('{0} of {1} were fetched again.', fresh, asked);
  if (asked === 1) return l10n.t('The one requested resource was fetched again.');
  return l10n.t('All {0} requested resources were fetched again.', asked);
}

/** What became of the worst of those that were not fetched again. */
function failureText({ requests }: Observation, failed: number): string {
  const worst = firstGet(requests, 'bad') ?? firstGet(requests, 'warning');
  if (!worst) return '';
  const more =
    failed === 2
      ? l10n.t('1 more is in the list below.')
      : l10n.t('{0} more are in the list below.', failed - 1);
  return `${worst.name}: ${outcomeText(worst.kind, worst.outcome)}.${failed > 1 ? ` ${more}` : ''}`;
}

function firstGet(requests: readonly ObservedRequest[], tone: Tone): ObservedRequest | undefined {
  return requests.find((request) => request.kind === 'get' && toneOf(request) === tone);
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
