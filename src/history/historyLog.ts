import type { Observation } from '../reset/observation';
import type { Origin, ResetRecord, ResetState } from '../reset/resetRecord';
import { isObject } from './isObject';
import { readObservation } from './readObservation';
import type { Problem } from '../util/problem';

/** One step in the life of the history, as a line of its log. The newest `rev` of an id counts. */
export type LogLine =
  { readonly rev: number; readonly put: ResetRecord } | { readonly rev: number; readonly remove: string };

/** What could be read of a log. */
export interface ReadLog {
  readonly lines: readonly LogLine[];
  /** How many lines were not what this extension writes; a last line cut off by a crash does not count. */
  readonly damaged: number;
}

/** One line as text. It starts with a line break too, so that a line cut off by a crash can't spoil the next one. */
export function encodeLine(line: LogLine): string {
  return `\n${JSON.stringify(line)}\n`;
}

/** Reads a log, whatever it holds. */
export function decodeLog(text: string): ReadLog {
  const lines: LogLine[] = [];
  let damaged = 0;
  for (const lineText of text.split('\n')) {
    if (lineText === '') continue;
    const line = readLine(lineText);
    if (line) lines.push(line);
    else if (!isCutOff(lineText)) damaged++;
  }
  return { lines, damaged };
}

/** The records that the lines, of one log or several, leave; newest last. */
export function mergeLines(lines: Iterable<LogLine>): ResetRecord[] {
  const newest = new Map<string, LogLine>();
  for (const line of lines) {
    const id = 'put' in line ? line.put.id : line.remove;
    const known = newest.get(id);
    if (!known || line.rev >= known.rev) newest.set(id, line);
  }
  const records: ResetRecord[] = [];
  for (const line of newest.values()) if ('put' in line) records.push(line.put);
  return records.sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1));
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
  if (typeof value.remove === 'string') return { rev: value.rev, remove: value.remove };
  const put = readRecord(value.put);
  return put && { rev: value.rev, put };
}

/** The record that a value is; none if it isn't one. Unknown fields are dropped. */
export function readRecord(value: unknown): ResetRecord | undefined {
  if (!isObject(value)) return undefined;
  const { id, time, origin, message, connection } = value;
  const state = readState(value.state);
  if (typeof id !== 'string' || id === '' || typeof time !== 'number' || !Number.isFinite(time))
    return undefined;
  if (!isOrigin(origin) || !state || !isObject(message)) return undefined;
  if (connection !== undefined && typeof connection !== 'string') return undefined;
  const { resources, access } = message;
  if (!isOptionalTexts(resources) || !isOptionalTexts(access)) return undefined;
  return {
    id,
    time,
    origin,
    message: { ...(resources && { resources }), ...(access && { access }) },
    ...(connection !== undefined && { connection }),
    state,
  };
}

function readState(value: unknown): ResetState | undefined {
  if (!isObject(value)) return undefined;
  const server = typeof value.server === 'string' ? value.server : undefined;
  switch (value.kind) {
    case 'requested':
    case 'sending':
      return { kind: value.kind };
    case 'published':
      return server === undefined
        ? undefined
        : { kind: 'published', server, ...readObserved(value.observation) };
    case 'rejected':
    case 'failed': {
      const problem = readProblem(value.problem);
      return problem && { kind: value.kind, problem, ...(server !== undefined && { server }) };
    }
    default:
      return undefined;
  }
}

function readObserved(value: unknown): { observation?: Observation } {
  const observation = readObservation(value);
  return observation ? { observation } : {};
}

function readProblem(value: unknown): Problem | undefined {
  if (!isObject(value) || typeof value.what !== 'string') return undefined;
  const { what, why, remedy } = value;
  return {
    what,
    ...(typeof why === 'string' && { why }),
    ...(typeof remedy === 'string' && { remedy }),
  };
}

const origins: readonly string[] = ['command', 'codeLens', 'history', 'resources', 'api'] satisfies Origin[];

function isOrigin(value: unknown): value is Origin {
  return typeof value === 'string' && origins.includes(value);
}

function isOptionalTexts(value: unknown): value is readonly string[] | undefined {
  return value === undefined || (Array.isArray(value) && value.every((item) => typeof item === 'string'));
}
