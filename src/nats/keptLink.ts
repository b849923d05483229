import type { Disposable } from '../util/disposable';
import { Emitter } from '../util/emitter';
import type { Logger } from '../util/logger';
import { problemText, type Result } from '../util/problem';
import type { Access } from './access';
import { isFinal, type ConnectionProblem } from './connectionProblem';
import type { ConnectionState } from './connectionState';
import { connectFirst, targetsOf } from './connectTargets';
import { diagnoseFailure, type ClientFailure } from './diagnosis';
import type { Dial } from './dial';
import type { FlushResult, Link } from './link';
import type { ConnectionProfile } from './profile';
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
  readonly #peers = new Set<string>();
  /** The profile's server by way of which the peers are known. */
  #peersNamedBy: string | undefined;
  #state: ConnectionState;
  #link: Link | undefined;
  #lastAnswer = 0;
  #pingTimer: NodeJS.Timeout | undefined;
  #skipPause: (() => void) | undefined;
  #ended = false;

  readonly onDidChange = this.#changed.event;

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
    const link = await this.#connect();
    if (link.ok) return { ok: true, value: undefined };
    this.#end(link.problem);
    return link;
  }

  /** Tries at once instead of at the next planned time; a link that is up is made anew. */
  reconnectNow(): void {
    if (this.#link) this.#link.close();
    else this.#skipPause?.();
  }

  /** Ends it for good. */
  dispose(): void {
    this.#end(undefined);
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
    if (answer === 'flushed') this.#lastAnswer = Date.now();
    else if (answer === 'timeout' && this.#link === link) {
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

  async #connect(): Promise<Result<Link, ConnectionProblem>> {
    const access = await this.#parts.access();
    if (!access.ok) return access;
    const targets = targetsOf(this.#parts.profile.servers, this.#peers, this.#peersNamedBy);
    const link = await connectFirst(targets, access.value, this.#parts.dial, () => !this.#ended);
    if (!link.ok) return link;
    if (this.#ended) {
      link.value.close();
      return { ok: false, problem: { kind: 'other', what: 'The connection is not wanted any more' } };
    }
    await this.#adopt(link.value);
    return link;
  }

  async #adopt(link: Link): Promise<void> {
    this.#rememberPeers(link);
    this.#link = link;
    this.#parts.onLink(link);
    link.onEvent((event) => {
      if (event.kind === 'lameDuck' && this.#state.kind === 'connected')
        this.#change({ ...this.#state, lameDuck: true });
    });
    void link.closed.then((failure) => {
      this.#lost(link, failure);
    });
    await this.#ping(link);
  }

  #rememberPeers(link: Link): void {
    // What is meant for one server must not go to the peers of another.
    if (link.profileServer !== this.#peersNamedBy) this.#peers.clear();
    this.#peersNamedBy = link.profileServer;
    for (const peer of link.peers()) this.#peers.add(peer);
  }

  /** Measures the round-trip time and comes back for more. */
  async #ping(link: Link): Promise<void> {
    const { pingTimeoutMs, pingIntervalMs } = this.#parts.timings;
    const start = performance.now();
    const answer = await this.flush(link, pingTimeoutMs);
    if (answer !== 'flushed' || this.#link !== link) return;
    const lameDuck = this.#state.kind === 'connected' && this.#state.lameDuck;
    const roundTripMs = performance.now() - start;
    this.#change({
      kind: 'connected',
      profile: this.#parts.profile.name,
      server: link.server,
      roundTripMs,
      lameDuck,
    });
    this.#pingTimer = setTimeout(() => void this.#ping(link), pingIntervalMs);
  }

  #lost(link: Link, failure: ClientFailure | undefined): void {
    if (this.#link !== link) return;
    this.#rememberPeers(link);
    this.#link = undefined;
    clearTimeout(this.#pingTimer);
    if (this.#ended) return;
    const { origin } = this.#parts.profile;
    const situation = origin === undefined ? {} : { origin };
    const cause = failure ?? { code: 'DISCONNECT', message: '' };
    const reason = diagnoseFailure(cause, link.server.url, 'none', situation);
    void this.#reconnect(reason);
  }

  async #reconnect(lossReason: ConnectionProblem): Promise<void> {
    const delays = this.#parts.timings.reconnectDelaysMs;
    let reason = lossReason;
    for (let attempt = 1; !this.#ended; attempt++) {
      const delay = delays[Math.min(attempt, delays.length) - 1] ?? 0;
      const trying = { kind: 'reconnecting', profile: this.#parts.profile.name, attempt, reason } as const;
      this.#change(delay === 0 ? trying : { ...trying, nextTryAt: Date.now() + delay });
      if (delay > 0) {
        await this.#pause(delay);
        if (this.#isOver()) return;
        this.#change(trying);
      }
      const link = await this.#connect();
      if (link.ok || this.#isOver()) return;
      reason = link.problem;
      if (isFinal(reason)) this.#end(reason);
    }
  }

  /** A question of its own, because it changes while something else is awaited. */
  #isOver(): boolean {
    return this.#ended;
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#skipPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #end(reason: ConnectionProblem | undefined): void {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#pingTimer);
    this.#skipPause?.();
    const link = this.#link;
    this.#link = undefined;
    link?.close();
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
