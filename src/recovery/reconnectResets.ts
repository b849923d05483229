import { serviceReset } from '../code/index/serviceReset';
import type { KnownService } from '../code/index/workspaceIndex';
import type { ResetMessage } from '../res/resetMessage';
import type { AskingBus } from '../resets/bus';
import type { Disposable } from '../util/disposable';
import { coveringReset, type Answer } from './followRestart';
import { together, type AutomaticResets, type Passed } from './gate';
import { whyGone, type Gone } from './withheld';
import type { Schedule } from './gather';
import type { HeardResets } from './heardResets';

/** The services have this long to connect again and to send their resets, in milliseconds. */
export const servicesMs = 5000;

/** What a notification says after NATS was away. */
export interface Staleness {
  readonly services: readonly string[];
  readonly hearing: Hearing;
}

/**
 * Which resets of others could be heard since the loss: all, none for want of permission, or only those since the connection
 * was opened anew. Where it is not all, the services may have reset themselves.
 */
export type Hearing = 'all' | 'denied' | 'since';

/** Why a service was not reset although it is wanted always, or by a person. */
export type NotReset = 'silent' | 'unaskable';

/** What the resets after NATS was away need. */
export interface ReconnectParts {
  readonly gate: Pick<AutomaticResets, 'pass'>;
  /** The services that the code defines; none where the workspace is not trusted. */
  readonly services: () => readonly KnownService[];
  readonly listen: (bus: AskingBus) => Pick<HeardResets, 'since' | 'isDenied' | 'dispose'>;
  readonly ask: (bus: AskingBus, service: string) => Promise<Answer>;
  readonly schedule: Schedule;
  /** Whether the person wants it without a notification. */
  readonly isAlways: () => boolean;
  readonly wantAlways: () => Promise<void>;
  /** Shows a notification; resolves with what the person chose, if anything. */
  readonly notify: (staleness: Staleness) => Promise<'reset' | 'always' | undefined>;
  /** Sends what a person has now asked for, with the usual questions. */
  readonly sendAsked: (message: ResetMessage, bus: AskingBus) => void;
  readonly onPassed: (message: ResetMessage, passed: Passed) => void;
  readonly onNotReset: (service: string, why: NotReset) => void;
  /** The person chose to reset, and nothing was: none answers, or the connection is not the open one any more. */
  readonly onNothingSent: (why: 'silent' | Gone) => void;
}

/** One connection, as long as it is the open one. */
class Watched implements Disposable {
  readonly bus: AskingBus;
  readonly #listening: Disposable;
  isLost = false;
  /** Whether it was lost before it was opened anew: what was sent in between was not heard. */
  wasApart = false;
  heard: ReturnType<ReconnectParts['listen']> | undefined;
  stopTimer: (() => void) | undefined;
  /** What the notification is about that is there. */
  notified: Set<string> | undefined;

  constructor(bus: AskingBus, onLost: () => void) {
    this.bus = bus;
    this.#listening = bus.onDidDisconnect((reason) => {
      if (reason === 'lost') onLost();
    });
  }

  /** Whether it was lost, and what the services did since was not looked at. */
  get isUnsettled(): boolean {
    return this.isLost || this.stopTimer !== undefined;
  }

  /** Forgets a loss. */
  clear(): void {
    this.stopTimer?.();
    this.heard?.dispose();
    this.stopTimer = this.heard = undefined;
    this.wasApart = false;
  }

  dispose(): void {
    this.clear();
    this.#listening.dispose();
  }
}

/** After NATS was away: says once which services sent no reset since, and resets them where the person wants that always. */
export class ReconnectResets implements Disposable {
  readonly #parts: ReconnectParts;
  #watched: Watched | undefined;
  /** The id of the connection that was given up, or closed, after it was lost. */
  #givenUp: string | undefined;

  constructor(parts: ReconnectParts) {
    this.#parts = parts;
  }

