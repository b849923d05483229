import { commands, ProgressLocation, window } from 'vscode';
import { buildResetMessage, type ResetRequest } from '../../res/resetMessage';
import { summarizeMessage, type SystemMessage } from '../../res/systemMessage';
import type { Bus } from '../bus';
import { shortOutcome } from '../observe/observationText';
import { cancelled, outcomeOf, type ResetOutcome } from '../resetOutcome';
import type { Origin, ResetRecord } from '../resetRecord';
import type { ResetIntent, ResetService, SentReset } from '../resetService';
import * as l10n from '../../util/l10n';
import { problemText, type Problem } from '../../util/problem';
import type { ConfirmRules } from '../askReasons';
import { confirmReset } from './confirmReset';
import type { Connections } from '../../connections/choosing';
import { commands as ids } from '../../shell/ids';
import { shortenedInMiddle } from '../../util/middle';
import type { OutcomeStatus } from './outcomeStatus';
import { publishedIcon } from './publishedIcon';

/** One way for every reset that a person asks for: check, connect, confirm, send, tell. */
export class ResetFlow {
  readonly #resets: ResetService;
  readonly #connections: Connections;
  readonly #confirm: ConfirmRules;
  readonly #showLog: () => void;
  readonly #showReport: (id: string) => void;
  readonly #status: OutcomeStatus;

  constructor(deps: {
    resets: ResetService;
    connections: Connections;
    confirm: ConfirmRules;
    showLog: () => void;
    showReport: (id: string) => void;
    status: OutcomeStatus;
  }) {
    this.#resets = deps.resets;
    this.#connections = deps.connections;
    this.#confirm = deps.confirm;
    this.#showLog = deps.showLog;
    this.#showReport = deps.showReport;
    this.#status = deps.status;
  }

  /** Connects before there is a message; shows the reason if that fails. */
  async connect(): Promise<{ readonly bus: Bus } | { readonly ended: ResetOutcome }> {
    const connecting = await this.#connections.use();
    switch (connecting.kind) {
      case 'connected':
        return { bus: connecting.bus };
      case 'cancelled':
        return { ended: cancelled() };
      case 'failed': {
        const reason = problemText(connecting.problem);
        const choose = (): void => void commands.executeCommand(ids.connect);
        void this.#showFailure(reason, { title: l10n.t('Choose Connection…'), run: choose });
        return { ended: { state: 'failed', message: {}, reason } };
      }
    }
  }

  /** Sends what is asked for. Never rejects; a request with an invalid pattern is refused with the reason. */
  async run(request: ResetRequest, origin: Origin, connection?: string): Promise<ResetOutcome> {
    const built = buildResetMessage(request);
    return built.ok ? this.send(built.value, origin, connection) : this.refuse(built.problem);
  }

  /** Tells why something can't be sent. */
  refuse(problem: Problem): ResetOutcome {
    const reason = problemText(problem);
    void this.#showFailure(reason);
    return { state: 'rejected', message: {}, reason };
  }

  /** Sends a message that was checked before. Never rejects. */
  async send(message: SystemMessage, origin: Origin, connection?: string): Promise<ResetOutcome> {
    const intent = { message, origin };
    const worked = await this.#connections.work(connection, (bus) => this.#sendOn(bus, intent));
    if (worked.kind === 'cancelled') return cancelled(intent.message);
    if (worked.kind === 'failed') {
      return this.#tell(this.#resets.fail(intent, worked.problem, worked.connection ?? connection));
    }
    const sent = worked.value;
    if ('cancelledOn' in sent) return { ...cancelled(intent.message), connection: sent.cancelledOn };
    if (sent.record.state.kind !== 'published') return this.#tell(sent.record);
    this.#status.show(sent.record.id, statusText('sync~spin', l10n.t('published'), intent.message), false);
    return this.#tell(await sent.observed);
  }

  /** Asks where that is due, and sends. */
  async #sendOn(bus: Bus, intent: ResetIntent): Promise<SentReset | { readonly cancelledOn: string }> {
    const { message } = intent;
    if (!(await confirmReset(message, bus, this.#confirm))) return { cancelledOn: bus.connection };
    return window.withProgress(
      { location: ProgressLocation.Window, title: l10n.t('Resetting {0}', summarizeMessage(message)) },
      () => this.#resets.send(intent, bus),
    );
  }

  #tell(record: ResetRecord): ResetOutcome {
    const outcome = outcomeOf(record);
    const summary = summarizeMessage(record.message);
    if (record.state.kind === 'published') {
      const { observation } = record.state;
      const what = observation ? shortOutcome(observation) : l10n.t('published');
      const icon = publishedIcon(observation);
      this.#status.show(record.id, statusText(icon, what, record.message), true);
    } else {
      const again = (): void => void this.send(record.message, record.origin, record.connection);
      const ended =
        record.state.kind === 'rejected'
          ? l10n.t('Reset of {0} rejected.', summary)
          : l10n.t('Reset of {0} failed.', summary);
      const text = `${ended} ${outcome.reason ?? ''}`;
      const report = (): void => {
        this.#showReport(record.id);
      };
      void this.#showFailure(
        text,
        { title: l10n.t('Send Again'), run: again },
        { title: l10n.t('Show Report'), run: report },
      );
    }
    return outcome;
  }

  async #showFailure(
    text: string,
    ...remedies: readonly { title: string; run: () => void }[]
  ): Promise<void> {
    const log = { title: l10n.t('Show Log'), run: this.#showLog };
    const chosen = await window.showErrorMessage(`RES: ${text}`, ...remedies, log);
    chosen?.run();
  }
}

/** The outcome comes first: where the status bar has too little room, it cuts off the end. */
function statusText(icon: string, outcome: string, message: SystemMessage): string {
  return `$(${icon}) ${l10n.t('Reset: {0}', outcome)} · ${shortenedInMiddle(summarizeMessage(message), 20)}`;
}
