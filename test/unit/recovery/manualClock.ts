import type { Schedule } from '../../../src/recovery/gather';

/** A clock that a test moves on. */
export function manualClock(): {
  readonly schedule: Schedule;
  readonly now: () => number;
  readonly advance: (ms: number) => void;
} {
  let time = 0;
  const timers = new Set<{ readonly at: number; readonly run: () => void }>();
  return {
    schedule: (ms, run) => {
      const timer = { at: time + ms, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    now: () => time,
    advance: (ms) => {
      const end = time + ms;
      for (;;) {
        const [next] = [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (!next) break;
        time = next.at;
        timers.delete(next);
        next.run();
      }
      time = end;
    },
  };
}
