/** A time in milliseconds that is known only between two bounds: `min` is missing where the time is known well enough. */
export interface Duration {
  /** How long it was; at most, where there is a `min`. */
  readonly max: number;
  readonly min?: number;
}

/** When something arrived: after `since`, and by `at`. */
export interface ArrivalTime {
  readonly since: number;
  readonly at: number;
}

/** Bounds that are closer than this, or than this share of the time, make no difference to a person. */
const close = 2;
const closeShare = 0.1;

/** How long it was from one arrival to another; undefined where it can have been any time. */
export function durationBetween(from: ArrivalTime, to: ArrivalTime): Duration | undefined {
  const max = Math.max(0, to.at - from.since);
  return Number.isFinite(max) ? durationWithin(to.since - from.at, max, to.at - from.at) : undefined;
}

/** A time between two bounds, as it is shown; `seen` is the best guess. */
export function durationWithin(min: number, max: number, seen = max): Duration {
  const isClose = max - Math.max(0, min) <= Math.max(close, max * closeShare);
  // Only what surely took less than a millisecond is shown so.
  if (isClose && (seen >= 1 || max < 1)) return { max: tenths(seen) };
  return { max: tenths(max), min: tenths(min) };
}

/** To a tenth of a millisecond: finer than that is noise, and makes long logs. */
function tenths(milliseconds: number): number {
  return Math.max(0, Math.round(milliseconds * 10) / 10);
}
