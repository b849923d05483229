import type { ResetRecord } from '../reset/resetRecord';
import { isObject } from './isObject';
import { readRecord } from './readRecord';
import { shortened } from './shortened';
import { forEachSliced, linesOf } from './slices';

/** What is known of a reset; `imported` where it came from a file, `by` is the window that knows it. */
export interface PutLine {
  readonly rev: number;
  readonly put: ResetRecord;
  readonly imported?: true;
  readonly by?: string;
}

/** Whether the entry with this id is in the history. */
export type PresenceLine =
  { readonly rev: number; readonly remove: string } | { readonly rev: number; readonly restore: string };

/** Whether the entry with the id `pin` is pinned. */
export interface PinLine {
  readonly rev: number;
  readonly pin: string;
  readonly on: boolean;
}

/** What the entry with the id `label` is called; empty for nothing. */
export interface LabelLine {
  readonly rev: number;
  readonly label: string;
  readonly text: string;
}

/** One step in the life of the history, as a line of its log. Of each kind, the newest `rev` of an id counts. */
export type LogLine = PutLine | PresenceLine | PinLine | LabelLine;

/** What could be read of a log. */
export interface ReadLog {
  readonly lines: readonly LogLine[];
  /** How many lines were not what this extension writes; a last line cut off by a crash does not count. */
  readonly damaged: number;
}

/** The entry that a line is about. */
export function idOf(line: LogLine): string {
  if ('put' in line) return line.put.id;
  if ('remove' in line) return line.remove;
  if ('restore' in line) return line.restore;
  return 'pin' in line ? line.pin : line.label;
}

/** One line as text. It starts with a line break too, so that a line cut off by a crash can't spoil the next one. */
export function encodeLine(line: LogLine): string {
  const { rev, ...rest } = line;
  return `\n${JSON.stringify({ rev, ...rest })}\n`;
}

/** Reads a log or whole lines of it, whatever they hold. */
export async function decodeLog(text: string): Promise<ReadLog> {
  const lines: LogLine[] = [];
  let damaged = 0;
  // A last line without a break was cut off, even if all else of it is there: every reader must take it for the same.
  const end = text.lastIndexOf('\n') + 1;
  await forEachSliced(linesOf(text.slice(0, end)), (lineText) => {
    if (lineText === '') return;
    const line = readLine(lineText);
    if (line) lines.push(line);
    else if (!isCutOff(lineText)) damaged++;
  });
  const rest = text.slice(end);
  if (rest !== '' && !readLine(rest) && !isCutOff(rest)) damaged++;
  return { lines, damaged };
}

/** A crash leaves the start of a line; the next writer's line break ends it. */
function isCutOff(text: string): boolean {
  const start = '{"rev":';
  if (!text.startsWith(start)) return start.startsWith(text);
  try {
    JSON.parse(text);
    return false;
  } catch {
    return true;
  }
}

function readLine(text: string): LogLine | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(value) || typeof value.rev !== 'number' || !Number.isFinite(value.rev)) return undefined;
  const { rev, put, remove, restore, pin, on, label, text: labelText, imported, by } = value;
  if (typeof remove === 'string') return { rev, remove };
  if (typeof restore === 'string') return { rev, restore };
  if (typeof pin === 'string') return typeof on === 'boolean' ? { rev, pin, on } : undefined;
  if (typeof label === 'string')
    return typeof labelText === 'string' ? { rev, label, text: labelText } : undefined;
  const record = readRecord(put);
  return (
    record && {
      rev,
      put: shortened(record),
      ...(imported === true && { imported }),
      ...(typeof by === 'string' && { by }),
    }
  );
}
