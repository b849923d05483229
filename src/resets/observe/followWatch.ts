import type { LinkPulse } from './linkPulse';
import type { Observation } from './observation';
import type { ResetWatch } from './resetWatch';

/** How often progress is told, in milliseconds. */
const progressTime = 150;

/** Keeps looking at a watch until it is over. */
export interface Following {
  /** The link was lost: what comes until there is another one is not seen. */
  readonly cutOff: () => void;
  /** Ends it, over or not. */
  readonly end: () => void;
}

/** Tells the watch that the link is alive, tells what is known now and then, and at last that it is over. */
export function followWatch(
  watch: ResetWatch,
  pulse: LinkPulse,
  told: {
    readonly onProgress?: (observation: Observation) => void;
    readonly onEnd: (observation: Observation) => void;
  },
): Following {
  let toldAt = performance.now();
  let isOver = false;
  const end = (): void => {
    if (isOver) return;
    isOver = true;
    beating.dispose();
    told.onEnd(watch.observation());
  };
  const cutOff = (): void => {
    watch.cutOff();
    if (watch.isOver) end();
  };
  const beating = pulse.listen((roundTrip) => {
    if (!roundTrip) {
      cutOff();
      return;
    }
    watch.prove(roundTrip);
    if (watch.isOver) {
      end();
      return;
    }
    if (!told.onProgress || performance.now() - toldAt < progressTime) return;
    toldAt = performance.now();
    told.onProgress(watch.observation());
  });
  return { cutOff, end };
}
