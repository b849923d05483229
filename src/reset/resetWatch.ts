import { parseRequestSubject } from '../res/requestSubject';
import type { SystemMessage } from '../res/systemMessage';
import { Attribution } from './attribution';
import { EarlyAnswers } from './earlyAnswers';
import type { Observation, ObservedRequest, OutcomeCounts, RequestOutcome } from './observation';
import { readField, readPreResponse, readReferences, readResponse } from './response';
import { toObserved, type WatchedRequest } from './watchedRequest';

/** When an observation ends; all in milliseconds. */
export interface WatchRules {
  /** No request by then: no gateway reacts. */
  readonly noReaction: number;
  /** All answered and nothing new for so long: it is over. */
  readonly quiet: number;
  /** How long a gateway waits for an answer (Resgate: 3 s, or its `requestTimeout`). */
  readonly requestTimeout: number;
  /** It ends by then in any case. */
  readonly limit: number;
}

export const defaultRules: WatchRules = {
  noReaction: 1000,
  quiet: 300,
  requestTimeout: 3000,
  limit: 300_000,
};

/** An answer may be on its way when the gateway gives up. */
const slack = 500;
/** More requests than this are counted only. */
const mostKept = 20_000;

const pending: RequestOutcome = { kind: 'pending' };
const unseen: RequestOutcome = { kind: 'unseen' };
const noAnswer: RequestOutcome = { kind: 'noAnswer' };

/** A reply subject of Resgate's; the part that stays the same for a process. */
const gatewayInbox = /^_INBOX\.([^.]{12})[^.]{10}$/;

/**
 * Follows what gateways do after a reset, message by message. It knows no clock and no connection: times are passed in,
 * in milliseconds.
 */
export class ResetWatch {
  readonly #rules: WatchRules;
  readonly #attribution: Attribution;
  readonly #byReply = new Map<string, WatchedRequest>();
  readonly #early = new EarlyAnswers();
  readonly #gateways = new Map<string, number>();
  readonly #clients = new Map<string, number>();
  readonly #pending = new Set<WatchedRequest>();
  #answers: Observation['answers'];
  #state: Observation['state'] = 'watching';
  #beganAt: number | undefined;
  #lastAt = 0;
  /** Until when an answer was waited for; what is answered later has a later `#lastAt`. */
  #waitedUntil = 0;
  #uncounted = 0;

  constructor(message: SystemMessage, answers: Observation['answers'], rules: WatchRules = defaultRules) {
    this.#attribution = new Attribution(message);
    this.#answers = answers;
    this.#rules = rules;
  }

  get isOver(): boolean {
    return this.#state !== 'watching';
  }

