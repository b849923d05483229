import type { BusMessage } from './busTap';
import { type Json, Lanes, Normaliser, sorted } from './normalise';
import type { ClientMessage } from './rawClient';

/** What was seen in one step of a scenario. */
export interface StepRecord {
  readonly step: string;
  /** Requests on the bus, each followed by the answers that it got; `?` is the request. */
  readonly bus?: Json;
  /** What each client got. */
  readonly clients?: Json;
  /** What the scenario itself found out. */
  readonly notes?: Json;
}

/** Collects what is seen of a gateway, step by step. */
export class Observation {
  /** Grows with every message. */
  activity = 0;
  /** The reply subjects of all requests so far, in order. */
  readonly inboxes: string[] = [];
  readonly #normaliser = new Normaliser();
  readonly #bus = new Lanes();
  readonly #clients = new Map<string, Lanes>();
  readonly #notes: Record<string, Json> = {};
  readonly #gateways = new Set<string>();
  readonly #conditions = new Set<() => void>();

  bus({ kind, lane, inbox, text }: BusMessage): void {
    if (kind === 'request') this.inboxes.push(inbox);
    // One gateway's reply subjects begin alike.
    const gateway = inbox.slice(0, '_INBOX.'.length + 12);
    this.#gateways.add(gateway);
    const number = [...this.#gateways].indexOf(gateway) + 1;
    const owner = number === 1 ? '' : ` of gateway ${number}`;
    this.#bus.add(
      this.#normaliser.text(lane) + owner,
      kind === 'request' ? '?' : this.#normaliser.json(text),
    );
    this.onActivity();
  }

  client(name: string, lane: string, message: ClientMessage): void {
    const lanes = this.#clients.get(name) ?? new Lanes();
    this.#clients.set(name, lanes);
    lanes.add(lane, this.#normaliser.json(JSON.stringify(message)));
    this.onActivity();
  }

  /** To be called when anything has happened that a scenario may wait for. */
  onActivity(): void {
    this.activity++;
    for (const check of [...this.#conditions]) check();
  }

  note(key: string, value: Json): void {
    this.#notes[key] = sorted(value);
  }

  /** Resolves as soon as a condition holds, which is looked at whenever anything happens. */
  until(holds: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const check = (): void => {
        if (!holds()) return;
        this.#conditions.delete(check);
        resolve();
      };
      this.#conditions.add(check);
      check();
    });
  }

  /** Ends a step in which it differs from run to run what passes: only what the scenario found out is handed out. */
  takeNotes(step: string): StepRecord {
    const { notes } = this.take(step);
    return { step, ...(notes === undefined ? {} : { notes }) };
  }

  /** Ends a step and hands out what was seen in it. */
  take(step: string): StepRecord {
    const bus = this.#bus.take();
    const clients = Object.fromEntries(
      [...this.#clients]
        .map(([name, lanes]) => [name, lanes.take()] as const)
        .filter(([, lanes]) => !isEmpty(lanes)),
    );
    const notes = { ...this.#notes };
    for (const key of Object.keys(notes)) Reflect.deleteProperty(this.#notes, key);
    return {
      step,
      ...(isEmpty(bus) ? {} : { bus }),
      ...(isEmpty(clients) ? {} : { clients }),
      ...(isEmpty(notes) ? {} : { notes }),
    };
  }
}

function isEmpty(object: object): boolean {
  return Object.keys(object).length === 0;
}
