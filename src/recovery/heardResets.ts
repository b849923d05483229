import { boundMessage } from '../res/boundMessage';
import { resetSubject, type ResetMessage } from '../res/resetMessage';
import { isTokenReset, readSystemMessage } from '../res/systemMessage';
import type { Bus, BusMessage } from '../resets/bus';
import type { ResetRecord } from '../resets/resetRecord';
import type { Disposable } from '../util/disposable';

/** So many are remembered. */
const maxHeard = 100;

interface Heard {
  readonly message: ResetMessage;
  readonly at: number;
}

/** What was sent from here can come back within this time, in milliseconds. */
const ownMs = 10_000;

/** Remembers the latest resets on the bus, whoever sent them, until it is disposed of. */
export class HeardResets implements Disposable {
  readonly #subscription: Disposable;
  #heard: Heard[] = [];
  #isDenied = false;

  constructor(
    bus: Pick<Bus, 'subscribe'>,
    now: () => number,
    /** Whether this window itself sent the message, where that is to be left out. */
    isOwn: (message: ResetMessage) => boolean = () => false,
  ) {
    const hear = ({ subject, data }: BusMessage): void => {
      const message = readSystemMessage(subject, data);
      if (!message || isTokenReset(message) || isOwn(message)) return;
      const bound = boundMessage(message).message;
      if (!isTokenReset(bound))
        this.#heard = [...this.#heard.slice(1 - maxHeard), { message: bound, at: now() }];
    };
    this.#subscription = bus.subscribe(resetSubject, hear, () => {
      this.#isDenied = true;
    });
  }

  /** Whether the connection has no permission to hear them: then hearing none means nothing. */
  get isDenied(): boolean {
    return this.#isDenied;
  }

  /** Those since a time. */
  since(time: number): readonly ResetMessage[] {
    return this.#heard.filter(({ at }) => at >= time).map(({ message }) => message);
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}

/** Whether one of the records, the newest first, is of a message that was sent from here a moment before `now` (`Date.now()`). */
export function wasSentHere(message: ResetMessage, records: Iterable<ResetRecord>, now: number): boolean {
  const text = JSON.stringify(message);
  for (const record of records) {
    if (record.time < now - ownMs) return false;
    if (record.origin === 'received' || record.origin === 'self' || isTokenReset(record.message)) continue;
    if (JSON.stringify(record.message) === text) return true;
  }
  return false;
}
