import { minimalCover, covers } from '../res/pattern';
import { isTokenReset, type SystemMessage } from '../res/systemMessage';
import type { Observation } from './observation';
import { observationOf, type ResetRecord } from './resetRecord';

/** How many requests a reset will probably make the gateways send, and how that is known. */
export interface Expectation {
  readonly count: number;
  readonly source: 'observation' | 'knownNames';
}

/**
 * What is to be expected of a message on a connection: what the newest observed reset showed that reaches no further,
 * or how many names are known that it matches, whichever is more. Records come newest first.
 */
export function expectedRequests(
  message: SystemMessage,
  connection: string,
  records: readonly ResetRecord[],
  countKnown: (pattern: string) => number,
): Expectation {
  if (isTokenReset(message)) return { count: 0, source: 'knownNames' };
  const { resources = [], access = [] } = message;
  const patterns = minimalCover([...resources, ...access]);
  const known = patterns.reduce((sum, pattern) => sum + countKnown(pattern), 0);
  const seen = records.find(
    (record) =>
      record.connection === connection &&
      record.leftOut === undefined &&
      isWithin(record.message, message) &&
      wasSeen(record),
  );
  const observation = seen && observationOf(seen.state);
  const count = observation ? countRequests(observation) : 0;
  return count >= known ? { count, source: 'observation' } : { count: known, source: 'knownNames' };
}

/** All requests that an observation counts. */
export function countRequests({ counts }: Observation): number {
  const all = Object.values(counts).flatMap((count) => Object.values(count));
  return all.reduce((sum, count) => sum + count, 0);
}

function wasSeen({ state }: ResetRecord): boolean {
  const observation = observationOf(state);
  return observation !== undefined && observation.state !== 'denied';
}

/** Whether the wide message makes gateways ask for all that the narrow one did. */
function isWithin(narrow: SystemMessage, wide: SystemMessage): boolean {
  if (isTokenReset(narrow) || isTokenReset(wide)) return false;
  return (['resources', 'access'] as const).every((list) =>
    (narrow[list] ?? []).every((pattern) => (wide[list] ?? []).some((other) => covers(other, pattern))),
  );
}
