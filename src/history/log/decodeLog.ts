import { formatVersion, hasValidSum, readLine, versionIn, type LogLine } from './historyLog';
import { forEachSliced, linesOf } from './slices';

/**
 * How a log is written. `plain`: without checksums, by the first version. `checked`: each line ends with one. `newer`: by
 * a version that is not known here; what can be understood of it counts.
 */
export type LogFormat = 'plain' | 'checked' | 'newer';

/** What could be read of a log. */
interface ReadLog {
  readonly lines: readonly LogLine[];
  /** How many lines were not what this extension writes; a last line cut off by a crash does not count. */
  readonly damaged: number;
  /** To be handed over when the log is read on. */
  readonly format: LogFormat;
}

/** Reads a log or whole lines of it, whatever they hold; `before` is what was known of its format. */
export async function decodeLog(text: string, before: LogFormat = 'plain'): Promise<ReadLog> {
  // A single checksum says that all lines have one, though the first line, which says so too, may be damaged.
  let format = before === 'plain' && text.includes(sumMark) ? 'checked' : before;
  const lines: LogLine[] = [];
  let damaged = 0;
  const decode = (lineText: string): LogLine | 'format' | undefined => {
    if (format === 'checked' && !hasValidSum(lineText)) return undefined;
    const version = versionIn(lineText);
    if (version === undefined) return readLine(lineText);
    if (version > formatVersion) format = 'newer';
    return 'format';
  };
  const end = text.lastIndexOf('\n') + 1;
  await forEachSliced(linesOf(text.slice(0, end)), (lineText) => {
    if (lineText === '') return;
    const line = decode(lineText);
    if (line === undefined) {
      if (format === 'checked' || (format === 'plain' && !isCutOff(lineText))) damaged++;
    } else if (line !== 'format' && !isFormatOfOld(line)) {
      if (format === 'plain' && isTornFormat(line, lines.length + damaged === 0)) damaged++;
      else lines.push(line);
    }
  });
  const rest = text.slice(end);
  if (rest !== '' && format !== 'newer') {
    const line = format === 'checked' ? decode(rest) : undefined;
    // Without a checksum a last line that lacks its break was cut off, even if all else of it is there.
    if (line !== undefined && line !== 'format') lines.push(line);
    else if (line === undefined && !isStart(rest, format)) damaged++;
  }
  return { lines, damaged, format };
}

/** What is left of the first line of a log when a window with the first version takes the log over. */
function isFormatOfOld(line: LogLine): boolean {
  return 'restore' in line && line.restore === '';
}

/**
 * Whether a log's first line is the beginning of what names the format, and the end of a later line: all between them is
 * lost, the mark of the checksum too, of which some digits are left. No reset was ever called by so few.
 */
function isTornFormat(line: LogLine, isFirst: boolean): boolean {
  return isFirst && 'restore' in line && /^[0-9a-f]{2,8}$/.test(line.restore);
}

const start = '{"rev":';
/** In a text this stands for nothing else: its quotes would be escaped. */
const sumMark = ',"sum":"';
const wholeSum = /,"sum":"[0-9a-f]{8}"\}/;

/** In a plain log: a crash leaves the start of a line; the next writer's line break ends it. */
function isCutOff(text: string): boolean {
  if (!text.startsWith(start)) return start.startsWith(text);
  if (hasControl(text)) return false;
  try {
    JSON.parse(text);
    return false;
  } catch {
    return true;
  }
}

/** Whether what stands behind the last line break is the start of a line. */
function isStart(text: string, format: LogFormat): boolean {
  if (format === 'plain') return isCutOff(text) || readLine(text) !== undefined;
  return (text.startsWith(start) || start.startsWith(text)) && !wholeSum.test(text) && !hasControl(text);
}

/** A line holds no control characters; a disk that lost its power leaves zeros. */
function hasControl(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) < 0x20) return true;
  return false;
}
