import { summarizeMessage } from '../res/systemMessage';
import * as l10n from '../util/l10n';
import type { Logger } from '../util/logger';
import { reasonOf, type Problem } from '../util/problem';
import type { ResetRecord } from './resetRecord';

/** Where resets are recorded. */
export interface ResetStore {
  /** Adds a record, or replaces the one with its id. */
  put(record: ResetRecord): void;
  /** Shows what a record is about to become, without storing it. */
  show(record: ResetRecord): void;
  /** Resolves when what was put outlives a crash, or can't be made to. */
  written(): Promise<void>;
}

/** So many records that could not be put are kept for another try. */
const maxUnrecorded = 100;

/**
 * Records each step of each reset. It never throws: a reset is not given up because its record can't be kept. What could
 * not be recorded is logged, said to the person once, and tried again with whatever is recorded next.
 */
export class Recording implements ResetStore {
  readonly #store: ResetStore;
  readonly #logger: Pick<Logger, 'error'>;
  readonly #onProblem: (problem: Problem) => void;
  /** By id, in the order in which they began. */
  readonly #unrecorded = new Map<string, ResetRecord>();
  /** The resets that turned out to be a service's own: who observes them does not know it. */
  readonly #selves = new Set<string>();
  #isReported = false;

  constructor(options: {
    readonly store: ResetStore;
    readonly logger: Pick<Logger, 'error'>;
    /** Gets the reason once, until everything is recorded again. */
    readonly onProblem: (problem: Problem) => void;
  }) {
    this.#store = options.store;
    this.#logger = options.logger;
    this.#onProblem = options.onProblem;
  }

  put(seen: ResetRecord): void {
    if (seen.origin === 'self') this.#selves.add(seen.id);
    const record = this.#withOrigin(seen);
    this.#unrecorded.set(record.id, record);
    for (const one of [...this.#unrecorded.values()]) {
      const why = failureOf(() => {
        this.#store.put(one);
      });
      if (why === undefined) this.#unrecorded.delete(one.id);
      else if (one === record) this.#report(record, why);
    }
    this.#isReported &&= this.#unrecorded.size > 0;
    const [oldest] = this.#unrecorded.keys();
    if (this.#unrecorded.size > maxUnrecorded && oldest !== undefined) this.#unrecorded.delete(oldest);
  }

  show(record: ResetRecord): void {
    // The next step shows it anyway.
    const why = failureOf(() => {
      this.#store.show(this.#withOrigin(record));
    });
    if (why !== undefined) this.#logger.error(`The progress of a reset could not be shown: ${why}`);
  }

  async written(): Promise<void> {
    try {
      await this.#store.written();
    } catch (error) {
      this.#logger.error(`Whether the history is written is not known: ${reasonOf(error)}`);
    }
  }

  #withOrigin(record: ResetRecord): ResetRecord {
    return this.#selves.has(record.id) ? { ...record, origin: 'self' } : record;
  }

  #report({ message, state, connection }: ResetRecord, why: l10n.Verbatim): void {
    const where = connection === undefined ? '' : ` on "${connection}"`;
    this.#logger.error(
      `Reset of ${summarizeMessage(message)}${where}: ${state.kind}, but not in the history: ${why}`,
    );
    // Its next step follows, and is tried first.
    if (state.kind === 'requested' || this.#isReported) return;
    this.#isReported = true;
    this.#onProblem({
      what: l10n.msg('A reset could not be added to the history'),
      why,
      remedy: l10n.msg(
        'Resets are still sent, and the log has what came of each. Adding those that are missing is tried again with the next reset.',
      ),
    });
  }
}

function failureOf(act: () => void): l10n.Verbatim | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}
