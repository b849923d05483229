import { recordJson } from '../resets/recordJson';
import { isObject } from './log/isObject';
import type { HistoryEntry } from './historyEntry';
import { readRecord } from './log/readRecord';
import { forEachSliced } from './log/slices';

/** An entry as it travels in a file. */
export type ExchangedEntry = Pick<HistoryEntry, 'record' | 'isPinned' | 'label'>;

/** What could be read of a file. */
interface ReadFile {
  readonly entries: readonly ExchangedEntry[];
  /** The numbers, from 1, of the lines that hold no entry. */
  readonly badLines: readonly number[];
}

/** The entries as JSON Lines, oldest first; `entries` are newest first. */
export async function encodeEntries(entries: readonly HistoryEntry[]): Promise<Uint8Array> {
  const lines: Buffer[] = [];
  await forEachSliced([...entries].reverse(), ({ record, isPinned, label, isImported }) => {
    const marks = {
      ...(isPinned && { pinned: true }),
      ...(label !== '' && { label }),
      ...(isImported && { imported: true }),
    };
    lines.push(Buffer.from(`${JSON.stringify({ ...recordJson(record), ...marks })}\n`));
  });
  return Buffer.concat(lines);
}

/** Reads JSON Lines in UTF-8, whatever they hold. */
export async function decodeEntries(data: Uint8Array): Promise<ReadFile> {
  const entries: ExchangedEntry[] = [];
  const badLines: number[] = [];
  let number = 0;
  // A byte order mark at the start is left out.
  const decoder = new TextDecoder();
  await forEachSliced(bytesOfLines(data), (bytes) => {
    const line = decoder.decode(bytes);
    number++;
    if (line.trim() === '') return;
    const entry = decodeEntry(line);
    if (entry) entries.push(entry);
    else badLines.push(number);
  });
  return { entries, badLines };
}

/** The lines of a file, one at a time: to turn a long one into text at once would take long. */
function* bytesOfLines(data: Uint8Array): Iterable<Uint8Array> {
  for (let start = 0; start <= data.length;) {
    const end = data.indexOf(0x0a, start);
    yield data.subarray(start, end < 0 ? data.length : end);
    if (end < 0) return;
    start = end + 1;
  }
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
