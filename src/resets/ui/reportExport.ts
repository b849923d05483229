import { recordJson } from '../recordJson';
import type { ResetRecord } from '../resetRecord';
import { observationOf } from '../resetRecord';
import { reportRow } from './reportView';

/** All that is known of a reset, as JSON. */
export function reportJson(record: ResetRecord): string {
  return `${JSON.stringify(recordJson(record), undefined, 2)}\n`;
}

const columns = [
  'request',
  'resource',
  'gateway',
  'client',
  'result',
  'meaning',
  'sent after ms',
  'sent after at least ms',
  'answer took ms',
  'answer took at least ms',
  'answer bytes',
];

/** The requests of a reset, a line each, as RFC 4180 has it. */
export function reportCsv(record: ResetRecord): string {
  const lines = (observationOf(record.state)?.requests ?? []).map((request) => {
    const { kind, name, gateway, client, result, meaning, at, took, bytes, ...row } = reportRow(request);
    const { atMin = at, tookMin = took } = row;
    return [kind, name, gateway, client, result, meaning, at, atMin, took, tookMin, bytes];
  });
  return [columns, ...lines].map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('');
}

function csvCell(value: string | number | undefined): string {
  const text = String(value ?? '');
  // A spreadsheet would take these for a formula.
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
