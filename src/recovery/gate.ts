import { buildResetMessage, summarizeReset, type ResetMessage } from '../res/resetMessage';
import { protectedReason } from '../resets/askReasons';
import { placeOf, type Bus } from '../resets/bus';
import { isSameConnection } from '../resets/connections';
import type { Origin } from '../resets/resetRecord';
import type { ResetIntent, SentReset } from '../resets/resetService';
import * as l10n from '../util/l10n';
import type { Problem } from '../util/problem';
import { maxInMinute, RateLimit } from './rateLimit';
import { whyGone, withheldProblem, type Withheld } from './withheld';

/** A reset that nobody asked for at this moment. */
export interface AutomaticReset {
  /** Checked and minimal. */
  readonly message: ResetMessage;
  readonly origin: Extract<Origin, 'save' | 'restart' | 'reconnect'>;
  /** The connection that was open when its cause was seen, if any: it goes to no other one. */
  readonly bus: Bus | undefined;
  /** The name of the only connection that it may go to, where a rule names one. */
  readonly connection?: string;
}

/** Why a person was asked. */
export type Asked = 'protected' | 'reach' | 'rate';

/** What became of an automatic reset. */
export type Passed =
  | { readonly kind: 'sent'; readonly sent: SentReset }
  | { readonly kind: 'offered'; readonly cause: Asked }
  | { readonly kind: 'withheld'; readonly cause: Withheld };

/** A notification that offers what was not sent. */
export interface Offer {
  readonly cause: Asked;
  readonly connection: string;
  /** What happened and why nothing was sent. */
  readonly text: string;
}

/** What the gate needs to know and to do. */
export interface GatePorts {
  /** Whether the person has switched automatic resets on, for this workspace. */
  readonly isOn: () => boolean;
  readonly isTrusted: () => boolean;
  /** The connection that is open now. */
  readonly openBus: () => Bus | undefined;
  /** Why a reset with this reach is not sent without a question. */
  readonly reasonsToAsk: (message: ResetMessage, bus: Bus) => readonly string[];
  readonly send: (intent: ResetIntent, bus: Bus) => Promise<SentReset>;
  /** Shows a notification; resolves when it is gone, with whether the person wants the reset. */
  readonly offer: (offer: Offer) => Promise<boolean>;
  /** Sends what a person has now asked for, with the usual questions. */
  readonly sendAsked: (message: ResetMessage, origin: Origin, bus: Bus) => void;
  /** In milliseconds. */
  readonly now: () => number;
}

/** What every automatic reset goes through: it holds the rules about when none is sent. */
export class AutomaticResets {
  readonly #ports: GatePorts;
  readonly #rate: RateLimit;
  /** The messages about which a notification is open, by its subject: there is one for each. */
  readonly #waiting = new Map<string, ResetMessage>();

  constructor(ports: GatePorts) {
    this.#ports = ports;
    this.#rate = new RateLimit(ports.now);
  }

  /** The connection that is open now: what is caused now goes to it or nowhere. */
  get openBus(): Bus | undefined {
    return this.#ports.openBus();
  }

  /** Why nothing of this kind would be sent now; none if it may be. */
  closedFor({ bus, connection }: Pick<AutomaticReset, 'bus' | 'connection'>): Withheld | undefined {
    if (!this.#ports.isTrusted()) return 'untrusted';
    if (!this.#ports.isOn()) return 'off';
    if (!bus) return 'notConnected';
    const open = this.#ports.openBus();
    if (open !== bus) return whyGone(bus, open);
    return connection === undefined || isSameConnection(connection, bus) ? undefined : 'otherConnection';
  }

  /** Sends, offers or withholds a reset. It never connects, and never rejects. */
  async pass(reset: AutomaticReset): Promise<Passed> {
    const { message, origin, bus } = reset;
    const cause = this.closedFor(reset);
    if (cause !== undefined || !bus) return { kind: 'withheld', cause: cause ?? 'notConnected' };
    if (bus.isProtected) return this.#offer('protected', message, origin, bus);
    const [reason] = this.#ports.reasonsToAsk(message, bus);
    if (reason !== undefined) return this.#offer('reach', message, origin, bus, reason);
    if (!this.#rate.take()) return this.#offer('rate', message, origin, bus);
    const withdrawn = (): Problem | undefined => {
      const why = this.closedFor(reset);
      return why && withheldProblem(l10n.msg('Nothing was sent'), why, reset.connection);
    };
    return { kind: 'sent', sent: await this.#ports.send({ message, origin, withdrawn }, bus) };
  }

  #offer(cause: Asked, message: ResetMessage, origin: Origin, bus: Bus, reason = ''): Passed {
    const { connection } = bus;
    const key = `${cause} ${origin} ${bus.id}`;
    const waiting = this.#waiting.get(key);
    this.#waiting.set(key, (waiting && together([waiting, message])) ?? message);
    if (waiting) return { kind: 'offered', cause };
    const text = offerText(cause, message, bus, reason);
    const answered = (isWanted: boolean): void => {
      const all = this.#waiting.get(key);
      this.#waiting.delete(key);
      if (isWanted && all) this.#ports.sendAsked(all, origin, bus);
    };
    void this.#ports.offer({ cause, connection, text }).then(answered, () => {
      answered(false);
    });
    return { kind: 'offered', cause };
  }
}

function offerText(cause: Asked, message: ResetMessage, bus: Bus, reason: string): string {
  const summary = summarizeReset(message);
  const place = placeOf(bus);
  switch (cause) {
    case 'protected':
      return l10n.t(
        '{0} was not reset automatically. {1} Send the reset yourself if you want it.',
        summary,
        protectedReason(bus.connection),
      );
    case 'reach':
      return l10n.t('{0} was not reset automatically on {1}. {2}', summary, place, reason);
    case 'rate':
      return l10n.t(
        '{0} automatic resets were sent within a minute, so the next ones wait for you, beginning with {1} on {2}.',
        maxInMinute,
        summary,
        place,
      );
  }
}

/** One message that means the same as all of these. */
export function together(messages: readonly ResetMessage[]): ResetMessage | undefined {
  const built = buildResetMessage({
    resources: messages.flatMap(({ resources }) => resources ?? []),
    access: messages.flatMap(({ access }) => access ?? []),
  });
  return built.ok ? built.value : undefined;
}