  /** Takes note of the window's connection. */
  update(bus: AskingBus | undefined, isConnected: boolean): void {
    if (this.#watched?.bus !== bus) this.#replace(bus);
    const watched = this.#watched;
    if (!watched?.isLost || !isConnected) return;
    watched.isLost = false;
    watched.stopTimer = this.#parts.schedule(servicesMs, () => void this.#look(watched));
  }

  dispose(): void {
    this.#watched?.dispose();
    this.#watched = undefined;
  }

  #replace(bus: AskingBus | undefined): void {
    if (this.#watched?.isUnsettled === true) this.#givenUp = this.#watched.bus.id;
    this.#watched?.dispose();
    this.#watched = undefined;
    if (!bus) return;
    const watched = new Watched(bus, () => {
      this.#lose(watched);
    });
    this.#watched = watched;
    if (this.#givenUp === bus.id) {
      this.#lose(watched);
      watched.wasApart = true;
    }
    this.#givenUp = undefined;
  }

  #lose(watched: Watched): void {
    watched.clear();
    // From before the link is back, or else what the services send at once is missed; it costs nothing while all is well.
    watched.isLost = this.#parts.services().length > 0;
    if (watched.isLost) watched.heard = this.#parts.listen(watched.bus);
  }

  async #look(watched: Watched): Promise<void> {
    const { services, isAlways } = this.#parts;
    const heard = watched.heard?.since(0) ?? [];
    const { wasApart } = watched;
    const hearing = watched.heard?.isDenied === false ? (wasApart ? 'since' : 'all') : 'denied';
    watched.clear();
    const stale = services().filter((service) => !coveringReset(heard, serviceReset(service)));
    if (stale.length === 0) return;
    // A connection that was opened anew can lead somewhere else by now.
    if (isAlways() && !wasApart) await this.#resetAutomatically(watched, stale);
    else await this.#notify(watched, stale, hearing);
  }

  async #resetAutomatically({ bus }: Watched, stale: readonly KnownService[]): Promise<void> {
    const { gate, onPassed, onNotReset } = this.#parts;
    // Nothing is asked on a protected connection: the gate offers the reset.
    const answers = bus.isProtected ? stale.map(() => true) : await this.#ask(bus, stale);
    for (const [at, { name }] of stale.entries()) {
      if (answers[at] === false) onNotReset(name, 'silent');
      if (answers[at] === 'unaskable') onNotReset(name, 'unaskable');
    }
    const message = together(stale.filter((_, at) => answers[at] === true).map(serviceReset));
    if (message) onPassed(message, await gate.pass({ message, origin: 'reconnect', bus }));
  }

  async #notify(watched: Watched, stale: readonly KnownService[], hearing: Hearing): Promise<void> {
    const { notify, wantAlways } = this.#parts;
    const services = stale.map(({ name }) => name);
    if (watched.notified) {
      for (const name of services) watched.notified.add(name);
      return;
    }
    const notified = (watched.notified = new Set(services));
    const chosen = await notify({ services, hearing });
    watched.notified = undefined;
    if (chosen === undefined) return;
    if (chosen === 'always') await wantAlways();
    await this.#resetAsked(watched, notified);
  }

  async #resetAsked(watched: Watched, names: ReadonlySet<string>): Promise<void> {
    const { services, sendAsked, onNothingSent } = this.#parts;
    const { bus } = watched;
    const wanted = services().filter(({ name }) => names.has(name));
    const answers = this.#watched === watched ? await this.#ask(bus, wanted) : [];
    if (this.#watched !== watched) {
      onNothingSent(whyGone(bus, this.#watched?.bus));
      return;
    }
    // A reset of a service that is down would delete its resources for clients.
    const message = together(
      wanted.filter((_, at) => answers[at] === true || answers[at] === 'unaskable').map(serviceReset),
    );
    if (message) sendAsked(message, bus);
    else onNothingSent('silent');
  }

  #ask(bus: AskingBus, services: readonly KnownService[]): Promise<Answer[]> {
    return Promise.all(services.map(({ name }) => this.#parts.ask(bus, name)));
  }
}
