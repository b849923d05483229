import { shortenObservation } from '../resets/observe/outcomes';
import { observationOf, type ResetRecord } from '../resets/resetRecord';

/** So many requests of an observation are kept in full. */
const maxRequests = 200;

/** The record with at most so many requests in full, those first that went wrong; the counts stay whole. */
export function shortened(record: ResetRecord): ResetRecord {
  const { state } = record;
  const observation = observationOf(state);
  if (!observation || (state.kind !== 'published' && state.kind !== 'received')) return record;
  if (observation.requests.length <= maxRequests) return record;
  return { ...record, state: { ...state, observation: shortenObservation(observation, maxRequests) } };
}
