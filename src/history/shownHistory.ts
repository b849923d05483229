import { kindOf, type EntryKind, type HistoryEntry } from './historyEntry';
import { groupSame, mergeSame } from './sameReset';

/** An entry as it is shown, and the ids of all records that it is made of. */
interface Shown {
  readonly entry: HistoryEntry;
  readonly ids: readonly string[];
}

/** The history as it is shown: what several windows have recorded of one reset is one entry. */
export class ShownHistory {
  readonly #byId = new Map<string, Shown>();

  /** Newest first, within the limit. */
  readonly entries: readonly HistoryEntry[];

  constructor(
    all: Iterable<HistoryEntry>,
    writerOf: (id: string) => string | undefined,
    /** How many entries of each kind are shown besides the pinned ones. */
    limit: number,
  ) {
    const merged = groupSame(newestFirst(all), writerOf).map((same) => {
      const shown = { entry: mergeSame(same), ids: same.map(({ record }) => record.id) };
      for (const id of shown.ids) this.#byId.set(id, shown);
      return shown.entry;
    });
    this.entries = withinLimit(merged, limit);
  }

  /** The entry that a record, by its id, is shown as. */
  get(id: string): HistoryEntry | undefined {
    return this.#byId.get(id)?.entry;
  }

  /** The ids of all records that the entries with these ids are made of. */
  allIds(ids: readonly string[]): string[] {
    return [...new Set(ids.flatMap((id) => this.#byId.get(id)?.ids ?? [id]))];
  }
}

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
function withinLimit(sorted: readonly HistoryEntry[], limit: number): HistoryEntry[] {
  const counts: Record<EntryKind, number> = { sent: 0, received: 0, imported: 0 };
  return sorted.filter((entry) => entry.isPinned || ++counts[kindOf(entry)] <= limit);
}
