import { randomBytes } from 'node:crypto';

/** Who writes a log, or has taken it over, as its file's name says. */
export interface LogOwner {
  readonly pid: number;
  /** Its mark; none where the first version wrote it, which knows only process ids. */
  readonly id?: string;
  /** Whether it has a door with the same id, which answers while the owner is alive. */
  readonly hasDoor: boolean;
}

/** What the names of a window's logs are made of. */
interface OwnName {
  readonly id: string;
  readonly hasDoor: boolean;
}

const logName = /^(?:claimed-(\d+)-)?(?:claimed-\d+-)*history-(\d+)-([\w-]+)\.jsonl$/;
const rewriteMark = '.next';

/** A new mark for a window or a log. */
export function newMark(): string {
  return randomBytes(6).toString('hex');
}

/** The owner of the log with this file name; none if it isn't a log's. */
export function ownerIn(name: string): LogOwner | undefined {
  const [, claimedBy, pid, rest = ''] = logName.exec(name) ?? [];
  if (pid === undefined) return undefined;
  const [, how, id] = /-(at|of)-([0-9a-f]{12})$/.exec(rest) ?? [];
  return { pid: Number(claimedBy ?? pid), ...(id !== undefined && { id }), hasDoor: how === 'at' };
}

/** A new name for a log of this process. Windows with the first version know it for a log, and its process. */
export function newLogName({ id, hasDoor }: OwnName): string {
  return `history-${process.pid}-${newMark()}-${hasDoor ? 'at' : 'of'}-${id}.jsonl`;
}

/** A new name for a log that this process takes over. */
export function claimedName(own: OwnName): string {
  return `claimed-${process.pid}-${newLogName(own)}`;
}

/** A new name for a damaged log, which is read no more. */
export function damagedName(): string {
  return `damaged-history-${newMark()}.txt`;
}

/** What a log is called while it is being written anew. */
export function rewriteName(name: string): string {
  return name + rewriteMark;
}

/** The log whose rewriting has this name; none if it isn't one. */
export function rewrittenLog(name: string): string | undefined {
  const log = name.endsWith(rewriteMark) ? name.slice(0, -rewriteMark.length) : undefined;
  return log !== undefined && ownerIn(log) ? log : undefined;
}
