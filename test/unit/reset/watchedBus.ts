import assert from 'node:assert/strict';
import type { ObservedRequest, Observation } from '../../../src/reset/observation';
import { ResetWatch } from '../../../src/reset/resetWatch';
import type { ResetMessage } from '../../../src/res/resetMessage';

/** A payload as it travels: texts as they are, all else as JSON. */
export const bytes = (value: unknown): Uint8Array =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));

/** A service's answer with a model. */
export const fresh = { result: { model: { title: 'x' } } };
const rules = { noReaction: 1000, quiet: 300, requestTimeout: 3000, limit: 60_000 };

/** A watch, and a bus on which gateways A and B ask and services answer; times are in milliseconds. */
export class WatchedBus {
  readonly watch: ResetWatch;
  #inbox = 0;

  constructor(message: ResetMessage, answers: Observation['answers'] = 'watched') {
    this.watch = new ResetWatch(message, answers, rules);
    this.watch.begin(0);
  }

  /** A gateway asks; returns the reply subject. */
  ask(at: number, subject: string, payload: unknown = {}, gateway = 'A'): string {
    const reply = `_INBOX.${gateway.repeat(12)}${String(++this.#inbox).padStart(10, '0')}`;
    this.watch.request(subject, reply, bytes(payload), at);
    return reply;
  }

  /** A service answers. */
  answer(at: number, reply: string, payload: unknown): void {
    this.watch.reply(reply, bytes(payload), at);
  }

  /** Runs the clock to the end; resolves to when that was. */
  end(): number {
    let now = 0;
    for (;;) {
      const next = this.watch.check(now);
      if (next === undefined) return now;
      assert.ok(next > now, 'it asks to be looked at again at once, for ever');
      now = next;
    }
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
