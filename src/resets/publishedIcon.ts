import { countRequests } from './observe/expectation';
import type { Observation } from './observe/observation';

/**
 * The icon of a reset that was published: a check only where gateways were seen to react, or nobody looked, and none was
 * left with what it had as far as can be seen.
 */
export function publishedIcon(observation: Observation | undefined): 'check' | 'warning' | 'circle-outline' {
  if (!observation) return 'check';
  const wentWrong = Object.values(observation.counts).some(
    ({ error = 0, malformed = 0, noAnswer = 0 }) => error + malformed + noAnswer > 0,
  );
  if (wentWrong) return 'warning';
  return countRequests(observation) > 0 ? 'check' : 'circle-outline';
}
