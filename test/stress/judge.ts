import { isDeepStrictEqual } from 'node:util';
import type { Observation, ObservedRequest } from '../../src/resets/observe/observation';
import { isSettled, type ResetRecord } from '../../src/resets/resetRecord';
import { problemText } from '../../src/util/problem';
import { type Behaviour, type Denial } from './plan';
import { behaviourOf } from './stressService';
import type { SeenRequest, Sighting } from './witness';

/** What is known of a reset for certain. */
export interface Truth {
  /** How often the server received it, and did not deny it. */
  readonly accepted: number;
  readonly denied: number;
  readonly sighting: Sighting;
  /** What the server did not allow, at some time from its request to its end. */
  readonly denials: ReadonlySet<Denial>;
  /** Whether the bus itself was slow meanwhile, so that what a gateway asked may not have been on its way in time. */
  readonly wasSlow: boolean;
  /** How long the gateway waits for an answer. */
  readonly requestTimeout: number;
}

/** What was told of a reset. */
export interface Told {
  /** The last record, in the window that sent it. */
  readonly last: ResetRecord | undefined;
  /** The records of it that a new window finds in the history. */
  readonly kept: readonly ResetRecord[];
}

/** What is wrong with what was told. */
export interface Finding {
  readonly kind: 'untrue' | 'lost' | 'doubled' | 'open';
  readonly what: string;
}

/** What a gateway did after more than this many milliseconds may be missed: the product, and the machine, were slow. */
const certainly = 500;

/** Holds what was told of a reset against what is known of it. */
export function judge(told: Told, truth: Truth): Finding[] {
  const findings: Finding[] = [];
  const { accepted, sighting } = truth;
  if (accepted > 1 || sighting.at.length > 1) {
    findings.push({
      kind: 'doubled',
      what: `the server received it ${Math.max(accepted, sighting.at.length)} times`,
    });
  }
  if (told.kept.length > 1)
    findings.push({ kind: 'doubled', what: `the history holds ${told.kept.length} records` });
  if (told.kept.length === 0) {
    if (accepted > 0 || told.last) findings.push({ kind: 'lost', what: 'the history holds no record' });
  }
  for (const record of told.kept) {
    const last = told.last?.state;
    if (last && isSettled(last) && !isDeepStrictEqual(record.state, last)) {
      const [kept, shown] = [record.state, last].map((state) => JSON.stringify(state));
      findings.push({ kind: 'untrue', what: `the history says ${kept}, its window ${shown}` });
    }
    findings.push(...judgeState(record, truth));
  }
  return findings;
}

function judgeState({ state }: ResetRecord, truth: Truth): Finding[] {
  switch (state.kind) {
    case 'requested':
    case 'sending':
      return [{ kind: 'open', what: state.kind }];
    case 'received':
      return untrue('it was sent from here, and is told as received');
    case 'rejected':
      return truth.accepted > 0 ? untrue('it is told as rejected, and the server took it') : [];
    case 'failed': {
      const text = problemText(state.problem);
      // Every other failure says that it did not come so far.
      if (/unknown whether/.test(text) || truth.accepted === 0) return [];
      return untrue(`it is told as not sent, and the server took it: ${text}`);
    }
    case 'published': {
      if (truth.accepted === 0) return untrue('it is told as published, and the server did not take it');
      return state.observation ? judgeObservation(state.observation, truth) : [];
    }
  }
}

function judgeObservation(observation: Observation, truth: Truth): Finding[] {
  const { state, answers, requests } = observation;
  if (state === 'watching') return [{ kind: 'open', what: 'the observation is not over' }];
  const findings: Finding[] = [];
  if (state === 'denied' && !truth.denials.has('requests'))
    findings.push(...untrue('requests are told as denied, and were not'));
  if (answers === 'denied' && !truth.denials.has('answers'))
    findings.push(...untrue('answers are told as denied, and were not'));
  const left = [...truth.sighting.requests];
  for (const request of requests) {
    const at = left.findIndex(({ kind, name }) => kind === request.kind && name === request.name);
    const seen = left.splice(at, at < 0 ? 0 : 1)[0];
    if (!seen || at < 0)
      findings.push(...untrue(`${request.kind} ${request.name} is told, and was not asked for`));
    else findings.push(...judgeRequest(request, seen, state, truth.requestTimeout));
  }
  if (state !== 'complete' || truth.wasSlow) return findings;
  const began = truth.sighting.at[0] ?? 0;
  const missing = left.filter(({ at }) => at - began < certainly);
  // What a client can have caused is counted, and not named.
  if (missing.length > observation.other) {
    const names = missing.map(({ kind, name }) => `${kind} ${name}`).join(', ');
    findings.push(...untrue(`${names}: asked for, and missing from what is told as complete`));
  }
  return findings;
}

function judgeRequest(
  { kind, name, outcome }: ObservedRequest,
  { at, answer }: SeenRequest,
  state: Observation['state'],
  requestTimeout: number,
): Finding[] {
  const took = answer && answer.at - at;
  const what = `${kind} ${name} is told as ${outcome.kind}`;
  switch (outcome.kind) {
    case 'pending':
      return state === 'complete' ? untrue(`${what} at the end`) : [];
    case 'unseen':
      return [];
    case 'noAnswer':
      // Nobody could tell from there whether it was in time, and none says so.
      if (outcome.unsure === 'late' && took !== undefined) return [];
      return took !== undefined && took < requestTimeout - certainly
        ? untrue(`${what}, and was answered after ${Math.round(took)} ms`)
        : [];
    default:
      if (outcome.kind !== answer?.kind)
        return untrue(`${what}, and the answer was ${answer?.kind ?? 'none'}`);
      return outcome.kind === expected(kind, behaviourOf(name))
        ? []
        : untrue(`${what}, and the service did otherwise`);
  }
}

function expected(kind: ObservedRequest['kind'], behaviour: Behaviour): string {
  if (kind === 'access') return behaviour === 'refuses' ? 'refused' : 'granted';
  if (behaviour === 'deleted') return 'notFound';
  return behaviour === 'broken' ? 'error' : 'answered';
}

function untrue(what: string): Finding[] {
  return [{ kind: 'untrue', what }];
}
