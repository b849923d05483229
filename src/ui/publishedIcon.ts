import type { Observation } from '../reset/observation';

/** The icon of a reset that was published: a check only as long as no gateway was left with what it had. */
export function publishedIcon(observation: Observation | undefined): 'check' | 'warning' {
  const counts = Object.values(observation?.counts ?? {});
  const wentWrong = counts.some(
    ({ error = 0, malformed = 0, noAnswer = 0 }) => error + malformed + noAnswer > 0,
  );
  return wentWrong ? 'warning' : 'check';
}
