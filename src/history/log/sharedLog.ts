import { randomUUID } from 'node:crypto';
import { isSettled } from '../../resets/resetRecord';
import type { Logger } from '../../util/logger';
import { reasonOf, type Problem } from '../../util/problem';
import { decodeLog, type LogFormat } from './decodeLog';
import { maxClockRev, type LogLine } from './historyLog';
import type { HistoryStorage, Orphan } from './historyStorage';
import { damagedInUse, damagedSetAside, keptOrphan, notRewritten, unreadableLog } from './logProblems';
import { LogWriter } from './logWriter';
import { MergedLog } from './mergedLog';
import { settleLostLine } from './settleLost';
import { forEachSliced } from './slices';

/** While another window has a reset under way it is looked after so often, in milliseconds: the window can die. */
const lookAfterMs = 5000;

/** What a shared log needs. */
export interface SharedLogOptions {
  readonly storage: HistoryStorage;
  readonly logger: Logger;
  /** Gets each problem with reading or storing once, with what was done about it. */
  readonly onProblem: (problem: Problem) => void;
}

/** What was read of the log of a window that is gone. */
interface ReadOrphan {
  readonly orphan: Orphan;
  readonly count: number;
  /** The entries whose records it holds. */
  readonly ids: ReadonlySet<string>;
  readonly damaged: number;
  readonly format: LogFormat;
}

/** What the logs of all windows on a workspace say together, and this window's own logs on the disk. */
export class SharedLog {
  readonly #storage: HistoryStorage;
  readonly #logger: Logger;
  readonly #onProblem: (problem: Problem) => void;
  readonly #onRead: () => void;
  readonly #writer: LogWriter;
  readonly #merged = new MergedLog();
  readonly #formats = new Map<string, LogFormat>();
  /** The files of which a problem was reported. */
  readonly #reported = new Set<string>();
  readonly #keptOrphans = new Set<string>();
  #lookAfter: NodeJS.Timeout | undefined;
  #trouble: Problem | undefined;
  #rev = 0;

  /** This window, among those that write about resets. */
  readonly window = randomUUID().slice(0, 8);

