import type { ResetStore } from '../../../src/resets/recording';

/** A store that keeps nothing. */
export const keepsNothing: ResetStore = {
  put: () => undefined,
  show: () => undefined,
  written: () => Promise.resolve(),
};
