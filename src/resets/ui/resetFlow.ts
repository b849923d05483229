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
import { stateWord } from '../resetText';
import { shortenedInMiddle } from '../../util/middle';
import type { OutcomeStatus } from './outcomeStatus';
import { publishedIcon } from './publishedIcon';

/** A reset that is over: called off before it was sent, or with all that was seen of it. */
export type SettledReset =
  | { readonly kind: 'cancelled'; readonly connection?: string }
  | { readonly kind: 'settled'; readonly record: ResetRecord };

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
  async connect(connection?: string): Promise<{ readonly bus: Bus } | { readonly ended: ResetOutcome }> {
    const connecting = await this.#connections.use(connection);
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
    const settled = await this.settle(message, origin, connection);
    if (settled.kind === 'settled') return outcomeOf(settled.record);
    return {
      ...cancelled(message),
      ...(settled.connection !== undefined && { connection: settled.connection }),
    };
  }

  /** The same, for those who need to know all that was seen of it. */
  async settle(message: SystemMessage, origin: Origin, connection?: string): Promise<SettledReset> {
    const intent = { message, origin };
    const worked = await this.#connections.work(connection, (bus) => this.#sendOn(bus, intent));
    if (worked.kind === 'cancelled') return { kind: 'cancelled' };
    if (worked.kind === 'failed') {
      const failed = this.#resets.fail(intent, worked.problem, worked.connection ?? connection);
      return this.#tell(failed);
    }
    const sent = worked.value;
    if ('cancelledOn' in sent) return { kind: 'cancelled', connection: sent.cancelledOn };
    if (sent.record.state.kind === 'published') this.#showPublished(sent.record);
    return this.#tell(await sent.observed);
  }

  /** Sends at once what nobody is at hand to be asked about, and tells of it in the status bar alone. */
  async sendQuietly(intent: ResetIntent, bus: Bus): Promise<SentReset> {
    const sent = await this.#resets.send(intent, bus);
    if (sent.record.state.kind === 'published') this.#showPublished(sent.record);
    void sent.observed.then((record) => {
      this.#showOutcome(record);
    });
    return sent;
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

  #tell(record: ResetRecord): SettledReset {
    if (record.state.kind === 'published') this.#showOutcome(record);
    else {
      const summary = summarizeMessage(record.message);
      const again = (): void => void this.send(record.message, record.origin, record.connection);
      const ended =
        record.state.kind === 'rejected'
          ? l10n.t('Reset of {0} rejected.', summary)
          : l10n.t('Reset of {0} failed.', summary);
      const text = `${ended} ${outcomeOf(record).reason ?? ''}`;
      const report = (): void => {
        this.#showReport(record.id);
      };
      void this.#showFailure(
        text,
        { title: l10n.t('Send Again'), run: again },
        { title: l10n.t('Show Report'), run: report },
      );
    }
    return { kind: 'settled', record };
  }

  #showPublished({ id, message }: ResetRecord): void {
    this.#status.show(id, statusText('sync~spin', l10n.t('published'), message), false);
  }

  #showOutcome({ id, state, message }: ResetRecord): void {
    if (state.kind === 'published') {
      const { observation } = state;
      const what = observation ? shortOutcome(observation) : l10n.t('published');
      this.#status.show(id, statusText(publishedIcon(observation), what, message), true);
    } else this.#status.show(id, statusText('error', stateWord(state), message), true);
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
