import type { Bus, BusMessage, PublishResult } from '../reset/bus';
import type { Disposable } from '../util/disposable';
import { Emitter, type Event } from '../util/emitter';
import type { Logger } from '../util/logger';
import type { Problem, Result } from '../util/problem';
import { problemText } from '../util/problem';
import type { Access } from './access';
import { deniedProblem, notConnectedProblem, subjectProblem } from './busProblems';
import { isFinal, type ConnectionProblem } from './connectionProblem';
import { serverLabel, type ConnectionState } from './connectionState';
import { connectFirst, targetsOf } from './connectTargets';
import { diagnoseFailure, type ClientFailure } from './diagnosis';
import type { Dial } from './dial';
import type { Link } from './natsLink';
import type { ConnectionProfile } from './profile';
import { publishOn } from './publishOn';
import type { Redactor } from './redact';
import { Subscriptions } from './subscriptions';
import type { Timings } from './timings';

/** What a session is made from. */
export interface SessionParts {
  readonly profile: ConnectionProfile;
  /** Secrets and files, read anew for each connect. */
  readonly access: () => Promise<Result<Access, ConnectionProblem>>;
  readonly dial: Dial;
  readonly timings: Timings;
  readonly redactor: Redactor;
  readonly logger: Logger;
}

/**
 * A connection by one profile, over as many links as it takes: it starts once, reconnects for as long as it is wanted,
 * and stops by itself only when trying again is useless.
 */
export class Session implements Bus, Disposable {
  readonly #parts: SessionParts;
  readonly #changed = new Emitter<ConnectionState>();
  readonly #subscriptions = new Subscriptions();
  readonly #peers = new Set<string>();
  #state: ConnectionState;
  #link: Link | undefined;
  #lastAnswer = 0;
  #pingTimer: NodeJS.Timeout | undefined;
  #skipPause: (() => void) | undefined;
  #ended = false;

  readonly onDidChange = this.#changed.event;
  readonly onDidDisconnect: Event<undefined> = (listener) =>
    this.onDidChange(({ kind }) => {
      if (kind === 'disconnected' || kind === 'reconnecting') listener(undefined);
    });

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.#state = { kind: 'connecting', profile: parts.profile.name };
  }

  get connection(): string {
    return this.#parts.profile.name;
  }

  get server(): string | undefined {
    return this.#link && serverLabel(this.#link.server);
  }

  get isProtected(): boolean {
    return this.#parts.profile.protected;
  }

  get heardUntil(): number {
    return this.#link?.reads.heardUntil ?? performance.now();
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** Connects for the first time; on a problem the session is over. Call it once. */
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

  async publish(subject: string, data: Uint8Array): Promise<PublishResult> {
    const result = await this.#publish(subject, data);
    if (result.state === 'published') return result;
    return { ...result, problem: this.#parts.redactor.problem(result.problem) };
  }

  subscribe(
    subject: string,
    onMessage: (message: BusMessage) => void,
    onDenied?: (problem: Problem) => void,
  ): Disposable {
    const problem = subjectProblem(subject);
    if (problem) {
      queueMicrotask(() => onDenied?.(problem));
      return { dispose: () => undefined };
    }
    const denied = (): void => onDenied?.(deniedProblem(`subscribe to ${subject}`, this.connection));
    return this.#subscriptions.add({ subject, onMessage, onDenied: denied }, this.#link);
  }

  async flush(): Promise<boolean> {
    const link = this.#link;
    return link !== undefined && (await this.#flush(link, this.#parts.timings.flushMs)) === 'flushed';
  }

  /** Ends the session for good. */
  dispose(): void {
    this.#end(undefined);
  }

  async #publish(subject: string, data: Uint8Array): Promise<PublishResult> {
    const problem = subjectProblem(subject);
    if (problem) return { state: 'failed', problem };
    const link = await this.#liveLink();
    if (!link) return { state: 'failed', problem: notConnectedProblem(this.#state, this.connection) };
    return publishOn(link, { subject, data, connection: this.connection }, () =>
      this.#flush(link, this.#parts.timings.flushMs),
    );
  }

  /** A link that gave a sign of life a moment ago, after a reconnect if need be; nothing has been sent on it. */
  async #liveLink(): Promise<Link | undefined> {
    const { trustMs, aliveMs, reconnectWaitMs } = this.#parts.timings;
    const link = this.#link;
    if (link && Date.now() - this.#lastAnswer < trustMs) return link;
    if (link && (await this.#flush(link, aliveMs)) === 'flushed') return this.#link;
    return this.#nextLink(reconnectWaitMs);
  }

  /** Asks for the server's word; a link on which it does not come in time is given up, and another one made. */
  async #flush(link: Link, timeoutMs: number): Promise<'flushed' | 'timeout' | 'closed'> {
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
    const targets = targetsOf(this.#parts.profile.servers, this.#peers);
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
    for (const peer of link.peers()) this.#peers.add(peer);
    this.#link = link;
    this.#subscriptions.moveTo(link);
    link.onEvent((event) => {
      if (event.kind === 'lameDuck' && this.#state.kind === 'connected')
        this.#change({ ...this.#state, lameDuck: true });
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
    const answer = await this.#flush(link, pingTimeoutMs);
    if (answer !== 'flushed' || this.#link !== link) return;
    const lameDuck = this.#state.kind === 'connected' && this.#state.lameDuck;
    const roundTripMs = performance.now() - start;
    this.#change({ kind: 'connected', profile: this.connection, server: link.server, roundTripMs, lameDuck });
    this.#pingTimer = setTimeout(() => void this.#ping(link), pingIntervalMs);
  }

  #lost(link: Link, failure: ClientFailure | undefined): void {
    if (this.#link !== link) return;
    for (const peer of link.peers()) this.#peers.add(peer);
    this.#link = undefined;
    clearTimeout(this.#pingTimer);
    if (this.#ended) return;
    const reason = diagnoseFailure(failure ?? { code: 'DISCONNECT', message: '' }, link.server.url, 'none');
    void this.#reconnect(reason);
  }

  async #reconnect(lossReason: ConnectionProblem): Promise<void> {
    const delays = this.#parts.timings.reconnectDelaysMs;
    let reason = lossReason;
    for (let attempt = 1; !this.#ended; attempt++) {
      const delay = delays[Math.min(attempt, delays.length) - 1] ?? 0;
      const trying = { kind: 'reconnecting', profile: this.connection, attempt, reason } as const;
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
    this.#change({ kind: 'disconnected', profile: this.connection, ...(reason ? { reason } : {}) });
    this.#changed.dispose();
  }

  #change(state: ConnectionState): void {
    if (state.kind !== this.#state.kind || state.kind === 'reconnecting') {
      const reason = 'reason' in state && state.reason ? ` — ${problemText(state.reason)}` : '';
      this.#parts.logger.info(`Connection "${this.connection}": ${state.kind}${reason}`);
    }
    this.#state = state;
    this.#changed.fire(state);
  }
}
