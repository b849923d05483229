import { randomUUID } from 'node:crypto';
import type { Logger } from '../util/logger';
import type { Problem } from '../util/problem';
import { decodeLog, type LogLine } from './historyLog';
import type { HistoryStorage } from './historyStorage';
import { LogWriter } from './logWriter';
import { MergedLog } from './mergedLog';
import { settleLostLine } from './settleLost';
import { forEachSliced } from './slices';

/** What a shared log needs. */
export interface SharedLogOptions {
  readonly storage: HistoryStorage;
  readonly logger: Logger;
  /** Told when something could not be stored or a damaged log was set aside. */
  readonly onProblem: (problem: Problem) => void;
}

/** What the logs of all windows on a workspace say together, and this window's own log on the disk. */
export class SharedLog {
  readonly #storage: HistoryStorage;
  readonly #logger: Logger;
  readonly #onProblem: (problem: Problem) => void;
  readonly #onRead: () => void;
  readonly #writer: LogWriter;
  readonly #merged = new MergedLog();
  #rev = 0;

  /** This window, among those that write about resets. */
  readonly window = randomUUID().slice(0, 8);

  constructor(
    options: SharedLogOptions & {
      /** Lines that this window has not written were read. */
      readonly onRead: () => void;
      /** To forget what need not be stored any more, before all is written anew. */
      readonly forget: () => void;
    },
  ) {
    this.#storage = options.storage;
    this.#logger = options.logger;
    this.#onProblem = options.onProblem;
    this.#onRead = options.onRead;
    this.#writer = new LogWriter({
      ...options,
      allLines: async () => {
        await this.#readOthers();
        options.forget();
        return this.#merged.lines();
      },
    });
  }

  /** All that is known, by entry. */
  get merged(): MergedLog {
    return this.#merged;
  }

  /** Reads what is stored, and takes over what windows that are gone have left. Never rejects. */
  load(): Promise<void> {
    return this.#writer.enqueue(async () => {
      const damaged = new Map<string, number>();
      let count = 0;
      for (const name of await this.#storage.claimOrphans()) {
        const read = await this.#readOrphan(name);
        if (read) damaged.set(name, read.damaged);
        count += read?.count ?? 0;
      }
      if (count > 0) {
        this.#onRead();
        await this.#writer.replaceAll();
      }
      for (const [name, lines] of damaged) await this.#leave(name, lines);
      if (count === 0) await this.#readOthers();
    });
  }

  /** Reads what other windows on the same workspace have added. */
  refresh(): Promise<void> {
    return this.#writer.enqueue(() => this.#readOthers());
  }

  /** The number for the next line: the clock orders what several windows write, and a later step has a higher one in any case. */
  nextRev(): number {
    return (this.#rev = Math.max(this.#rev + 1, this.#merged.rev + 1, Date.now()));
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

  /** Resolves when all that was written is stored, or has failed to be. */
  stored(): Promise<void> {
    return this.#writer.idle();
  }

  async #readOthers(): Promise<void> {
    let count = 0;
    for await (const text of this.#storage.readOthers()) {
      const { lines } = await decodeLog(text);
      count += lines.length;
      await this.#take(lines);
    }
    if (count > 0) this.#onRead();
  }

  /** Takes in what a window that is gone has left; none where it can't be read: then it stays for another time. */
  async #readOrphan(name: string): Promise<{ count: number; damaged: number } | undefined> {
    const read = { count: 0, damaged: 0 };
    try {
      for await (const text of this.#storage.read(name)) {
        const { lines, damaged } = await decodeLog(text);
        read.count += lines.length;
        read.damaged += damaged;
        await this.#take(lines.map(settleLostLine));
      }
      return read;
    } catch (error) {
      this.#logger.warn(`A log of the history could not be read: ${String(error)}`);
      return undefined;
    }
  }

  #take(lines: readonly LogLine[]): Promise<void> {
    return forEachSliced(lines, (line) => {
      this.#merged.take(line);
    });
  }

  async #leave(name: string, damaged: number): Promise<void> {
    if (damaged === 0) {
      await this.#storage.discard(name);
      return;
    }
    const where = await this.#storage.setAside(name);
    this.#onProblem({
      what: `The history holds ${damaged === 1 ? 'a line' : `${damaged} lines`} that can’t be read`,
      why: 'its file was damaged',
      remedy: `The rest was kept; the damaged file is now ${where}.`,
    });
  }
}
