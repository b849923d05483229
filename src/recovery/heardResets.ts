import { boundMessage } from '../res/boundMessage';
import { resetSubject, type ResetMessage } from '../res/resetMessage';
import { isTokenReset, readSystemMessage } from '../res/systemMessage';
import type { Bus, BusMessage } from '../resets/bus';
import type { IsOwn } from '../resets/ownMessages';
import type { Disposable } from '../util/disposable';

/** So many are remembered. */
const maxHeard = 100;

/** A reset that was seen on the bus. */
export interface HeardReset {
  readonly message: ResetMessage;
  /** How many of its patterns are not kept. */
  readonly leftOut?: number;
  /** When, in milliseconds since 1970. */
  readonly time: number;
}

/** Remembers the latest resets on the bus until it is disposed of. */
export class HeardResets implements Disposable {
  readonly #subscription: Disposable;
  #heard: { readonly reset: HeardReset; readonly at: number }[] = [];
  #isDenied = false;

  constructor(
    bus: Pick<Bus, 'subscribe'>,
    now: () => number,
    /** Whether this window itself sent the message, where that is to be left out. */
    isOwn: IsOwn = () => false,
  ) {
    const hear = (seen: BusMessage): void => {
      const message = readSystemMessage(seen.subject, seen.data);
      if (isOwn(seen) || !message || isTokenReset(message)) return;
      const { message: bound, leftOut } = boundMessage(message);
      if (isTokenReset(bound)) return;
      const reset = { message: bound, ...(leftOut > 0 && { leftOut }), time: Date.now() };
      this.#heard = [...this.#heard.slice(1 - maxHeard), { reset, at: now() }];
    };
    this.#subscription = bus.subscribe(resetSubject, hear, () => {
      this.#isDenied = true;
    });
  }

  /** Whether the connection has no permission to hear them: then hearing none means nothing. */
  get isDenied(): boolean {
    return this.#isDenied;
  }

  /** Those since a time of `now`. */
  since(time: number): readonly HeardReset[] {
    return this.#heard.filter(({ at }) => at >= time).map(({ reset }) => reset);
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}
