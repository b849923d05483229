import { summarizeMessage } from '../res/systemMessage';
import type { ResetRecord } from '../resets/resetRecord';

/** A reset in the history, with what a person has noted about it. */
export interface HistoryEntry {
  readonly record: ResetRecord;
  /** Kept whatever the limit is, and by a clear. */
  readonly isPinned: boolean;
  /** A person's own words for it; empty where there are none. */
  readonly label: string;
  /** Whether it came from a file: then nobody knows whether it was ever sent. */
  readonly isImported: boolean;
}

/** Where an entry comes from: sent from this workspace, seen on the bus, or read from a file. */
export type EntryKind = 'sent' | 'received' | 'imported';

/** What kind of entry it is. What was imported counts as nothing else. */
export function kindOf({ record, isImported }: HistoryEntry): EntryKind {
  if (isImported) return 'imported';
  return record.origin === 'received' || record.state.kind === 'received' ? 'received' : 'sent';
}

/** The newest reset that was sent from this workspace, whatever came of it; `entries` are newest first. */
export function lastSent(entries: readonly HistoryEntry[]): HistoryEntry | undefined {
  return entries.find((entry) => kindOf(entry) === 'sent');
}

/** What an entry is called: its label, or what was reset. */
export function entryLabel({ record, label }: HistoryEntry): string {
  return label === '' ? summarizeMessage(record.message) : label;
}
