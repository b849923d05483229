import type { Subscription } from './subscription';

/**
 * Disposes of what a client holds no more, now that one hold on `root` is gone: `root` itself and all that is held
 * through it alone. What stays only for the sake of a resource that the client has not got yet counts as not sent,
 * since the client has let go of it.
 */
export function letGo(root: Subscription): void {
  const candidates = new Set<Subscription>();
  const open = [root];
  for (let next = open.pop(); next; next = open.pop()) {
    if (next.direct > 0 || candidates.has(next)) continue;
    candidates.add(next);
    for (const target of next.references.targets()) open.push(target);
  }

  const kept = spread(candidates, () => true);
  const known = spread(candidates, (holder) => holder.isSent);
  for (const subscription of candidates) {
    if (!kept.has(subscription)) subscription.dispose();
    else if (!known.has(subscription)) subscription.unsend();
  }
}

/** The candidates that are held from outside, or through candidates that are, by holders that count. */
function spread(
  candidates: ReadonlySet<Subscription>,
  counts: (holder: Subscription) => boolean,
): Set<Subscription> {
  const reached = new Set<Subscription>();
  const open: Subscription[] = [];
  for (const candidate of candidates) {
    for (const holder of candidate.holders) {
      if (!candidates.has(holder) && counts(holder)) {
        open.push(candidate);
        break;
      }
    }
  }
  for (let next = open.pop(); next; next = open.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    if (!counts(next)) continue;
    for (const target of next.references.targets()) if (candidates.has(target)) open.push(target);
  }
  return reached;
}
