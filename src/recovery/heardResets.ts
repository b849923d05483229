import { boundMessage } from '../res/boundMessage';
import { resetSubject, type ResetMessage } from '../res/resetMessage';
import { isTokenReset, readSystemMessage } from '../res/systemMessage';
import type { Bus } from '../resets/bus';
import type { Disposable } from '../util/disposable';

/** So many are remembered. */
const maxHeard = 100;

interface Heard {
  readonly message: ResetMessage;
  readonly at: number;
}

/** Remembers the latest resets on the bus, whoever sent them. */
export class HeardResets implements Disposable {
  readonly #subscription: Disposable;
  #heard: Heard[] = [];

  constructor(
    bus: Pick<Bus, 'subscribe'>,
    now: () => number,
    /** Whether this window itself sent the message. */
    isOwn: (message: ResetMessage) => boolean,
  ) {
    this.#subscription = bus.subscribe(resetSubject, ({ subject, data }) => {
      const message = readSystemMessage(subject, data);
      if (!message || isTokenReset(message) || isOwn(message)) return;
      const bound = boundMessage(message).message;
      if (!isTokenReset(bound))
        this.#heard = [...this.#heard.slice(1 - maxHeard), { message: bound, at: now() }];
    });
  }

  /** Those since a time. */
  since(time: number): readonly ResetMessage[] {
    return this.#heard.filter(({ at }) => at >= time).map(({ message }) => message);
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}
