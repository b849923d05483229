import { checkPattern } from '../res/pattern';
import { PatternTree } from '../res/patternTree';
import { parseRequestSubject, type RequestSubject } from '../res/requestSubject';
import { isTokenReset, type SystemMessage } from '../res/systemMessage';
import type { Observation, ObservedRequest, OutcomeCounts, RequestOutcome } from './observation';
import { readField, readPreResponse, readReferences, readResponse } from './response';

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
/** A client's first subscription makes a gateway ask for the resource and for access within this time. */
const together = 5;
/** How many answers are kept whose requests were not seen yet. */
const mostEarly = 256;
/** So much of such an answer is kept: enough to see that it is too long to be taken apart. */
const mostEarlyBytes = 70_000;
/** More requests than this are counted only. */
const mostKept = 20_000;

/** A reply subject of Resgate's; the part that stays the same for a process. */
const gatewayInbox = /^_INBOX\.([^.]{12})[^.]{10}$/;

interface Request {
  readonly kind: 'get' | 'access' | 'auth';
  readonly name: string;
  readonly query: string | undefined;
  readonly gateway: number;
  readonly client: number | undefined;
  readonly at: number;
  deadline: number;
  outcome: RequestOutcome;
  answeredAt?: number;
  /** Whether a client may have caused it. */
  isOther: boolean;
}

/**
 * Follows what gateways do after a reset, message by message. It knows no clock and no connection: times are passed in,
 * in milliseconds.
 */
export class ResetWatch {
  readonly #message: SystemMessage;
  /** The patterns of the two lists, without those that gateways drop. */
  readonly #patterns: { readonly resources: PatternTree; readonly access: PatternTree };
  readonly #rules: WatchRules;
  readonly #byReply = new Map<string, Request>();
  /** How often each request was seen, by gateway, client and resource. */
  readonly #seen = new Map<string, number>();
  /** Answers that came before their requests: what two senders send, the server hands out in any order. */
  readonly #early = new Map<string, Uint8Array>();
  /** The requests for each resource, by gateway and name. */
  readonly #asked = new Map<string, Request[]>();
  readonly #gateways = new Map<string, number>();
  readonly #clients = new Map<string, number>();
  /** Names that a gateway is about to ask for because a client subscribed to what refers to them. */
  readonly #expected = new Set<string>();
  readonly #pending = new Set<Request>();
  #answers: Observation['answers'];
  #state: Observation['state'] = 'watching';
  #beganAt: number | undefined;
  #lastAt = 0;
  #uncounted = 0;

