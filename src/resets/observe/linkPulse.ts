import type { Disposable } from '../../util/disposable';
import { Emitter } from '../../util/emitter';
import type { Bus } from '../bus';
import type { RoundTrip } from './liveTime';

/** How often the server is asked while somebody listens, in milliseconds. */
const beatTime = 100;

const pulses = new WeakMap<Bus, LinkPulse>();

/** What is known of the link that a connection has now: whether it is alive, and whose answers were seen on it. */
export class LinkPulse {
  readonly #bus: Bus;
  readonly #beats = new Emitter<RoundTrip | undefined>();
  readonly #answering = new Set<string>();
  #link = 0;
  #listeners = 0;
  #timer: NodeJS.Timeout | undefined;

  /** The one of this connection. */
  static of(bus: Bus): LinkPulse {
    let pulse = pulses.get(bus);
    if (!pulse) pulses.set(bus, (pulse = new LinkPulse(bus)));
    return pulse;
  }

  private constructor(bus: Bus) {
    this.#bus = bus;
    bus.onDidDisconnect(() => {
      this.#link++;
      this.#answering.clear();
    });
  }

  /** The inboxes of gateways in which an answer was seen since the link is up; whoever sees one adds it. */
  get answering(): Set<string> {
    return this.#answering;
  }

  /** Asks the server again and again, and reports each round trip; undefined for one that failed. */
  listen(listener: (roundTrip: RoundTrip | undefined) => void): Disposable {
    const listening = this.#beats.event(listener);
    if (this.#listeners++ === 0) {
      this.#timer = setInterval(() => void this.#beat(), beatTime);
      void this.#beat();
    }
    let isOver = false;
    return {
      dispose: () => {
        if (isOver) return;
        isOver = true;
        listening.dispose();
        if (--this.#listeners === 0) clearInterval(this.#timer);
      },
    };
  }

  async #beat(): Promise<void> {
    const link = this.#link;
    const askedAt = performance.now();
    const isAnswered = await this.#bus.flush('calm');
    // What became of a question on a link that is gone says nothing of the next one.
    if (link !== this.#link) return;
    this.#beats.fire(isAnswered ? { askedAt, answeredAt: this.#bus.heardUntil } : undefined);
  }
}