  constructor(
    options: SharedLogOptions & {
      /** Lines that this window has not written were read. */
      readonly onRead: () => void;
      /** To forget what need not be stored any more, before all is written anew. */
      readonly forget: () => void;
      /** Whether what is added is stored has changed. */
      readonly onTrouble: () => void;
    },
  ) {
    this.#storage = options.storage;
    this.#logger = options.logger;
    this.#onProblem = options.onProblem;
    this.#onRead = options.onRead;
    this.#writer = new LogWriter({
      storage: options.storage,
      logger: options.logger,
      allLines: async () => {
        await this.#readOthers();
        options.forget();
        return this.#merged.lines();
      },
      onTrouble: (trouble) => {
        if (trouble && !this.#trouble) this.#onProblem(trouble);
        this.#trouble = trouble;
        options.onTrouble();
      },
      onFailure: (why) => {
        this.#logger.error(`A file of the history could not be rewritten: ${why}`);
        this.#report('rewriting', notRewritten(why));
      },
    });
  }

  /** All that is known, by entry. */
  get merged(): MergedLog {
    return this.#merged;
  }

  /** Why what is written is kept in memory only; none while it is stored. */
  get trouble(): Problem | undefined {
    return this.#trouble;
  }

  /** Reads all logs, those of other windows too, and takes over the logs of closed windows. Never rejects. */
  refresh(): Promise<void> {
    return this.#writer.enqueue(async () => {
      clearTimeout(this.#lookAfter);
      if (!(await this.#takeOver())) await this.#readOthers();
      if (!this.#othersAreSending()) return;
      this.#lookAfter = setTimeout(() => void this.refresh(), lookAfterMs);
      this.#lookAfter.unref();
    });
  }

  /** The number for the next line: the clock orders what several windows write, and a later step has a higher one in any case. */
  nextRev(): number {
    const now = Math.min(Date.now(), maxClockRev);
    return (this.#rev = Math.max(this.#rev + 1, Math.floor(this.#merged.rev) + 1, now));
  }

  /** Takes the lines in at once, and stores them soon. */
  write(lines: readonly LogLine[]): void {
    for (const line of lines) this.#merged.take(line);
    this.#writer.add(lines);
  }

  /** Takes very many lines in, bit by bit, and stores them soon. */
  async writeMany(lines: readonly LogLine[]): Promise<void> {
    await this.#take(lines);
    this.#writer.add(lines);
  }

  /** Resolves when what was written is safe from a crash, or after a report that it is not, or not soon. */
  written(): Promise<void> {
    return this.#writer.written();
  }

  /** Resolves when all that was written is stored, or has failed to be. */
  stored(): Promise<void> {
    return this.#writer.idle();
  }

  async #readOthers(): Promise<void> {
    let count = 0;
    for await (const piece of this.#storage.readOthers()) {
      const { name } = piece;
      if (piece.kind === 'unreadable') {
        this.#report(name, unreadableLog(name, piece.why));
        continue;
      }
      const { lines, damaged, format } = await decodeLog(
        piece.text,
        piece.isStart ? undefined : this.#formats.get(name),
      );
      this.#formats.set(name, format);
      if (damaged > 0) this.#report(name, damagedInUse(name, damaged));
      count += lines.length;
      await this.#take(lines);
    }
    if (count > 0) this.#onRead();
  }

  /** Takes over what windows that are gone have left; whether there was something. */
  async #takeOver(): Promise<boolean> {
    const read: ReadOrphan[] = [];
    for (const orphan of await this.#storage.takeOver()) {
      if (orphan.kept !== undefined) {
        if (this.#keptOrphans.has(orphan.name)) continue;
        this.#keptOrphans.add(orphan.name);
        this.#report(orphan.name, keptOrphan(orphan.name, orphan.kept));
      }
      const one = await this.#readOrphan(orphan);
      if (one) read.push(one);
    }
    if (read.some(({ count }) => count > 0)) this.#onRead();
    // What they hold is in this window's log first.
    const isTaken = read.some(({ orphan, count }) => orphan.kept === undefined && count > 0);
    if (isTaken) await this.#writer.replaceAll();
    for (const one of read) await this.#leave(one);
    return isTaken;
  }

  #othersAreSending(): boolean {
    for (const line of this.#merged.lines())
      if ('put' in line && line.by !== this.window && !isSettled(line.put.state)) return true;
    return false;
  }

  /** Takes in what a window that is gone has left; none where it can't be read: then it stays for another time. */
  async #readOrphan(orphan: Orphan): Promise<ReadOrphan | undefined> {
    const ids = new Set<string>();
    let [count, damaged, format]: [number, number, LogFormat] = [0, 0, 'plain'];
    try {
      for await (const text of this.#storage.read(orphan.name)) {
        const piece = await decodeLog(text, format);
        count += piece.lines.length;
        damaged += piece.damaged;
        format = piece.format;
        for (const line of piece.lines) if ('put' in line) ids.add(line.put.id);
        await this.#take(piece.lines.map(settleLostLine));
      }
    } catch (error) {
      this.#report(orphan.name, unreadableLog(orphan.name, reasonOf(error)));
      if (count > 0) this.#onRead();
      return undefined;
    }
    return { orphan, count, ids, damaged, format };
  }

  #take(lines: readonly LogLine[]): Promise<void> {
    return forEachSliced(lines, (line) => {
      this.#merged.take(line);
    });
  }

  async #leave({ orphan, ids, damaged, format }: ReadOrphan): Promise<void> {
    // What only a newer version understands is kept for it.
    if (orphan.kept !== undefined || format === 'newer') return;
    if (damaged === 0) {
      await this.#storage.discard(orphan.name);
      return;
    }
    const where = await this.#storage.setAside(orphan.name);
    this.#report(where, damagedSetAside(where, damaged, ids.size));
  }

  #report(name: string, problem: Problem): void {
    if (this.#reported.has(name)) return;
    this.#reported.add(name);
    this.#onProblem(problem);
  }
}
