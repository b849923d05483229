import * as l10n from '../../util/l10n';
import type { Logger } from '../../util/logger';
import { problemText, reasonOf, type Problem } from '../../util/problem';
import { encodeLine, type LogLine } from './historyLog';
import type { HistoryStorage } from './historyStorage';

/** Below this size, in characters, a log is not worth rewriting. */
const smallLog = 4_000_000;
/** About so many characters are written at once. */
const pieceLength = 256 * 1024;
/** So long what must be written first is waited for, in milliseconds; counted in steps, so that a busy process has time, too. */
const answerMs = 500;
const stepMs = 50;

/** What a log writer needs. */
interface LogWriterOptions {
  readonly storage: HistoryStorage;
  readonly logger: Logger;
  /** All that is to stay when the log is rewritten; what was added is part of it. */
  readonly allLines: () => Promise<Iterable<LogLine>>;
  /** Gets, at each try, the reason why entries are kept in memory only; undefined once they are stored again. */
  readonly onTrouble: (trouble: Problem | undefined) => void;
  /** Gets the reason why queued work failed. */
  readonly onFailure: (why: string) => void;
}

/**
 * Stores what is added, in order; what could not be stored is tried again with the next. Writing waits for nothing but
 * the writing before it: neither for the disk to have it, nor for reading and rewriting, which have a queue of their own.
 */
export class LogWriter {
  readonly #options: LogWriterOptions;
  #writing: Promise<void> = Promise.resolve();
  #syncing: Promise<void> = Promise.resolve();
  #queue: Promise<void> = Promise.resolve();
  #unwritten: LogLine[] = [];
  /** Written, but lost if the machine's power goes. */
  #unsynced: LogLine[] = [];
  #size = 0;
  #rewriteAt = smallLog;
  #trouble: Problem | undefined;
  /** The disk did not answer the last time; nothing has been heard of it since. */
  #isSilent = false;

  constructor(options: LogWriterOptions) {
    this.#options = options;
  }

  /** Stores the lines, soon. */
  add(lines: readonly LogLine[]): void {
    for (const line of lines) this.#unwritten.push(line);
    this.#writing = this.#writing.then(() => this.#write());
  }

  /** Resolves when what was added is safe from a crash, or after a report that it is not, or not soon. */
  async written(): Promise<void> {
    if (this.#isSilent) return;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      let steps = answerMs / stepMs;
      timer = setInterval(() => {
        if (--steps === 0) resolve('late');
      }, stepMs);
    });
    const found = await Promise.race([this.#writing, late]);
    clearInterval(timer);
    if (found !== 'late') return;
    this.#fail(silent());
    this.#isSilent = true;
  }

  /** Does the work after all that was queued before. Never rejects: a failure is reported. */
  enqueue(work: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue.then(work).catch((error: unknown) => {
      this.#options.onFailure(reasonOf(error));
    });
    return this.#queue;
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    for (let before: unknown[] = []; ;) {
      const now = [this.#writing, this.#syncing, this.#queue];
      if (now.every((work, at) => work === before[at])) return;
      await Promise.all((before = now));
    }
  }

  /** Rewrites this window's log with all lines. To be called within `enqueue`. */
  async replaceAll(): Promise<void> {
    const sizeBefore = this.#size;
    let size = 0;
    const pieces = function* (lines: Iterable<LogLine>): Iterable<string> {
      for (const { text } of encodePieces(lines)) {
        size += text.length;
        yield text;
      }
    };
    try {
      await this.#options.storage.replace(pieces(await this.#options.allLines()));
    } catch (error) {
      this.#rewriteAt = 2 * Math.max(smallLog, this.#size);
      throw error;
    }
    // What was appended meanwhile stands beside it.
    this.#size += size - sizeBefore;
    this.#rewriteAt = Math.max(smallLog, 2 * size);
  }

  async #write(): Promise<void> {
    try {
      while (this.#unwritten.length > 0) {
        for (const { text, count } of encodePieces(this.#unwritten.slice())) {
          await this.#options.storage.append(text);
          this.#unsynced.push(...this.#unwritten.splice(0, count));
          this.#size += text.length;
        }
      }
    } catch (error) {
      this.#fail(notStored(error));
      return;
    }
    this.#syncing = this.#syncing.then(() => this.#sync());
    if (this.#size <= this.#rewriteAt) return;
    this.#rewriteAt = Infinity;
    void this.enqueue(() => this.replaceAll());
  }

  async #sync(): Promise<void> {
    const count = this.#unsynced.length;
    if (count === 0) return;
    try {
      await this.#options.storage.sync();
      this.#unsynced.splice(0, count);
    } catch (error) {
      // How much of it reached the disk is unknown: all is written again, and duplicates count once.
      const again = this.#unsynced;
      this.#unsynced = [];
      this.#writing = this.#writing.then(() => {
        this.#unwritten = [...again, ...this.#unwritten];
      });
      this.#fail(notStored(error));
      return;
    }
    this.#isSilent = false;
    if (this.#trouble) this.#options.onTrouble((this.#trouble = undefined));
  }

  #fail(problem: Problem): void {
    this.#options.logger.error(`The history could not be stored: ${problemText(problem)}`);
    this.#isSilent = false;
    this.#options.onTrouble((this.#trouble = problem));
  }
}

function notStored(error: unknown): Problem {
  return {
    what: l10n.msg('The history could not be saved'),
    why: reasonOf(error),
    remedy: l10n.msg('Kept in memory. Free disk space or fix permissions; the next change retries.'),
  };
}

/** The disk says nothing at all: each reset would wait for it in vain. */
function silent(): Problem {
  return {
    what: l10n.msg('The history could not be saved'),
    why: l10n.msg('the disk did not respond within {0} ms', answerMs),
    remedy: l10n.msg('Kept in memory until it does.'),
  };
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
