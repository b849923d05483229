import type { Subscription } from './subscription';

/** Somebody who waits until a resource and all that it refers to, at any depth, has been loaded. */
export interface Waiter {
  readonly seen: Set<Subscription>;
  open: number;
  readonly then: () => void;
}

/** Calls back when the subscription and all that it refers to has been loaded: at once if it has been. */
export function whenReady(subscription: Subscription, then: () => void): void {
  if (subscription.isReady) then();
  else wait(subscription, { seen: new Set(), open: 0, then });
}

/** Lets a waiter go on to what the subscription, which has now been loaded, refers to. */
export function followReferences(subscription: Subscription, waiter: Waiter): void {
  for (const target of subscription.references.targets()) {
    // Resources may refer to each other in a circle.
    if (!target.isReady && !waiter.seen.has(target)) wait(target, waiter);
  }
  waiter.open--;
  if (waiter.open === 0) waiter.then();
}

function wait(subscription: Subscription, waiter: Waiter): void {
  waiter.seen.add(subscription);
  waiter.open++;
  if (subscription.isLoading) subscription.waiters.push(waiter);
  else followReferences(subscription, waiter);
}
