/** Resolves when the promise has settled, the time is over or the signal comes, whichever is first. */
export function waitFor(promise: Promise<unknown>, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', settle);
      resolve();
    };
    const timer = ms === Infinity ? undefined : setTimeout(settle, ms);
    if (signal.aborted) settle();
    else signal.addEventListener('abort', settle);
    promise.then(settle, settle);
  });
}

/** Resolves after so many milliseconds, or when the signal comes. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return waitFor(new Promise(() => undefined), ms, signal);
}
