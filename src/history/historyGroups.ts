import type { HistoryEntry } from './historyEntry';

/** Entries that stand together: those that are pinned, then those of one day. */
export interface HistoryGroup {
  /** The same for the same group as long as it is there. */
  readonly id: string;
  readonly label: string;
  readonly entries: readonly HistoryEntry[];
}

/** Groups entries, newest first, by the day in the machine's own time zone; `now` is in milliseconds since 1970. */
export function groupEntries(entries: readonly HistoryEntry[], now: number): HistoryGroup[] {
  const groups = new Map<string, { label: string; entries: HistoryEntry[] }>();
  const add = (id: string, label: () => string, entry: HistoryEntry): void => {
    const group = groups.get(id);
    if (group) group.entries.push(entry);
    else groups.set(id, { label: label(), entries: [entry] });
  };
  for (const entry of entries) if (entry.isPinned) add('pinned', () => 'Pinned', entry);
  for (const entry of entries) {
    const day = new Date(entry.record.time);
    if (!entry.isPinned) add(dayId(day), () => dayLabel(day, new Date(now)), entry);
  }
  return [...groups].map(([id, group]) => ({ id, ...group }));
}

/** When the labels of the days are no longer right: the start of tomorrow, in milliseconds since 1970. */
export function nextDay(now: number): number {
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).getTime();
}

function dayLabel(day: Date, today: Date): string {
  // By the calendar, not by 24 hours: a day can have 23 or 25.
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1);
  if (dayId(day) === dayId(today)) return 'Today';
  if (dayId(day) === dayId(yesterday)) return 'Yesterday';
  return day.toLocaleDateString(undefined, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
}

function dayId(day: Date): string {
  return `${day.getFullYear()}-${day.getMonth() + 1}-${day.getDate()}`;
}
