import { crc32 } from 'node:zlib';
import { recordJson } from '../../resets/recordJson';
import type { ResetRecord } from '../../resets/resetRecord';
import { isObject } from './isObject';
import { readRecord } from './readRecord';
import { shortened } from '../shortened';

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

/** The entry that a line is about. */
export function idOf(line: LogLine): string {
  if ('put' in line) return line.put.id;
  if ('remove' in line) return line.remove;
  if ('restore' in line) return line.restore;
  return 'pin' in line ? line.pin : line.label;
}

/** The highest `rev` that counts the clock's way: beyond it a clock is broken. */
export const maxClockRev = Date.UTC(2200, 0);
/** The highest `rev` that a line can have; the steps above the clock's last have room below it. */
const maxRev = maxClockRev + 1e9;

/** The version of the format that is written; what the first one wrote names none. */
export const formatVersion = 2;
const formatName = 'res-history';

/** The first line of each log. What knows no formats takes it for a line about an entry that can't be. */
export const formatLine = encode({ rev: 0, restore: '', format: formatName, version: formatVersion });

/** One line as text. It starts with a line break too, so that a line cut off by a crash can't spoil the next one. */
export function encodeLine(line: LogLine): string {
  const { rev, ...rest } = line;
  return encode({ rev, ...rest, ...('put' in rest && { put: recordJson(rest.put) }) });
}

function encode(value: object): string {
  const body = JSON.stringify(value).slice(0, -1);
  return `\n${body}${sumOf(body)}\n`;
}

/** The end of a line: a checksum of what stands before it. */
function sumOf(body: string): string {
  return `,"sum":"${crc32(body).toString(16).padStart(8, '0')}"}`;
}

const sumLength = sumOf('').length;

/** Whether the end of the line is the checksum of what stands before it. */
export function hasValidSum(text: string): boolean {
  return text.length > sumLength && text.endsWith(sumOf(text.slice(0, -sumLength)));
}

/** The version of the format that a line names; none for all other lines. */
export function versionIn(text: string): number | undefined {
  if (!text.includes(`"format":"${formatName}"`)) return undefined;
  const value = parse(text);
  return isObject(value) && value.restore === '' && typeof value.version === 'number'
    ? value.version
    : undefined;
}

/** The line that a text is, its checksum aside; none if it isn't one. */
export function readLine(text: string): LogLine | undefined {
  const value = parse(text);
  if (!isObject(value) || !isRev(value.rev)) return undefined;
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

/** Halves are what was settled for a window that is gone. */
function isRev(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= maxRev && Number.isInteger(value * 2);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
