import { observationOf, type ResetRecord } from '../resets/resetRecord';
import { isSameMoment, isSameReset } from '../resets/sameReset';
import type { Observation } from '../resets/observe/observation';
import { kindOf, type HistoryEntry } from './historyEntry';

/** Records of one reset, oldest first: each was written by another window. */
export type SameReset = readonly [HistoryEntry, ...HistoryEntry[]];

/**
 * Groups the entries that several windows have recorded of the same reset: one window sent it and others saw it on the
 * bus, or all saw it. Two entries of one window are two resets. Entries and groups are newest first.
 */
export function groupSame(
  entries: readonly HistoryEntry[],
  writerOf: (id: string) => string | undefined,
): SameReset[] {
  const groups: [HistoryEntry, ...HistoryEntry[]][] = [];
  /** Those that one may belong to, by what is alike in all records of one reset and quickly made. */
  const recent = new Map<string, typeof groups>();
  for (const entry of [...entries].reverse()) {
    const key = likenessOf(entry.record);
    const alike = (recent.get(key) ?? []).filter(([first]) => isSameMoment(first.record, entry.record));
    recent.set(key, alike);
    // The oldest that this window has not recorded: each sees resets in their order.
    const group = alike.find((one) => isOfSame(one, entry, writerOf));
    if (group) group.push(entry);
    else {
      const made: [HistoryEntry] = [entry];
      groups.push(made);
      if (isOnBus(entry)) alike.push(made);
    }
  }
  return groups.reverse();
}

/** What all records of a reset say together: the first one's words for it, and the most that any has observed. */
export function mergeSame(same: SameReset): HistoryEntry {
  const [first, ...others] = same;
  if (others.length === 0) return first;
  return {
    ...first,
    record: withObservation(first.record, mostKnown(same)),
    isPinned: same.some(({ isPinned }) => isPinned),
    label: same.find(({ label }) => label !== '')?.label ?? '',
  };
}

function isOfSame(
  group: SameReset,
  entry: HistoryEntry,
  writerOf: (id: string) => string | undefined,
): boolean {
  const [first] = group;
  // What is sent is recorded before anybody can see it.
  if (kindOf(entry) !== 'received') return false;
  const writer = writerOf(entry.record.id);
  return (
    writer !== undefined &&
    group.every(({ record }) => writerOf(record.id) !== writer && writerOf(record.id) !== undefined) &&
    isSameReset(first.record, entry.record)
  );
}

function likenessOf({ message, leftOut }: ResetRecord): string {
  const lists = Object.entries(message).map(([field, list]: [string, string | readonly string[]]) => [
    field,
    list.length,
    list[0],
  ]);
  return JSON.stringify([leftOut, lists]);
}

/** Whether others can have seen it: what a server denied, or nobody knows to have arrived, is a record of its own. */
function isOnBus(entry: HistoryEntry): boolean {
  const kind = kindOf(entry);
  return kind === 'received' || (kind === 'sent' && entry.record.state.kind === 'published');
}

function mostKnown(same: SameReset): Observation | undefined {
  const observations = same.flatMap(({ record }) => observationOf(record.state) ?? []);
  return observations.reduce<Observation | undefined>(
    (best, one) => (best && ranks[best.state] >= ranks[one.state] ? best : one),
    undefined,
  );
}

const ranks: Readonly<Record<Observation['state'], number>> = {
  complete: 3,
  cutOff: 2,
  watching: 1,
  denied: 0,
};

function withObservation(record: ResetRecord, observation: Observation | undefined): ResetRecord {
  const { state } = record;
  if (!observation || (state.kind !== 'published' && state.kind !== 'received')) return record;
  return { ...record, state: { ...state, observation } };
}
