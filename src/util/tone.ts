/** How good it is what came of something, for its colour: `unknown` where it could not be seen. */
export type Tone = 'good' | 'warning' | 'bad' | 'pending' | 'unknown';

/** The order in which a person is to read: the worst comes first. */
export const toneRanks: Readonly<Record<Tone, number>> = {
  bad: 0,
  warning: 1,
  unknown: 2,
  pending: 3,
  good: 4,
};
