import type { Logger } from '../util/logger';
import type { Problem } from '../util/problem';
import { encodeLine, type LogLine } from './historyLog';
import type { HistoryStorage } from './historyStorage';
import { forEachSliced } from './slices';

/** Below this size, in characters, a log is not worth rewriting. */
const smallLog = 4_000_000;

/** Stores what is added, one thing after the other; what could not be stored is tried again with the next. */
export class LogWriter {
  readonly #storage: HistoryStorage;
  readonly #logger: Logger;
  readonly #onProblem: (problem: Problem) => void;
  readonly #allLines: () => Promise<Iterable<LogLine>>;
  #queue: Promise<void> = Promise.resolve();
  #unstored = '';
  #size = 0;
  #rewriteAt = smallLog;
  #failed = false;

  constructor(options: {
    readonly storage: HistoryStorage;
    readonly logger: Logger;
    readonly onProblem: (problem: Problem) => void;
    /** All that is to stay when the log is rewritten; what was added is part of it. */
    readonly allLines: () => Promise<Iterable<LogLine>>;
  }) {
    this.#storage = options.storage;
    this.#logger = options.logger;
    this.#onProblem = options.onProblem;
    this.#allLines = options.allLines;
  }

  /** Stores the lines, soon. */
  add(lines: readonly LogLine[]): void {
    this.#unstored += lines.map(encodeLine).join('');
    void this.enqueue(() => this.#store());
  }

  /** Does the work after all that was begun before. Never rejects: a failure is told. */
  enqueue(work: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue.then(work).then(
      () => {
        this.#failed = false;
      },
      (error: unknown) => {
        this.#tell(error);
      },
    );
    return this.#queue;
  }

  /** Resolves when nothing is under way. */
  idle(): Promise<void> {
    return this.#queue;
  }

  /** Rewrites this window's log with all lines. To be called within `enqueue`. */
  async replaceAll(): Promise<void> {
    const parts: string[] = [];
    await forEachSliced(await this.#allLines(), (line) => {
      parts.push(encodeLine(line));
    });
    const text = parts.join('');
    await this.#storage.replace(text);
    this.#size = text.length;
    this.#rewriteAt = Math.max(smallLog, 2 * text.length);
  }

  async #store(): Promise<void> {
    const text = this.#unstored;
    if (text === '') return;
    await this.#storage.append(text);
    this.#unstored = this.#unstored.slice(text.length);
    this.#size += text.length;
    if (this.#size > this.#rewriteAt) await this.replaceAll();
  }

  #tell(error: unknown): void {
    const why = error instanceof Error ? error.message : String(error);
    this.#logger.error(`The history could not be stored: ${why}`);
    if (!this.#failed) {
      const remedy = 'It stays in this window. Make room or allow writing: the next change tries again.';
      this.#onProblem({ what: 'The history could not be stored', why, remedy });
    }
    this.#failed = true;
  }
}
