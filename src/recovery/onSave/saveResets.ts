import { summarizeReset, type ResetMessage } from '../../res/resetMessage';
import { together, type AutomaticResets, type Passed } from '../gate';
import type { Bus } from '../../resets/bus';
import { Gather, type Schedule } from '../gather';
import { requestOf, type MarkedRule, type SaveRule } from './saveRule';

/** A file that was saved. */
interface SavedFile {
  /** Relative to its workspace folder, with `/` between the parts. */
  readonly path: string;
  readonly rules: readonly SaveRule[];
  /** What resets the services that it defines. */
  readonly services: () => readonly ResetMessage[];
}

/** What a rule wants reset. */
interface Wanted {
  readonly message: ResetMessage;
  /** The connection that was open when the file was saved. */
  readonly bus: Bus | undefined;
  readonly connection: string | undefined;
}

/** What the resets on save need. */
interface SaveResetsParts {
  readonly gate: Pick<AutomaticResets, 'pass' | 'closedFor' | 'openBus'>;
  readonly schedule: Schedule;
  /** A rule could not be used for a file, or can be again; `key` is the same for the same rule. */
  readonly onMark: (key: string, marked: MarkedRule | undefined) => void;
  readonly onPassed: (summary: string, passed: Passed, connection: string | undefined) => void;
}

/** Resets what the rules map saved files to: a burst of saves becomes one message for each connection that a rule names. */
export class SaveResets {
  readonly #parts: SaveResetsParts;
  readonly #gather: Gather<Wanted>;

  constructor(parts: SaveResetsParts) {
    this.#parts = parts;
    this.#gather = new Gather(parts.schedule, (wanted) => {
      void this.#send(wanted);
    });
  }

  /** Takes note of a save. */
  saved(file: SavedFile): void {
    const { gate } = this.#parts;
    const bus = gate.openBus;
    const closed = gate.closedFor({ bus });
    if (closed === 'off' || closed === 'untrusted') return;
    for (const rule of file.rules) {
      const request = requestOf(rule, file.path);
      if (!request) continue;
      const key = JSON.stringify(rule);
      if (!request.ok) {
        this.#parts.onMark(key, { rule: rule.files, problem: request.problem });
        continue;
      }
      this.#parts.onMark(key, undefined);
      const { resources = [], access = [] } = request.value;
      const message = together([
        { resources: [resources].flat(), access: [access].flat() },
        ...(rule.serviceInFile ? file.services() : []),
      ]);
      if (message) this.#gather.add({ message, bus, connection: rule.connection });
    }
  }

  /** Forgets what was saved and not sent yet. */
  stop(): void {
    this.#gather.clear();
  }

  async #send(wanted: readonly Wanted[]): Promise<void> {
    const rest = new Set(wanted);
    for (const { bus, connection } of rest) {
      const same = [...rest].filter((one) => one.bus === bus && one.connection === connection);
      for (const one of same) rest.delete(one);
      const message = together(same.map((one) => one.message));
      if (!message) continue;
      const reset = {
        message,
        origin: 'save' as const,
        bus,
        ...(connection !== undefined && { connection }),
      };
      this.#parts.onPassed(summarizeReset(message), await this.#parts.gate.pass(reset), connection);
    }
  }
}
