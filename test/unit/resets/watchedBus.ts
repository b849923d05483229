import type { ObservedRequest, Observation } from '../../../src/resets/observe/observation';
import { ResetWatch } from '../../../src/resets/observe/resetWatch';
import type { ResetMessage } from '../../../src/res/resetMessage';

/** A payload as it travels: texts as they are, all else as JSON. */
export const bytes = (value: unknown): Uint8Array =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));

/** A service's answer with a model. */
export const fresh = { result: { model: { title: 'x' } } };
const rules = { noReaction: 1000, quiet: 300, requestTimeout: 3000, limit: 60_000 };

/** The inbox in which a gateway waits for the answer to one of its requests. */
export const inboxOf = (gateway: string, count: number): string =>
  `_INBOX.${gateway.repeat(12)}${String(count).padStart(10, '0')}`;

/** How often the server answers the watch, in milliseconds. */
const beat = 10;

/**
 * A watch, and a bus on which gateways A and B ask and services answer; times are in milliseconds, and come in order. The
 * server answers all the time, but for the stalls.
 */
export class WatchedBus {
  readonly watch: ResetWatch;
  #inbox = 0;
  #now = 0;

  /** On this link answers to gateway A were seen before, unless it is said of which ones. */
  constructor(
    message: ResetMessage,
    answers: Observation['answers'] = 'watched',
    answering: Set<string> = new Set(['A'.repeat(12)]),
  ) {
    this.watch = new ResetWatch(message, answers, rules, answering);
    this.watch.begin(0);
  }

  /** The server answers until then. */
  runTo(time: number): void {
    while (this.#now + beat <= time && !this.watch.isOver) {
      this.#now += beat;
      this.watch.prove({ askedAt: this.#now, answeredAt: this.#now });
    }
  }

  /** The link stalls from now on until then: what is sent meanwhile arrives at last, and the answers of the server after it. */
  stallTo(time: number, arrives: () => void = () => undefined): void {
    const asked = this.#now + beat;
    this.#now = Math.max(this.#now, time);
    arrives();
    for (let askedAt = asked; askedAt <= time; askedAt += beat) {
      this.watch.prove({ askedAt, answeredAt: time });
    }
  }

  /** A gateway asks; returns the reply subject. */
  ask(at: number, subject: string, payload: unknown = {}, gateway = 'A'): string {
    this.runTo(at);
    const reply = inboxOf(gateway, ++this.#inbox);
    this.watch.request(subject, reply, bytes(payload), at);
    return reply;
  }

  /** A service answers. */
  answer(at: number, reply: string, payload: unknown): void {
    this.runTo(at);
    this.watch.reply(reply, bytes(payload), at);
  }

  /** Lets the time pass to the end; returns when that was. */
  end(): number {
    while (!this.watch.isOver) this.runTo(this.#now + beat);
    return this.#now;
  }

  /** The requests that are the reset's doing, and what came of each. */
  told(): string[] {
    return this.watch.observation().requests.map(tell);
  }
}

const tell = ({ kind, name, query, outcome }: ObservedRequest): string =>
  `${kind} ${name}${query === undefined ? '' : `?${query}`}: ${outcome.kind}`;

/** A reset of all that a service has. */
export const books: ResetMessage = { resources: ['library.>'] };
