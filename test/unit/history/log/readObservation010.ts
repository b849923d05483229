// How windows of version 0.1.0 read an observation: kept as it was, so that they can read what later ones write.
import type {
  Observation,
  ObservedRequest,
  OutcomeCounts,
  RequestOutcome,
} from '../../../../src/resets/observe/observation';
import { isObject } from '../../../../src/history/log/isObject';

const states: readonly Observation['state'][] = ['complete', 'cutOff', 'denied'];
const answers: readonly Observation['answers'][] = ['watched', 'off', 'denied'];
const kinds: readonly ObservedRequest['kind'][] = ['get', 'access', 'auth'];
type PlainOutcome = Exclude<RequestOutcome['kind'], 'error'>;
const plainOutcomes: readonly PlainOutcome[] = [
  'pending',
  'answered',
  'notFound',
  'malformed',
  'granted',
  'refused',
  'noAnswer',
  'unseen',
];

/** The observation that a stored value is; none if it isn't one. Unknown fields are dropped. */
export function readObservation(value: unknown): Observation | undefined {
  if (!isObject(value) || !isObject(value.counts) || !Array.isArray(value.requests)) return undefined;
  const { other, gateways, took } = value;
  const state = oneOf(states, value.state);
  const watched = oneOf(answers, value.answers);
  if (!state || !watched) return undefined;
  if (!isCount(other) || !isCount(gateways) || !isCount(took)) return undefined;
  const { get, access, auth } = value.counts;
  return {
    state,
    answers: watched,
    counts: { get: readCounts(get), access: readCounts(access), auth: readCounts(auth) },
    requests: value.requests.map(readRequest).filter((request) => request !== undefined),
    other,
    gateways,
    took,
  };
}

function readCounts(value: unknown): OutcomeCounts {
  if (!isObject(value)) return {};
  const counts: OutcomeCounts = {};
  for (const kind of [...plainOutcomes, 'error'] as const) {
    const count = value[kind];
    if (isCount(count)) counts[kind] = count;
  }
  return counts;
}

function readRequest(value: unknown): ObservedRequest | undefined {
  if (!isObject(value)) return undefined;
  const { name, query, gateway, client, took } = value;
  const kind = oneOf(kinds, value.kind);
  const outcome = readOutcome(value.outcome);
  if (!kind || typeof name !== 'string' || !isCount(gateway) || !outcome) return undefined;
  return {
    kind,
    name,
    ...(typeof query === 'string' && { query }),
    gateway,
    ...(isCount(client) && { client }),
    outcome,
    ...(isCount(took) && { took }),
  };
}

function readOutcome(value: unknown): RequestOutcome | undefined {
  if (!isObject(value)) return undefined;
  const { kind, code, message } = value;
  if (kind === 'error') {
    return typeof code === 'string' && typeof message === 'string' ? { kind, code, message } : undefined;
  }
  const plain = oneOf(plainOutcomes, kind);
  return plain && { kind: plain };
}

function oneOf<T>(known: readonly T[], value: unknown): T | undefined {
  return known.find((each) => each === value);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0;
}
