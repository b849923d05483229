import { buildResetMessage, type ResetRequest } from '../res/resetMessage';
import { summarizeMessage, type SystemMessage } from '../res/systemMessage';
import * as l10n from '../util/l10n';
import { shortenedInMiddle } from '../util/middle';
import type { Notifier } from '../util/notifier';
import { problemText, type Problem } from '../util/problem';
import { questionBefore, type ConfirmRules, type ResetQuestion } from './askReasons';
import type { Bus } from './bus';
import type { ConnectionKey, Connections } from './connections';
import { shortOutcome } from './observe/observationText';
import { cancelled, outcomeOf, type ResetOutcome } from './resetOutcome';
import { connectionOf, observationOf, type Origin, type ResetRecord } from './resetRecord';
import type { ResetIntent, ResetService, SentReset } from './resetService';
import { stateWord } from './resetText';
import { iconOfState } from './resetTone';

/** What the person who asked for a reset is asked and shown of it. */
export interface ResetPrompts {
  /** Whether the reset is to be sent. */
  confirm(question: ResetQuestion): Promise<boolean>;
  /** Shows that a reset is being sent, until that is over. */
  showSending<T>(title: string, send: () => Promise<T>): Promise<T>;
  /** Shows what came of a reset, for a moment where it is final. */
  showStatus(id: string, text: string, isFinal: boolean): void;
  showReport(id: string): void;
  showLog(): void;
  chooseConnection(): void;
}

/** A reset that is over: called off before it was sent, or with all that was seen of it. */
type SettledReset =
  | { readonly kind: 'cancelled'; readonly connection?: string }
  | { readonly kind: 'settled'; readonly record: ResetRecord };

interface Remedy {
  readonly title: string;
  readonly run: () => void;
}

/** What the flow is built on. */
interface FlowPorts {
  readonly resets: Pick<ResetService, 'send' | 'fail'>;
  readonly connections: Connections;
  readonly rules: ConfirmRules;
  readonly prompts: ResetPrompts;
  readonly notifier: Pick<Notifier, 'error'>;
}

/** One way for every reset that a person asks for: check, connect, confirm, send, show what came of it. */
export class ResetFlow {
  readonly #ports: FlowPorts;

  constructor(ports: FlowPorts) {
    this.#ports = ports;
  }

  /** Connects before there is a message; shows the reason if that fails. */
  async connect(
    connection?: ConnectionKey,
  ): Promise<{ readonly bus: Bus } | { readonly ended: ResetOutcome }> {
    const { connections, prompts } = this.#ports;
    const opening = await connections.use(connection);
    switch (opening.kind) {
      case 'connected':
        return { bus: opening.bus };
      case 'cancelled':
        return { ended: cancelled() };
      case 'failed': {
        const reason = problemText(opening.problem);
        const choose = (): void => {
          prompts.chooseConnection();
        };
        void this.#showFailure(reason, { title: l10n.t('Choose Connection…'), run: choose });
        return { ended: { state: 'failed', message: {}, reason } };
      }
    }
  }

  /** Sends what is asked for. Never rejects; a request with an invalid pattern is refused with the reason. */
  async run(request: ResetRequest, origin: Origin, connection?: ConnectionKey): Promise<ResetOutcome> {
    const built = buildResetMessage(request);
    return built.ok ? this.send(built.value, origin, connection) : this.refuse(built.problem);
  }

  /** Shows why something can't be sent. */
  refuse(problem: Problem): ResetOutcome {
    const reason = problemText(problem);
    void this.#showFailure(reason);
    return { state: 'rejected', message: {}, reason };
  }

  /** Sends a message that was checked before. Never rejects. */
  async send(message: SystemMessage, origin: Origin, connection?: ConnectionKey): Promise<ResetOutcome> {
    const settled = await this.settle(message, origin, connection);
    if (settled.kind === 'settled') return outcomeOf(settled.record);
    return {
      ...cancelled(message),
      ...(settled.connection !== undefined && { connection: settled.connection }),
    };
  }

