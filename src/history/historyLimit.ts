import { kindOf, type EntryKind, type HistoryEntry } from './historyEntry';

/** Newest first; what has the same time, in the same order everywhere. */
export function newestFirst(entries: Iterable<HistoryEntry>): HistoryEntry[] {
  return [...entries].sort(
    ({ record: a }, { record: b }) => b.time - a.time || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0),
  );
}

/**
 * The entries within the limit, of those sorted newest first: so many of each kind, so that neither a chatty bus nor a
 * big file drives out what was sent; and all that are pinned.
 */
export function withinLimit(sorted: readonly HistoryEntry[], limit: number): HistoryEntry[] {
  const counts: Record<EntryKind, number> = { sent: 0, received: 0, imported: 0 };
  return sorted.filter((entry) => entry.isPinned || ++counts[kindOf(entry)] <= limit);
}
