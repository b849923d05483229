import {
  cutOffReasons,
  requestKinds,
  unsureReasons,
  type Observation,
  type ObservedRequest,
  type OutcomeCounts,
  type RequestKind,
  type RequestOutcome,
  type UnsureCounts,
} from '../../resets/observe/observation';
import { outcomeKinds } from '../../resets/observe/outcomes';
import { isObject } from './isObject';

const states: readonly Observation['state'][] = ['complete', 'cutOff', 'denied'];
const answers: readonly Observation['answers'][] = ['watched', 'off', 'denied'];

/**
 * The observation that a stored value is; none if it isn't one. Unknown fields are dropped, and requests with an unknown
 * outcome: what is new of an outcome is a field of its own, so that older versions show the request all the same.
 */
export function readObservation(value: unknown): Observation | undefined {
  if (!isObject(value) || !isObject(value.counts) || !Array.isArray(value.requests)) return undefined;
  const { other, gateways, took, tookMin } = value;
  const state = oneOf(states, value.state);
  const watched = oneOf(answers, value.answers);
  if (!state || !watched) return undefined;
  if (!isCount(other) || !isCount(gateways) || !isCount(took)) return undefined;
  const { get, access, auth } = value.counts;
  const cutOffBy = oneOf(cutOffReasons, value.cutOffBy);
  return {
    state,
    ...(cutOffBy && { cutOffBy }),
    answers: watched,
    counts: { get: readCounts(get), access: readCounts(access), auth: readCounts(auth) },
    ...readUnsure(value.unsure),
    requests: value.requests.map(readRequest).filter((request) => request !== undefined),
    other,
    gateways,
    took,
    ...(isCount(tookMin) && { tookMin }),
  };
}

function readCounts(value: unknown): OutcomeCounts {
  if (!isObject(value)) return {};
  const counts: OutcomeCounts = {};
  for (const kind of outcomeKinds) {
    const count = value[kind];
    if (isCount(count)) counts[kind] = count;
  }
  return counts;
}

function readUnsure(value: unknown): Pick<Observation, 'unsure'> {
  if (!isObject(value)) return {};
  const unsure: Partial<Record<RequestKind, UnsureCounts>> = {};
  for (const kind of requestKinds) {
    const ofKind = value[kind];
    if (!isObject(ofKind)) continue;
    const counts: UnsureCounts = {};
    for (const reason of unsureReasons) {
      const count = ofKind[reason];
      if (isCount(count)) counts[reason] = count;
    }
    unsure[kind] = counts;
  }
  return { unsure };
}

function readRequest(value: unknown): ObservedRequest | undefined {
  if (!isObject(value)) return undefined;
  const { name, query, gateway, client, at, atMin, took, tookMin, bytes } = value;
  const kind = oneOf(requestKinds, value.kind);
  const outcome = readOutcome(value.outcome);
  if (!kind || typeof name !== 'string' || !isCount(gateway) || !outcome) return undefined;
  return {
    kind,
    name,
    ...(typeof query === 'string' && { query }),
    gateway,
    ...(isCount(client) && { client }),
    outcome,
    ...(isCount(at) && { at }),
    ...(isCount(atMin) && { atMin }),
    ...(isCount(took) && { took }),
    ...(isCount(tookMin) && { tookMin }),
    ...(isCount(bytes) && { bytes }),
  };
}

function readOutcome(value: unknown): RequestOutcome | undefined {
  if (!isObject(value)) return undefined;
  const { code, message } = value;
  const kind = oneOf(outcomeKinds, value.kind);
  if (kind === undefined) return undefined;
  if (kind === 'error')
    return typeof code === 'string' && typeof message === 'string' ? { kind, code, message } : undefined;
  if (kind !== 'noAnswer') return { kind };
  const unsure = oneOf(unsureReasons, value.unsure);
  return { kind, ...(unsure && { unsure }) };
}

function oneOf<T>(known: readonly T[], value: unknown): T | undefined {
  return known.find((each) => each === value);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0;
}
