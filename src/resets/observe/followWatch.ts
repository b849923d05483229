import type { LinkPulse } from './linkPulse';
import type { CutOffReason, Observation } from './observation';
import type { ResetWatch } from './resetWatch';

/** How often progress is reported, in milliseconds. */
const progressTime = 150;

/** Keeps looking at a watch until it is over. */
export interface Following {
  /** The link ended, and what comes until there is another one is not seen; or nobody listens any more. */
  readonly cutOff: (why?: CutOffReason) => void;
  /** Ends it, over or not. */
  readonly end: () => void;
}

/** Proves to the watch that the link is alive; reports what is known now and then, and the end. */
export function followWatch(
  watch: ResetWatch,
  pulse: LinkPulse,
  report: {
    readonly onProgress?: (observation: Observation) => void;
    readonly onEnd: (observation: Observation) => void;
  },
): Following {
  let reportedAt = performance.now();
  let isOver = false;
  let cutOffBy: CutOffReason | undefined;
  const end = (): void => {
    if (isOver) return;
    isOver = true;
    beating.dispose();
    const observation = watch.observation();
    report.onEnd({ ...observation, ...(observation.state === 'cutOff' && cutOffBy && { cutOffBy }) });
  };
  const cutOff = (why?: CutOffReason): void => {
    watch.cutOff();
    if (!watch.isOver) return;
    cutOffBy = why;
    end();
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
    if (!report.onProgress || performance.now() - reportedAt < progressTime) return;
    reportedAt = performance.now();
    report.onProgress(watch.observation());
  });
  return { cutOff, end };
}
