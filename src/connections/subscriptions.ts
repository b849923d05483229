import type { BusMessage } from '../resets/bus';
import type { Disposable } from '../util/disposable';
import type { Link } from './link/link';

/** What somebody wants to hear, whatever link carries it. */
export interface Subscription {
  readonly subject: string;
  readonly onMessage: (message: BusMessage) => void;
  readonly onDenied: () => void;
}

/** The subscriptions of a connection, which outlive its links. */
export class Subscriptions {
  readonly #attached = new Map<Subscription, Disposable | undefined>();

  /** Subscribes on the link, if there is one, and on each that follows, until disposed of. */
  add(subscription: Subscription, link: Link | undefined): Disposable {
    this.#attached.set(subscription, link && attach(subscription, link));
    return {
      dispose: () => {
        this.#attached.get(subscription)?.dispose();
        this.#attached.delete(subscription);
      },
    };
  }

  /** Subscribes all on a new link; the old one has ended. */
  moveTo(link: Link): void {
    for (const subscription of this.#attached.keys()) {
      this.#attached.set(subscription, attach(subscription, link));
    }
  }
}

function attach({ subject, onMessage, onDenied }: Subscription, link: Link): Disposable {
  return link.subscribe(subject, onMessage, onDenied);
}
