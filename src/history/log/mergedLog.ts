import type { HistoryEntry } from '../historyEntry';
import {
  idOf,
  maxClockRev,
  type LabelLine,
  type LogLine,
  type PinLine,
  type PresenceLine,
  type PutLine,
} from './historyLog';

/** The newest line of each kind about one entry. */
interface Newest {
  put?: PutLine;
  presence?: PresenceLine;
  pin?: PinLine;
  label?: LabelLine;
}

/**
 * What the lines of all logs say together. It is the same in whatever order, and however often, they are taken: windows
 * that have read the same lines show the same.
 */
export class MergedLog {
  readonly #newest = new Map<string, Newest>();
  #rev = 0;

  /** The highest `rev` so far that a clock can have given. */
  get rev(): number {
    return this.#rev;
  }

  /** How many ids are known, those of removed entries too. */
  get size(): number {
    return this.#newest.size;
  }

  /** Takes a line in. */
  take(line: LogLine): void {
    // What is beyond any clock counts for its own entry: to go on from there, all later lines would be beyond the limit.
    if (line.rev <= maxClockRev) this.#rev = Math.max(this.#rev, line.rev);
    const id = idOf(line);
    let known = this.#newest.get(id);
    if (!known) this.#newest.set(id, (known = {}));
    if ('put' in line) known.put = newer(line, known.put);
    else if ('pin' in line) known.pin = newer(line, known.pin);
    else if ('label' in line) known.label = newer(line, known.label);
    else known.presence = newer(line, known.presence);
  }

  /** The entries that are there, in no order. */
  *entries(): Iterable<HistoryEntry> {
    for (const known of this.#newest.values()) {
      const entry = entryOf(known);
      if (entry) yield entry;
    }
  }

  get(id: string): HistoryEntry | undefined {
    const known = this.#newest.get(id);
    return known && entryOf(known);
  }

  /** The window that wrote the newest line of an entry; none for entries of logs in an old format. */
  writerOf(id: string): string | undefined {
    return this.#newest.get(id)?.put?.by;
  }

  /** The lines about one entry. */
  linesOf(id: string): LogLine[] {
    const { put, presence, pin, label } = this.#newest.get(id) ?? {};
    return [put, presence, pin, label].filter((line) => line !== undefined);
  }

  /** The fewest lines that say the same; of a removed entry only that it is removed. */
  *lines(): Iterable<LogLine> {
    for (const [id, { presence }] of this.#newest) {
      if (presence && 'remove' in presence) yield presence;
      else yield* this.linesOf(id);
    }
  }

  /**
   * Forgets entries that are not to be kept. What is said of an entry that is not there is kept while it is newer than
   * `since`: another window's log may still hold the entry.
   */
  forget(isKept: (id: string) => boolean, since: number): void {
    for (const [id, known] of this.#newest) {
      if (isKept(id)) continue;
      if (entryOf(known) || this.linesOf(id).every(({ rev }) => rev < since)) this.#newest.delete(id);
      else delete known.put;
    }
  }
}

function entryOf({ put, presence, pin, label }: Newest): HistoryEntry | undefined {
  if (!put || (presence && 'remove' in presence)) return undefined;
  return {
    record: put.put,
    isPinned: pin?.on ?? false,
    label: label?.text ?? '',
    isImported: put.imported ?? false,
  };
}

/** Two windows can use the same number in the same millisecond: then the text decides, the same way in both. */
function newer<T extends LogLine>(line: T, known: T | undefined): T {
  if (!known || line.rev > known.rev) return line;
  return line.rev === known.rev && JSON.stringify(line) > JSON.stringify(known) ? line : known;
}
