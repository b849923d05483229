import type { LogLine } from '../../../../src/history/log/historyLog';
import { readRecord } from '../../../../src/history/log/readRecord';
import { recordJson } from '../../../../src/resets/recordJson';

/** A line as the first version of the extension wrote it. */
export function encodeAsFirst(line: LogLine): string {
  const { rev, ...rest } = line;
  return `\n${JSON.stringify({ rev, ...rest, ...('put' in rest && { put: recordJson(rest.put) }) })}\n`;
}

/** What the first version read of a log. */
export function decodeAsFirst(text: string): { lines: LogLine[]; damaged: number } {
  const lines: LogLine[] = [];
  let damaged = 0;
  const end = text.lastIndexOf('\n') + 1;
  for (const lineText of text.slice(0, end).split('\n')) {
    if (lineText === '') continue;
    const line = readLine(lineText);
    if (line) lines.push(line);
    else if (!isCutOff(lineText)) damaged++;
  }
  const rest = text.slice(end);
  if (rest !== '' && !readLine(rest) && !isCutOff(rest)) damaged++;
  return { lines, damaged };
}

function isCutOff(text: string): boolean {
  const start = '{"rev":';
  if (!text.startsWith(start)) return start.startsWith(text);
  return parse(text) === undefined;
}

function readLine(text: string): LogLine | undefined {
  const value = parse(text);
  if (!value || typeof value['rev'] !== 'number' || !Number.isFinite(value['rev'])) return undefined;
  const { rev, put, remove, restore, pin, on, label, text: labelText, imported, by } = value;
  if (typeof remove === 'string') return { rev, remove };
  if (typeof restore === 'string') return { rev, restore };
  if (typeof pin === 'string') return typeof on === 'boolean' ? { rev, pin, on } : undefined;
  if (typeof label === 'string')
    return typeof labelText === 'string' ? { rev, label, text: labelText } : undefined;
  const record = readRecord(put);
  if (!record) return undefined;
  return {
    rev,
    put: record,
    ...(imported === true && { imported }),
    ...(typeof by === 'string' && { by }),
  };
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