  constructor(message: SystemMessage, answers: Observation['answers'], rules: WatchRules = defaultRules) {
    this.#message = message;
    const { resources = [], access = [] } = isTokenReset(message) ? {} : message;
    this.#patterns = { resources: validTree(resources), access: validTree(access) };
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
    const { kind, name } = parsed;
    const gateway = this.#gatewayOf(reply);
    if (gateway === undefined || this.#byReply.size >= mostKept) {
      this.#uncounted++;
      return;
    }
    const cid = kind === 'get' ? undefined : (readField(data, 'cid') ?? '');
    const query = readField(data, 'query');
    const outcome: RequestOutcome = { kind: this.#answers === 'watched' ? 'pending' : 'unseen' };
    const client = cid === undefined ? undefined : numberOf(this.#clients, `${gateway} ${cid}`);
    const deadline = now + this.#rules.requestTimeout + slack;
    const request: Request = {
      kind,
      name,
      query,
      gateway,
      client,
      at: now,
      deadline,
      outcome,
      isOther: false,
    };
    this.#byReply.set(reply, request);
    request.isOther = this.#isOther(request, this.#dueFor(subject, parsed));
    this.#remember(request);
    if (!request.isOther) {
      if (outcome.kind === 'pending') this.#pending.add(request);
      this.#lastAt = now;
    }
    const answer = this.#early.get(reply);
    if (answer) this.reply(reply, answer, now);
  }

  /** A message to a gateway's inbox was seen. */
  reply(subject: string, data: Uint8Array, now: number): void {
    const request = this.#byReply.get(subject);
    if (this.isOver || request?.answeredAt !== undefined) return;
    if (!request) {
      this.#keepEarly(subject, data);
      return;
    }
    const more = readPreResponse(data);
    if (more !== undefined) {
      if (more > 0) request.deadline = now + more + slack;
      return;
    }
    request.answeredAt = now;
    if (request.isOther) {
      for (const name of readReferences(data)) this.#expected.add(`${request.gateway} ${name}`);
      return;
    }
    this.#pending.delete(request);
    request.outcome = readResponse(request.kind, data);
    this.#lastAt = now;
  }

  /** Settles what is due by now, and tells when to look again; none when it is over. */
  check(now: number): number | undefined {
    if (this.isOver || this.#beganAt === undefined)
      return this.isOver ? undefined : now + this.#rules.noReaction;
    for (const request of this.#pending) {
      if (now < request.deadline) continue;
      request.outcome = { kind: 'noAnswer' };
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
      took: this.#beganAt === undefined ? 0 : Math.round(this.#lastAt - this.#beganAt),
    };
  }

  #endIfNothingComes(beganAt: number): number {
    let earliest = Infinity;
    for (const { deadline } of this.#pending) earliest = Math.min(earliest, deadline);
    if (this.#pending.size > 0) return earliest;
    const reacted = this.#lastAt > beganAt && this.#answers === 'watched';
    return this.#lastAt + (reacted ? this.#rules.quiet : this.#rules.noReaction);
  }

  /** Whether the request can't be the reset's doing, or may as well be a client's. */
  #isOther(request: Request, due: number): boolean {
    const { kind, name, query, gateway, client } = request;
    const key = `${kind} ${gateway} ${client ?? ''} ${name}?${query ?? ''}`;
    const seen = (this.#seen.get(key) ?? 0) + 1;
    this.#seen.set(key, seen);
    if (seen > due) {
      if (kind === 'access') for (const get of this.#partnersOf(request)) this.#disown(get);
      return true;
    }
    return (
      (kind === 'get' && this.#expected.has(`${gateway} ${name}`)) || this.#partnersOf(request).length > 0
    );
  }

  /**
   * How often the message can make a gateway send such a request. For access that is twice where several patterns match:
   * one is sent, and those that come while it is open are followed by one more.
   */
  #dueFor(subject: string, { kind, name }: RequestSubject): number {
    if (isTokenReset(this.#message)) return Number(subject === this.#message.subject);
    if (kind === 'get') return this.#patterns.resources.countCovering(name, 1);
    return kind === 'access' ? this.#patterns.access.countCovering(name, 2) : 0;
  }

  /**
   * A client's first subscription makes the gateway ask for the resource and for access at once. Where the reset lists
   * only one of the two, such a pair is not its doing.
   */
  #partnersOf({ kind, name, query, gateway, at }: Request): Request[] {
    if (isTokenReset(this.#message) || (this.#message.resources && this.#message.access)) return [];
    return (this.#asked.get(`${gateway} ${name}`) ?? []).filter(
      (other) => at - other.at <= together && other.kind !== kind && isSameQuery(other.query, query),
    );
  }

  #remember(request: Request): void {
    const key = `${request.gateway} ${request.name}`;
    const asked = this.#asked.get(key);
    if (asked) asked.push(request);
    else this.#asked.set(key, [request]);
  }

  #keepEarly(reply: string, data: Uint8Array): void {
    if (this.#beganAt === undefined || !gatewayInbox.test(reply)) return;
    this.#early.set(reply, Uint8Array.from(data.subarray(0, mostEarlyBytes)));
    for (const oldest of this.#early.keys()) {
      if (this.#early.size <= mostEarly) break;
      this.#early.delete(oldest);
    }
  }

  #disown(request: Request): void {
    request.isOther = true;
    this.#pending.delete(request);
  }

  /** Resgate's inboxes have two parts; the first 12 characters of the second stay the same for a process. */
  #gatewayOf(reply: string): number | undefined {
    const id = gatewayInbox.exec(reply)?.[1];
    return id === undefined ? undefined : numberOf(this.#gateways, id);
  }
}

/** A gateway asks for the resource by its own form of a query, and for access by the client's. */
function isSameQuery(a: string | undefined, b: string | undefined): boolean {
  return (a === undefined) === (b === undefined);
}

function validTree(patterns: readonly string[]): PatternTree {
  return new PatternTree(patterns.filter((pattern) => checkPattern(pattern) === undefined));
}

function numberOf(known: Map<string, number>, id: string): number {
  const number = known.get(id) ?? known.size + 1;
  known.set(id, number);
  return number;
}

function toObserved({
  kind,
  name,
  query,
  gateway,
  client,
  outcome,
  at,
  answeredAt,
}: Request): ObservedRequest {
  return {
    kind,
    name,
    ...(query !== undefined && { query }),
    gateway,
    ...(client !== undefined && { client }),
    outcome,
    ...(answeredAt !== undefined && { took: Math.round(answeredAt - at) }),
  };
}
