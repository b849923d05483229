import type { AskingBus, BusMessage, DisconnectReason, PublishResult } from '../resets/bus';
import type { Disposable } from '../util/disposable';
import type { Event } from '../util/emitter';
import type { Problem, Result } from '../util/problem';
import { deniedProblem, notConnectedProblem, subjectProblem } from './busProblems';
import type { ConnectionProblem } from './connectionProblem';
import { serverLabel, type ConnectionState } from './connectionState';
import { KeptLink, type LinkParts } from './keptLink';
import { publishOn } from './publishOn';
import type { Redactor } from './redaction/redact';
import { Subscriptions } from './subscriptions';

/** What an open connection is made from; `id` is that of the profile. */
type ConnectionParts = LinkParts & { readonly id: string; readonly redactor: Redactor };

/** A connection by one profile, over as many links as it takes: what is sent and heard on it. */
export class OpenConnection implements AskingBus, Disposable {
  readonly #parts: ConnectionParts;
  readonly #subscriptions = new Subscriptions();
  readonly #link: KeptLink;

  readonly onDidChange: Event<ConnectionState>;
  readonly onDidDisconnect: Event<DisconnectReason>;

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
    const onLink: Subscriptions['moveTo'] = (link) => {
      this.#subscriptions.moveTo(link);
    };
    const link = (this.#link = new KeptLink({ ...parts, onLink }));
    this.onDidChange = link.onDidChange;
    this.onDidDisconnect = link.onDidDrop;
  }

  get id(): string {
    return this.#parts.id;
  }

  get connection(): string {
    return this.#parts.profile.name;
  }

  get server(): string | undefined {
    const { current } = this.#link;
    return current && serverLabel(current.server);
  }

  get isProtected(): boolean {
    return this.#parts.profile.protected;
  }

  get isUnverified(): boolean {
    return !this.#parts.profile.tls.verify;
  }

  get heardUntil(): number {
    return this.#link.current?.reads.heardUntil ?? performance.now();
  }

  get state(): ConnectionState {
    return this.#link.state;
  }

  /** Connects for the first time; on a problem it is over. Call it once. */
  start(): Promise<Result<undefined, ConnectionProblem>> {
    return this.#link.start();
  }

  /** Starts anew at once, whatever is being tried or waited for; a link that is up is made anew. */
  reconnectNow(): void {
    this.#link.reconnectNow();
  }

  async publish(subject: string, data: Uint8Array, onSending?: () => void): Promise<PublishResult> {
    const result = await this.#publish(subject, data, onSending);
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
    const denied = (): void => onDenied?.(deniedProblem('subscribe', subject, this.connection));
    return this.#subscriptions.add({ subject, onMessage, onDenied: denied }, this.#link.current);
  }

  async ask(subject: string, data: Uint8Array, timeoutMs: number): Promise<boolean> {
    const { current } = this.#link;
    if (!current || subjectProblem(subject)) return false;
    return (await current.ask(subject, data, timeoutMs)) !== undefined;
  }

  async flush(how?: 'calm'): Promise<boolean> {
    const { current } = this.#link;
    if (!current) return false;
    const { stallMs } = this.#parts.timings;
    const answer = how === 'calm' ? current.flush(stallMs, how) : this.#link.flush(current);
    return (await answer) === 'flushed';
  }

  /** Ends it for good. */
  dispose(why?: DisconnectReason): void {
    this.#link.dispose(why);
  }

  async #publish(subject: string, data: Uint8Array, onSending?: () => void): Promise<PublishResult> {
    const problem = subjectProblem(subject);
    if (problem) return { state: 'failed', problem };
    const link = await this.#link.fresh();
    if (!link) return { state: 'failed', problem: notConnectedProblem(this.state, this.connection) };
    const { connection } = this;
    return publishOn(link, { subject, data, connection, onSending }, () => this.#link.flush(link));
  }
}
