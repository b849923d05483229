import type { Logger } from '../util/logger';
import type { Problem } from '../util/problem';
import { encodeLine, type LogLine } from './historyLog';
import type { HistoryStorage } from './historyStorage';

/** Below this size, in characters, a log is not worth rewriting. */
const smallLog = 4_000_000;
/** About so many characters are written at once. */
const pieceLength = 256 * 1024;

/** Stores what is added, one thing after the other; what could not be stored is tried again with the next. */
export class LogWriter {
  readonly #storage: HistoryStorage;
  readonly #logger: Logger;
  readonly #onProblem: (problem: Problem) => void;
  readonly #allLines: () => Promise<Iterable<LogLine>>;
  #queue: Promise<void> = Promise.resolve();
  readonly #unstored: LogLine[] = [];
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
    for (const line of lines) this.#unstored.push(line);
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
    let size = 0;
    const pieces = function* (lines: Iterable<LogLine>): Iterable<string> {
      for (const { text } of encodePieces(lines)) {
        size += text.length;
        yield text;
      }
    };
    await this.#storage.replace(pieces(await this.#allLines()));
    this.#size = size;
    this.#rewriteAt = Math.max(smallLog, 2 * size);
  }

  async #store(): Promise<void> {
    while (this.#unstored.length > 0) {
      for (const { text, count } of encodePieces(this.#unstored.slice())) {
        await this.#storage.append(text);
        this.#unstored.splice(0, count);
        this.#size += text.length;
      }
    }
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

/** The lines as texts of a length that is soon made and soon written, and how many of them each holds. */
function* encodePieces(lines: Iterable<LogLine>): Iterable<{ text: string; count: number }> {
  let text = '';
  let count = 0;
  for (const line of lines) {
    text += encodeLine(line);
    count++;
    if (text.length < pieceLength) continue;
    yield { text, count };
    text = '';
    count = 0;
  }
  if (count > 0) yield { text, count };
}