  /** The reset itself was seen on the bus: what comes from now on can be its doing. */
  begin(now: number): void {
    if (this.#beganAt !== undefined) return;
    this.#beganAt = now;
    this.#lastAt = now;
  }

  /** The server refuses to let this connection see requests, or answers. */
  deny(what: 'requests' | 'answers'): void {
    if (what === 'requests') this.#state = 'denied';
    else this.#answers = 'denied';
  }

  /** Messages may pass unseen from now on. */
  cutOff(): void {
    if (!this.isOver) this.#state = 'cutOff';
  }

  /** A request was seen. */
  request(subject: string, reply: string | undefined, data: Uint8Array, now: number): void {
    if (this.isOver || this.#beganAt === undefined || reply === undefined || this.#byReply.has(reply)) return;
    const parsed = parseRequestSubject(subject);
    if (!parsed || parsed.kind === 'call') return;
    const due = this.#attribution.due(subject, parsed);
    if (due === undefined) return;
    const { kind, name } = parsed;
    const gateway = this.#gatewayOf(reply);
    if (gateway === undefined || this.#byReply.size >= mostKept) {
      this.#uncounted++;
      return;
    }
    const cid = kind === 'get' ? undefined : (readField(data, 'cid') ?? '');
    const request: WatchedRequest = {
      kind,
      name,
      query: readField(data, 'query'),
      gateway,
      client: cid === undefined ? undefined : numberOf(this.#clients, `${gateway} ${cid}`),
      at: now,
      deadline: undefined,
      outcome: this.#answers === 'watched' ? pending : unseen,
      took: undefined,
      isOther: false,
      before: undefined,
    };
    this.#byReply.set(reply, request);
    for (const other of this.#attribution.judge(request, due)) this.#disown(other);
    if (!request.isOther) {
      if (request.outcome === pending) this.#pending.add(request);
      this.#lastAt = now;
    }
    const answer = this.#early.take(reply);
    if (answer) this.reply(reply, answer, now);
  }

  /** A message to a gateway's inbox was seen. */
  reply(subject: string, data: Uint8Array, now: number): void {
    if (this.isOver || this.#beganAt === undefined) return;
    const request = this.#byReply.get(subject);
    if (!request) {
      if (gatewayInbox.test(subject)) this.#early.keep(subject, data);
      return;
    }
    if (request.took !== undefined) return;
    // Then the gateway has given up: whatever comes is for nobody.
    const isLate = now >= this.#deadlineOf(request);
    const more = readPreResponse(data);
    if (more !== undefined) {
      if (more > 0 && !isLate) request.deadline = now + more + slack;
      return;
    }
    request.took = Math.round(now - request.at);
    if (request.isOther) {
      this.#attribution.expect(request.gateway, readReferences(data));
      return;
    }
    this.#pending.delete(request);
    request.outcome = isLate ? noAnswer : readResponse(request.kind, data);
    this.#lastAt = now;
  }

  /** Settles what is due by now, and tells when to look again; none when it is over. */
  check(now: number): number | undefined {
    if (this.isOver || this.#beganAt === undefined)
      return this.isOver ? undefined : now + this.#rules.noReaction;
    if (this.#pending.size > 0) this.#waitedUntil = now;
    for (const request of this.#pending) {
      if (now < this.#deadlineOf(request)) continue;
      request.outcome = noAnswer;
      this.#pending.delete(request);
    }
    const limit = this.#beganAt + this.#rules.limit;
    if (now >= limit) {
      this.#state = 'cutOff';
      return undefined;
    }
    const end = this.#endIfNothingComes(this.#beganAt);
    if (now >= end) {
      this.#state = 'complete';
      return undefined;
    }
    return Math.min(limit, end);
  }

  /** What is known by now. */
  observation(): Observation {
    const counts: Record<ObservedRequest['kind'], OutcomeCounts> = { get: {}, access: {}, auth: {} };
    const requests: ObservedRequest[] = [];
    let other = this.#uncounted;
    for (const request of this.#byReply.values()) {
      if (request.isOther) {
        other++;
        continue;
      }
      const { kind, outcome } = request;
      counts[kind][outcome.kind] = (counts[kind][outcome.kind] ?? 0) + 1;
      requests.push(toObserved(request));
    }
    return {
      state: this.#state,
      answers: this.#answers,
      counts,
      requests,
      other,
      gateways: new Set(requests.map(({ gateway }) => gateway)).size,
      took: Math.round(Math.max(this.#lastAt, this.#waitedUntil) - (this.#beganAt ?? 0)),
    };
  }

  #endIfNothingComes(beganAt: number): number {
    let earliest = Infinity;
    for (const request of this.#pending) earliest = Math.min(earliest, this.#deadlineOf(request));
    if (this.#pending.size > 0) return earliest;
    const reacted = this.#lastAt > beganAt && this.#answers === 'watched';
    return this.#lastAt + (reacted ? this.#rules.quiet : this.#rules.noReaction);
  }

  #deadlineOf({ at, deadline }: WatchedRequest): number {
    return deadline ?? at + this.#rules.requestTimeout + slack;
  }

  #disown(request: WatchedRequest): void {
    request.isOther = true;
    this.#pending.delete(request);
  }

  /** Resgate's inboxes have two parts; the first 12 characters of the second stay the same for a process. */
  #gatewayOf(reply: string): number | undefined {
    const id = gatewayInbox.exec(reply)?.[1];
    return id === undefined ? undefined : numberOf(this.#gateways, id);
  }
}

function numberOf(known: Map<string, number>, id: string): number {
  const number = known.get(id) ?? known.size + 1;
  known.set(id, number);
  return number;
}
