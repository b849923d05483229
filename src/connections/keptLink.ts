import type { DisconnectReason } from '../resets/bus';
import type { Disposable } from '../util/disposable';
import { Emitter } from '../util/emitter';
import * as l10n from '../util/l10n';
import type { Logger } from '../util/logger';
import { problemText, type Result } from '../util/problem';
import { pause, waitFor } from '../util/wait';
import type { Access } from './link/access';
import { isFinal, type ConnectionProblem } from './connectionProblem';
import type { ConnectionState } from './connectionState';
import { targetsOf } from './link/connectTargets';
import { diagnoseFailure, type ClientFailure } from './diagnosis/diagnosis';
import type { Dial } from './link/dial';
import type { FlushResult, Link } from './link/link';
import { LinkRace } from './link/linkRace';
import type { ConnectionProfile } from './profile/profile';
import type { Timings } from './timings';

/** What links are made from. */
export interface LinkParts {
  readonly profile: ConnectionProfile;
  /** Secrets and files, read anew for each connect. */
  readonly access: () => Promise<Result<Access, ConnectionProblem>>;
  readonly dial: Dial;
  readonly timings: Timings;
  readonly logger: Logger;
}

/**
 * Keeps a link to one of a profile's servers: it starts once, makes another link when one is lost, for as long as it is
 * wanted, and stops by itself only when trying again is useless.
 */
export class KeptLink implements Disposable {
  readonly #parts: LinkParts & { readonly onLink: (link: Link) => void };
  readonly #changed = new Emitter<ConnectionState>();
  /** The profile's server by way of which the peers are known. */
  #peersNamedBy: string | undefined;
  readonly #dropped = new Emitter<DisconnectReason>();
  #state: ConnectionState;
  #link: Link | undefined;
  /** The servers of the cluster that were named at the last ping. One that shuts down takes its word back just before. */
  #peers: readonly string[] = [];
  #race: LinkRace | undefined;
  #isLameDuck = false;
  #lastAnswer = 0;
  #pingTimer: NodeJS.Timeout | undefined;
  #ended = false;

  readonly onDidChange = this.#changed.event;
  /** Fires when the link is lost, and when it is over. */
  readonly onDidDrop = this.#dropped.event;

