import { shortenObservation } from '../reset/observation';
import { isSettled, type ResetRecord } from '../reset/resetRecord';
import { Emitter } from '../util/emitter';
import type { Logger } from '../util/logger';
import type { Problem } from '../util/problem';
import { decodeLog, encodeLine, mergeLines, type LogLine } from './historyLog';
import type { HistoryStorage, StoredLog } from './historyStorage';

/** So many requests of an observation are stored in full. */
const mostRequests = 500;

export interface HistoryOptions {
  readonly storage: HistoryStorage;
  readonly logger: Logger;
  /** How many records are kept; read at each use. */
  readonly limit: () => number;
  /** Told when a record could not be stored or a damaged log was set aside. */
  readonly onProblem: (problem: Problem) => void;
}

/** Every reset that was asked for and what came of it, oldest forgotten first. */
export class History {
  readonly #options: HistoryOptions;
  readonly #changed = new Emitter<undefined>();
  #lines = new Map<string, LogLine>();
  #records: readonly ResetRecord[] | undefined;
  #writes: Promise<void> = Promise.resolve();
  #failed = false;
  #rev = 0;

  /** Fires when a record was added, advanced or removed. */
  readonly onDidChange = this.#changed.event;

  constructor(options: HistoryOptions) {
    this.#options = options;
  }

  /** Reads what is stored, and takes over what windows that are gone have left. Never rejects. */
  load(): Promise<void> {
    return this.#enqueue(async () => {
      const orphans = await this.#options.storage.claimOrphans();
      const left = orphans.flatMap((log) => decodeLog(log.text).lines).map(settleLost);
      if (left.length > 0) {
        this.#take(left);
        await this.#options.storage.append(this.#encodeAll());
      }
      for (const log of orphans) await this.#leave(log);
      await this.#readOthers();
    });
  }

  /** Reads what other windows on the same workspace have added. */
  refresh(): Promise<void> {
    return this.#enqueue(() => this.#readOthers());
  }

  /** Newest first. */
  records(): readonly ResetRecord[] {
    return (this.#records ??= mergeLines(this.#lines.values()).slice(-this.#options.limit()).reverse());
  }

  get(id: string): ResetRecord | undefined {
    return this.records().find((record) => record.id === id);
  }

  /** Adds a record, or replaces the one with its id. */
  put(record: ResetRecord): void {
    this.#write({ rev: this.#nextRev(), put: shorten(record) });
  }

  /** Shows what a record is about to become, without storing it. */
  show(record: ResetRecord): void {
    const known = this.#lines.get(record.id);
    if (known && 'put' in known) this.#take([{ rev: known.rev, put: record }]);
  }

  remove(id: string): void {
    this.#write({ rev: this.#nextRev(), remove: id });
  }

  clear(): void {
    for (const { id } of this.records()) this.remove(id);
  }

  /** Resolves when all that was put is stored, or has failed to be. */
  stored(): Promise<void> {
    return this.#writes;
  }

  #write(line: LogLine): void {
    this.#take([line]);
    void this.#enqueue(() => this.#options.storage.append(encodeLine(line)));
  }

  #take(lines: readonly LogLine[]): void {
    for (const line of lines) {
      const id = 'put' in line ? line.put.id : line.remove;
      const known = this.#lines.get(id);
      if (!known || line.rev >= known.rev) this.#lines.set(id, line);
      this.#rev = Math.max(this.#rev, line.rev);
    }
    this.#forget();
    this.#records = undefined;
    this.#changed.fire(undefined);
  }

  #forget(): void {
    const limit = this.#options.limit();
    if (this.#lines.size <= limit + 100) return;
    const kept = new Set(
      mergeLines(this.#lines.values())
        .slice(-limit)
        .map(({ id }) => id),
    );
    this.#lines = new Map([...this.#lines].filter(([id, line]) => kept.has(id) || isRecentRemoval(line)));
  }

  async #readOthers(): Promise<void> {
    const logs = await this.#options.storage.readAll();
    this.#take(logs.flatMap((log) => [...decodeLog(log.text).lines]));
  }

  async #leave(log: StoredLog): Promise<void> {
    const { damaged } = decodeLog(log.text);
    if (damaged === 0) {
      await this.#options.storage.discard(log);
      return;
    }
    const where = await this.#options.storage.setAside(log);
    this.#options.onProblem({
      what: `The history holds ${damaged === 1 ? 'a line' : `${damaged} lines`} that can’t be read`,
      why: 'its file was damaged',
      remedy: `The rest was kept; the damaged file is now ${where}.`,
    });
  }

  #encodeAll(): string {
    return [...this.#lines.values()].map(encodeLine).join('');
  }

  #nextRev(): number {
    // The clock orders what several windows write; within one, a later step has a higher number in any case.
    return (this.#rev = Math.max(this.#rev + 1, Date.now()));
  }

  #enqueue(work: () => Promise<void>): Promise<void> {
    this.#writes = this.#writes.then(work).then(
      () => {
        this.#failed = false;
      },
      (error: unknown) => {
        const why = error instanceof Error ? error.message : String(error);
        this.#options.logger.error(`The history could not be stored: ${why}`);
        if (!this.#failed) {
          const remedy =
            'It stays in this window until it is closed. Make room or allow writing, then send again.';
          this.#options.onProblem({ what: 'The history could not be stored', why, remedy });
        }
        this.#failed = true;
      },
    );
    return this.#writes;
  }
}

/** With at most so many requests in full; the counts stay whole. */
function shorten(record: ResetRecord): ResetRecord {
  const { state } = record;
  if (state.kind !== 'published' || !state.observation) return record;
  return { ...record, state: { ...state, observation: shortenObservation(state.observation, mostRequests) } };
}

/** Removals are kept for a month: another window's log may still hold what they remove. */
function isRecentRemoval(line: LogLine): boolean {
  return 'remove' in line && line.rev > Date.now() - 30 * 24 * 3_600_000;
}

/** A reset that was under way when its window went: nobody can say any more whether it arrived. */
function settleLost(line: LogLine): LogLine {
  if (!('put' in line) || isSettled(line.put.state)) return line;
  const sent = line.put.state.kind === 'sending';
  return {
    // Above the lost one, below whatever its window may still write.
    rev: line.rev + 0.5,
    put: {
      ...line.put,
      state: {
        kind: 'failed',
        problem: {
          what: sent ? 'It is not known whether the reset arrived' : 'The reset was not sent',
          why: sent
            ? 'the window closed before the server confirmed it'
            : 'the window closed before it could be sent',
          remedy: 'Send it again if the data is still stale.',
        },
      },
    },
  };
}
