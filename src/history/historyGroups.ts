import * as l10n from '../util/l10n';
import type { PersonTime } from '../util/personTime';
import type { HistoryEntry } from './historyEntry';

/** Entries that stand together: those that are pinned, then those of one day. */
export interface HistoryGroup {
  /** The same for the same group as long as it is there. */
  readonly id: string;
  readonly label: string;
  readonly entries: readonly HistoryEntry[];
}

/** Groups entries, newest first, by the person's day; `now` is in milliseconds since 1970. */
export function groupEntries(
  entries: readonly HistoryEntry[],
  now: number,
  person: PersonTime,
): HistoryGroup[] {
  const groups = new Map<string, { label: string; entries: HistoryEntry[] }>();
  const add = (id: string, label: () => string, entry: HistoryEntry): void => {
    const group = groups.get(id);
    if (group) group.entries.push(entry);
    else groups.set(id, { label: label(), entries: [entry] });
  };
  const today = person.day(now);
  const yesterday = dayBefore(today);
  for (const entry of entries) if (entry.isPinned) add('pinned', () => l10n.t('Pinned'), entry);
  for (const entry of entries) {
    if (entry.isPinned) continue;
    const { time } = entry.record;
    const day = person.day(time);
    const label = (): string => {
      if (day === today) return l10n.t('Today');
      return day === yesterday ? l10n.t('Yesterday') : person.dayText(time);
    };
    add(day, label, entry);
  }
  return [...groups].map(([id, group]) => ({ id, ...group }));
}

/** By the calendar, not by 24 hours: a day can have 23 or 25. */
function dayBefore(day: string): string {
  return new Date(Date.parse(day) - 24 * 3_600_000).toISOString().slice(0, 10);
}