  /** `onLink` is called with each new link, before anything is said of it. */
  constructor(parts: LinkParts & { readonly onLink: (link: Link) => void }) {
    this.#parts = parts;
    this.#state = { kind: 'connecting', profile: parts.profile.name };
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** The link that is up, as far as is known. */
  get current(): Link | undefined {
    return this.#link;
  }

  /** Connects for the first time; on a problem it is over. Call it once. */
  async start(): Promise<Result<undefined, ConnectionProblem>> {
    const link = await this.#search((race) => this.#round(race, { isOnly: true }));
    if (!link.ok) {
      this.#end('lost', link.problem);
      return link;
    }
    await this.#adopt(link.value);
    return { ok: true, value: undefined };
  }

  /** Starts anew at once, whatever is being tried or waited for; a link that is up is made anew. */
  reconnectNow(): void {
    const link = this.#link;
    if (link) {
      this.#lost(link, undefined, 'reopened');
      link.close();
    } else this.#race?.stop();
  }

  /** Ends it for good. */
  dispose(reason: DisconnectReason = 'closed'): void {
    this.#end(reason, undefined);
  }

  /** A link that gave a sign of life a moment ago, after a reconnect if need be; nothing has been sent on it. */
  async fresh(): Promise<Link | undefined> {
    const { trustMs, aliveMs, reconnectWaitMs } = this.#parts.timings;
    const link = this.#link;
    if (link && Date.now() - this.#lastAnswer < trustMs) return link;
    if (link && (await this.flush(link, aliveMs)) === 'flushed') return this.#link;
    return this.#nextLink(reconnectWaitMs);
  }

  /** Asks for the server's word; a link on which it does not come in time is given up, and another one made. */
  async flush(link: Link, timeoutMs = this.#parts.timings.flushMs): Promise<FlushResult> {
    const answer = await link.flush(timeoutMs);
    if (this.#link !== link) return answer;
    if (answer === 'flushed') this.#lastAnswer = Date.now();
    else if (answer === 'timeout') {
      this.#lost(link, { code: 'TIMEOUT', message: '' });
      link.close();
    }
    return answer;
  }

  #nextLink(timeoutMs: number): Promise<Link | undefined> {
    if (this.#ended || this.#link) return Promise.resolve(this.#link);
    return new Promise((resolve) => {
      const settle = (): void => {
        clearTimeout(timer);
        listening.dispose();
        resolve(this.#link);
      };
      const timer = setTimeout(settle, timeoutMs);
      const listening = this.onDidChange(() => {
        if (this.#link || this.#ended) settle();
      });
    });
  }

  /** Tries in this way until there is a link or a reason to stop; each wish to reconnect now starts it anew. */
  async #search(
    rounds: (race: LinkRace) => Promise<ConnectionProblem | undefined>,
  ): Promise<Result<Link, ConnectionProblem>> {
    for (;;) {
      if (this.#ended) return { ok: false, problem: unwantedProblem() };
      const race = (this.#race = new LinkRace(this.#parts.dial, this.#parts.timings));
      const problem = await rounds(race);
      race.stop();
      const { link } = race;
      if (link && !this.#isOver()) return { ok: true, value: link };
      link?.close();
      if (problem) return { ok: false, problem };
    }
  }

  async #round(race: LinkRace, how: { readonly isOnly: boolean }): Promise<ConnectionProblem | undefined> {
    const reading = this.#parts.access();
    await waitFor(reading, Infinity, race.signal);
    if (race.isOver) return undefined;
    const access = await reading;
    if (!access.ok) return access.problem;
    const targets = targetsOf(this.#parts.profile.servers, this.#peers, this.#peersNamedBy);
    if (targets.length === 0) return { kind: 'other', what: l10n.msg('No server was tried') };
    return race.round(targets, access.value, how);
  }

  async #adopt(link: Link): Promise<void> {
    // What is meant for one server must not go to the peers of another.
    if (link.profileServer !== this.#peersNamedBy) this.#peers = [];
    this.#peersNamedBy = link.profileServer;
    this.#link = link;
    this.#isLameDuck = false;
    this.#parts.onLink(link);
    link.onEvent((event) => {
      if (event.kind !== 'lameDuck' || this.#link !== link) return;
      this.#isLameDuck = true;
      if (this.#state.kind === 'connected') this.#change({ ...this.#state, lameDuck: true });
    });
    void link.closed.then((failure) => {
      this.#lost(link, failure);
    });
    await this.#ping(link);
  }

  /** Measures the round-trip time and comes back for more. */
  async #ping(link: Link): Promise<void> {
    const { pingTimeoutMs, pingIntervalMs } = this.#parts.timings;
    const start = performance.now();
    const answer = await this.flush(link, pingTimeoutMs);
    if (answer !== 'flushed' || this.#link !== link) return;
    this.#peers = link.peers();
    this.#change({
      kind: 'connected',
      profile: this.#parts.profile.name,
      server: link.server,
      roundTripMs: performance.now() - start,
      lameDuck: this.#isLameDuck,
    });
    this.#pingTimer = setTimeout(() => void this.#ping(link), pingIntervalMs);
  }

  #lost(link: Link, failure: ClientFailure | undefined, why: DisconnectReason = 'lost'): void {
    if (this.#link !== link) return;
    const { url } = link.server;
    this.#peers = [...new Set([url, ...link.peers(), ...this.#peers])];
    this.#link = undefined;
    clearTimeout(this.#pingTimer);
    this.#dropped.fire(why);
    if (this.#ended) return;
    const { origin } = this.#parts.profile;
    const situation = origin === undefined ? {} : { origin };
    const cause = failure ?? { code: 'DISCONNECT', message: '' };
    void this.#reconnect(diagnoseFailure(cause, url, 'none', situation));
  }

  async #reconnect(lossReason: ConnectionProblem): Promise<void> {
    const link = await this.#search((race) => this.#rounds(race, lossReason));
    if (link.ok) await this.#adopt(link.value);
    else this.#end('lost', link.problem);
  }

  /** One round after the other, until the race is over or trying again is useless. */
  async #rounds(race: LinkRace, lossReason: ConnectionProblem): Promise<ConnectionProblem | undefined> {
    const delays = this.#parts.timings.reconnectDelaysMs;
    let reason = lossReason;
    for (let attempt = 1; !race.isOver; attempt++) {
      const delay = delays[Math.min(attempt, delays.length) - 1] ?? 0;
      const trying = { kind: 'reconnecting', profile: this.#parts.profile.name, attempt, reason } as const;
      if (delay > 0) {
        this.#change({ ...trying, nextTryAt: Date.now() + delay });
        await pause(delay, race.signal);
        if (race.signal.aborted) break;
      }
      this.#change(trying);
      const problem = await this.#round(race, { isOnly: false });
      if (problem && isFinal(problem)) return problem;
      reason = problem ?? reason;
    }
    return undefined;
  }

  /** A question of its own, because it changes while something else is awaited. */
  #isOver(): boolean {
    return this.#ended;
  }

  #end(why: DisconnectReason, reason: ConnectionProblem | undefined): void {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#pingTimer);
    this.#race?.stop();
    const link = this.#link;
    this.#link = undefined;
    link?.close();
    this.#dropped.fire(why);
    this.#change({ kind: 'disconnected', profile: this.#parts.profile.name, ...(reason ? { reason } : {}) });
    this.#changed.dispose();
  }

  #change(state: ConnectionState): void {
    if (state.kind !== this.#state.kind || state.kind === 'reconnecting') {
      const reason = 'reason' in state && state.reason ? ` — ${problemText(state.reason)}` : '';
      this.#parts.logger.info(`Connection "${this.#parts.profile.name}": ${state.kind}${reason}`);
    }
    this.#state = state;
    this.#changed.fire(state);
  }
}

function unwantedProblem(): ConnectionProblem {
  return { kind: 'other', what: l10n.msg('The connection is no longer needed') };
}
