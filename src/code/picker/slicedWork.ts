/** The longest that work goes on without a rest, in milliseconds. */
const maxSlice = 5;

/** Work that is under way. */
export interface SlicedWork {
  /** Ends it: nothing more is reported. */
  readonly cancel: () => void;
  /** Resolves when it is done or was cancelled. */
  readonly done: Promise<void>;
}

/**
 * Does work that can rest between its steps, leaving room for others now and then. What is short is done before this
 * returns. `onStep` gets what the last step before a rest yielded, where it yielded anything; `onDone` the result.
 */
export function workInSlices<Step, Outcome>(
  work: Generator<Step | undefined, Outcome>,
  report: { readonly onStep: (step: Step) => void; readonly onDone: (outcome: Outcome) => void },
): SlicedWork {
  let isCancelled = false;
  let resolveDone = (): void => undefined;
  const done = new Promise<void>((resolve) => {
    resolveDone = resolve;
  });
  let unreported: Step | undefined;
  let hasRested = false;
  const slice = (): void => {
    if (isCancelled) return;
    const started = performance.now();
    do {
      const next = work.next();
      if (next.done === true) {
        report.onDone(next.value);
        resolveDone();
        return;
      }
      unreported = next.value ?? unreported;
      // Short work reports once, at its end. Longer work reports what it has as soon as there is something.
    } while (performance.now() - started < maxSlice && !(hasRested && unreported !== undefined));
    hasRested = true;
    if (unreported !== undefined) report.onStep(unreported);
    unreported = undefined;
    setImmediate(slice);
  };
  slice();
  return {
    cancel: () => {
      isCancelled = true;
      resolveDone();
    },
    done,
  };
}
