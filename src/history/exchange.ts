import { isObject } from './isObject';
import type { HistoryEntry } from './historyEntry';
import { readRecord } from './readRecord';
import { forEachSliced, linesOf } from './slices';

/** An entry as it travels in a file. */
export type ExchangedEntry = Pick<HistoryEntry, 'record' | 'isPinned' | 'label'>;

/** What could be read of a file. */
export interface ReadFile {
  readonly entries: readonly ExchangedEntry[];
  /** The numbers, from 1, of the lines that hold no entry. */
  readonly badLines: readonly number[];
}

/** The entries as JSON Lines, oldest first; `entries` are newest first. */
export async function encodeEntries(entries: readonly HistoryEntry[]): Promise<string> {
  const lines: string[] = [];
  await forEachSliced([...entries].reverse(), ({ record, isPinned, label, isImported }) => {
    const marks = {
      ...(isPinned && { pinned: true }),
      ...(label !== '' && { label }),
      ...(isImported && { imported: true }),
    };
    lines.push(`${JSON.stringify({ ...record, ...marks })}\n`);
  });
  return lines.join('');
}

/** Reads JSON Lines, whatever they hold. */
export async function decodeEntries(text: string): Promise<ReadFile> {
  const entries: ExchangedEntry[] = [];
  const badLines: number[] = [];
  let number = 0;
  await forEachSliced(linesOf(text.replace(/^\uFEFF/, '')), (line) => {
    number++;
    if (line.trim() === '') return;
    const entry = decodeEntry(line);
    if (entry) entries.push(entry);
    else badLines.push(number);
  });
  return { entries, badLines };
}

function decodeEntry(line: string): ExchangedEntry | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  const record = readRecord(value);
  if (!record || !isObject(value)) return undefined;
  const { pinned, label } = value;
  return { record, isPinned: pinned === true, label: typeof label === 'string' ? label : '' };
}
