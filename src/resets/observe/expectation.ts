import { minimalCover } from '../../res/pattern';
import { PatternTree } from '../../res/patternTree';
import type { ResetMessage } from '../../res/resetMessage';
import { isTokenReset, type SystemMessage } from '../../res/systemMessage';
import type { Observation } from './observation';
import { isSameConnection, type ConnectionKey } from '../connections';
import { connectionOf, observationOf, type ResetRecord } from '../resetRecord';

/** How many requests a reset will probably make the gateways send, and how that is known. */
export interface Expectation {
  readonly count: number;
  readonly source: 'observation' | 'knownNames';
}

/**
 * How many requests a message is expected to cause on a connection: as many as the newest observed reset caused that
 * covers no more than it, or as many as there are known names that it matches, whichever is more. Records are newest first.
 */
export function expectedRequests(
  message: SystemMessage,
  connection: ConnectionKey,
  records: readonly ResetRecord[],
  countKnown: (pattern: string) => number,
): Expectation {
  if (isTokenReset(message)) return { count: 0, source: 'knownNames' };
  const { resources = [], access = [] } = message;
  const patterns = minimalCover([...resources, ...access]);
  const known = patterns.reduce((sum, pattern) => sum + countKnown(pattern), 0);
  const reachesAll = reachOf(message);
  const seen = records.find(
    (record) =>
      isSameConnection(connectionOf(record), connection) &&
      record.leftOut === undefined &&
      reachesAll(record.message) &&
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

/** Tells whether the message makes gateways ask for all that another one did. */
function reachOf(message: ResetMessage): (narrow: SystemMessage) => boolean {
  const lists = (['resources', 'access'] as const).map(
    (list) => [list, new PatternTree(message[list] ?? [])] as const,
  );
  return (narrow) =>
    !isTokenReset(narrow) &&
    lists.every(([list, wide]) =>
      (narrow[list] ?? []).every((pattern) => wide.countCovering(pattern, 1) > 0),
    );
}