  /** The same, for those who need to know all that was seen of it. */
  async settle(message: SystemMessage, origin: Origin, connection?: ConnectionKey): Promise<SettledReset> {
    const { resets, connections } = this.#ports;
    const intent = { message, origin };
    const worked = await connections.work(connection, (bus) => this.#sendOn(bus, intent));
    if (worked.kind === 'cancelled') return { kind: 'cancelled' };
    if (worked.kind === 'failed')
      return this.#settled(resets.fail(intent, worked.problem, worked.connection ?? connection));
    const sent = worked.value;
    if ('cancelledOn' in sent) return { kind: 'cancelled', connection: sent.cancelledOn };
    if (sent.record.state.kind === 'published') this.#showPublished(sent.record);
    return this.#settled(await sent.observed);
  }

  /** Sends at once what nobody is at hand to be asked about, and shows it in the status bar alone. */
  async sendQuietly(intent: ResetIntent, bus: Bus): Promise<SentReset> {
    const sent = await this.#ports.resets.send(intent, bus);
    if (sent.record.state.kind === 'published') this.#showPublished(sent.record);
    void sent.observed.then((record) => {
      this.#showOutcome(record);
    });
    return sent;
  }

  /** Asks where that is due, and sends. */
  async #sendOn(bus: Bus, intent: ResetIntent): Promise<SentReset | { readonly cancelledOn: string }> {
    const { resets, rules, prompts } = this.#ports;
    const question = questionBefore(intent.message, bus, rules);
    if (question && !(await prompts.confirm(question))) return { cancelledOn: bus.connection };
    const title = l10n.t('Resetting {0}', summarizeMessage(intent.message));
    return prompts.showSending(title, () => resets.send(intent, bus));
  }

  #settled(record: ResetRecord): SettledReset {
    if (record.state.kind === 'published') this.#showOutcome(record);
    else this.#showUnsent(record);
    return { kind: 'settled', record };
  }

  #showUnsent(record: ResetRecord): void {
    const { id, message, origin, state } = record;
    const summary = summarizeMessage(message);
    const ended =
      state.kind === 'rejected'
        ? l10n.t('Reset of {0} rejected.', summary)
        : l10n.t('Reset of {0} failed.', summary);
    const again = (): void => void this.send(message, origin, connectionOf(record));
    const report = (): void => {
      this.#ports.prompts.showReport(id);
    };
    void this.#showFailure(
      `${ended} ${outcomeOf(record).reason ?? ''}`,
      { title: l10n.t('Send Again'), run: again },
      { title: l10n.t('Show Report'), run: report },
    );
  }

  #showPublished({ id, message }: ResetRecord): void {
    const text = statusText('sync~spin', l10n.t('published'), message);
    this.#ports.prompts.showStatus(id, text, false);
  }

  #showOutcome({ id, state, message }: ResetRecord): void {
    const observation = observationOf(state);
    const outcome = observation ? shortOutcome(observation) : stateWord(state);
    const text = statusText(iconOfState(state), outcome, message);
    this.#ports.prompts.showStatus(id, text, true);
  }

  async #showFailure(text: string, ...remedies: readonly Remedy[]): Promise<void> {
    const { notifier, prompts } = this.#ports;
    const showLog = (): void => {
      prompts.showLog();
    };
    const all = [...remedies, { title: l10n.t('Show Log'), run: showLog }];
    const chosen = await notifier.error(text, ...all.map(({ title }) => title));
    all.find(({ title }) => title === chosen)?.run();
  }
}

/** The outcome comes first: where the status bar has too little room, it cuts off the end. */
function statusText(icon: string, outcome: string, message: SystemMessage): string {
  return `$(${icon}) ${l10n.t('Reset: {0}', outcome)} · ${shortenedInMiddle(summarizeMessage(message), 20)}`;
}
