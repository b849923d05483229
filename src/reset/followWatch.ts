import type { Observation } from './observation';
import type { ResetWatch } from './resetWatch';

/** How often progress is told, in milliseconds. */
const progressTime = 150;
/** It waits for so long at least, in milliseconds: what is due may have arrived, and not be told yet. */
const shortestPause = 5;

/** Keeps looking at a watch until it is over. */
export interface Following {
  /** Looks now. */
  readonly look: () => void;
  /** Ends it, over or not. */
  readonly end: () => void;
}

/** Looks at the watch whenever something can be due, tells what is known now and then, and at last that it is over. */
export function followWatch(
  watch: ResetWatch,
  told: {
    readonly onProgress?: (observation: Observation) => void;
    readonly onEnd: (observation: Observation) => void;
    /** Until when the watch was told of all that came; in milliseconds. */
    readonly now: () => number;
  },
): Following {
  let timer: NodeJS.Timeout | undefined;
  let toldAt = told.now();
  let isOver = false;
  const end = (): void => {
    if (isOver) return;
    isOver = true;
    clearTimeout(timer);
    told.onEnd(watch.observation());
  };
  const look = (): void => {
    if (isOver) return;
    const now = told.now();
    const next = watch.check(now);
    if (next === undefined) {
      end();
      return;
    }
    if (told.onProgress && now - toldAt >= progressTime) {
      toldAt = now;
      told.onProgress(watch.observation());
    }
    clearTimeout(timer);
    timer = setTimeout(look, Math.max(shortestPause, Math.min(next - now, progressTime)));
  };
  return { look, end };
}
