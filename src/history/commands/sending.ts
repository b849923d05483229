import type { ConnectionKey } from '../../resets/connections';
import type { ResetFlow } from '../../resets/resetFlow';
import { cancelled, type ResetOutcome } from '../../resets/resetOutcome';
import { connectionOf } from '../../resets/resetRecord';
import * as l10n from '../../util/l10n';
import type { Notifier } from '../../util/notifier';
import { checkMessage, editSteps, wholeMessage } from './editMessage';
import type { History } from '../history';
import { lastSent, type HistoryEntry } from '../historyEntry';
import type { HistoryPrompts } from './prompts';

/** What sending from the history is built on. */
interface SendingPorts {
  readonly history: Pick<History, 'entries' | 'stored'>;
  /** Asks what any reset asks. */
  readonly flow: Pick<ResetFlow, 'send' | 'refuse'>;
  /** Where a reset on this connection, or on the one that is used without any, goes to. */
  readonly placeOf: (connection: ConnectionKey | undefined) => string;
  readonly prompts: Pick<HistoryPrompts, 'enterTexts'>;
  readonly notifier: Pick<Notifier, 'info' | 'warn'>;
  /** Starts a reset of any resources. */
  readonly resetResources: () => void;
}

/** Send again, edit and send, repeat the last reset: each with the questions that any reset asks. */
export class HistorySending {
  readonly #ports: SendingPorts;

  constructor(ports: SendingPorts) {
    this.#ports = ports;
  }

  /** Sends entries again, oldest first, until one is not published. Resolves to the outcome of the last one. */
  async sendAgain(entries: readonly HistoryEntry[]): Promise<ResetOutcome> {
    let outcome = cancelled();
    let sent = 0;
    // Each is observed to its end: two at once could not be told apart.
    for (const entry of [...entries].sort((a, b) => a.record.time - b.record.time)) {
      outcome = await this.#send(entry, sentOn(entry));
      if (outcome.state !== 'published') break;
      sent++;
    }
    if (entries.length > 1 && sent < entries.length) {
      const text = l10n.t(
        'Sent {0} of {1} resets again. The next one was not published, so the rest were not sent.',
        sent,
        entries.length,
      );
      void this.#ports.notifier.warn(text);
    }
    return outcome;
  }

  /** Lets the person change the message of an entry, and sends it. */
  async editAndSend(entry: HistoryEntry): Promise<ResetOutcome> {
    const { flow, placeOf, prompts } = this.#ports;
    const whole = wholeMessage(entry.record);
    if (!whole.ok) return flow.refuse(whole.problem);
    const connection = sentOn(entry);
    const { steps, read } = editSteps(whole.value);
    const typed = await prompts.enterTexts(l10n.t('Edit and send on {0}', placeOf(connection)), steps);
    if (!typed) return cancelled(entry.record.message);
    const edited = read(typed);
    return edited.ok ? flow.send(edited.value, 'history', connection) : flow.refuse(edited.problem);
  }

  /** Sends the last reset of this workspace again, on the connection in use. */
  async repeatLast(): Promise<ResetOutcome> {
    const { history, notifier, resetResources } = this.#ports;
    await history.stored();
    const last = lastSent(history.entries());
    if (last) return this.#send(last, undefined);
    const reason = l10n.t('Nothing to repeat: no reset was sent from this workspace.');
    void notifier.info(reason, l10n.t('Reset Resources…')).then((chosen) => {
      if (chosen !== undefined) resetResources();
    });
    return { ...cancelled(), reason };
  }

  async #send(entry: HistoryEntry, connection: ConnectionKey | undefined): Promise<ResetOutcome> {
    const { flow } = this.#ports;
    const checked = checkMessage(entry.record);
    return checked.ok ? flow.send(checked.value, 'history', connection) : flow.refuse(checked.problem);
  }
}

/** The connection that it was sent on. In a file from elsewhere the same name can stand for another system. */
function sentOn({ record, isImported }: HistoryEntry): ConnectionKey | undefined {
  return isImported ? undefined : connectionOf(record);
}
