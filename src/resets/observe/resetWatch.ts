import { parseRequestSubject } from '../../res/requestSubject';
import type { SystemMessage } from '../../res/systemMessage';
import { Attribution } from './attribution';
import { durationBetween, type ArrivalTime, type Duration } from '../duration';
import { EarlyAnswers } from './earlyAnswers';
import { LiveTime, type RoundTrip } from './liveTime';
import { OutcomeCount, type Observation, type ObservedRequest, type RequestOutcome } from './observation';
import { Numbering } from './numbering';
import { readField, readPreResponse, readReferences, readResponse } from './response';
import { isGivenUp, deadlinesOf, prolong, settle, toObserved, type WatchedRequest } from './watchedRequest';

/** When an observation ends; all in milliseconds, and but for the limit of time in which the link was alive. */
export interface WatchRules {
  /** No request by then: no gateway reacts. */
  readonly noReaction: number;
  /** All answered and nothing new for so long: it is over. For longer where there is much, or the gateway was seen to pause. */
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

/** More requests than this are counted only. */
const maxKept = 20_000;

const pending: RequestOutcome = { kind: 'pending' };
const unseen: RequestOutcome = { kind: 'unseen' };

/** A reply subject of Resgate's; the part that stays the same for a process. */
const gatewayInbox = /^_INBOX\.([^.]{12})[^.]{10}$/;

/**
 * Follows what gateways do after a reset, message by message. It knows no clock and no connection: times are passed in, in
 * milliseconds, and round trips to the server, which alone let it conclude something from silence.
 */
export class ResetWatch {
  readonly #message: SystemMessage;
  readonly #rules: WatchRules;
  readonly #byReply = new Map<string, WatchedRequest>();
  readonly #early = new EarlyAnswers();
  readonly #gateways = new Numbering();
  readonly #clients = new Numbering();
  readonly #pending = new Set<WatchedRequest>();
  readonly #answering: Set<string>;
  #attribution: Attribution;
  #answers: Observation['answers'];
  #state: Observation['state'] = 'watching';
  #time: LiveTime | undefined;
  /** When the reset was sent or seen. */
  #began: ArrivalTime = { since: 0, at: 0 };
  #last = this.#began;
  /** The live time of `#last`. */
  #lastLive = 0;
  /** The longest live time in which all was answered, and then more was asked. */
  #longestPause = 0;
  /** Until when an answer was waited for; what is answered later has a later `#last`. */
  #waitedUntil = 0;
  #uncounted = 0;
  /** Of the requests as they were reported last. */
  #outcomes = new OutcomeCount();

  /** `answering`: the inboxes of gateways in which answers were seen on this link; it adds those that it sees. */
  constructor(
    message: SystemMessage,
    answers: Observation['answers'],
    rules: WatchRules = defaultRules,
    answering = new Set<string>(),
  ) {
    this.#message = message;
    this.#attribution = new Attribution(message);
    this.#answers = answers;
    this.#rules = rules;
    this.#answering = answering;
  }

  get isOver(): boolean {
    return this.#state !== 'watching';
  }

  /**
   * The reset is about to be sent, or was seen on the bus: it can have caused requests from now on, and none before.
   * Nothing that it causes was sent before `sentAt`. It was read now, and arrived after `since`.
   */
  begin(now: number, sentAt = now, since = now): void {
    if (this.#time) {
      for (const seen of [this.#byReply, this.#gateways, this.#clients, this.#pending]) seen.clear();
      this.#attribution = new Attribution(this.#message);
      this.#outcomes = new OutcomeCount();
      this.#uncounted = 0;
    }
    this.#time = new LiveTime(now, sentAt);
    this.#began = this.#last = { since, at: now };
    this.#lastLive = this.#longestPause = this.#waitedUntil = 0;
  }

  /** The server refuses to let this connection see requests, or answers, from now on. */
  deny(what: 'requests' | 'answers'): void {
    if (this.isOver) return;
    if (what === 'answers') {
      this.#answers = 'denied';
      this.#forgoAnswers();
    } else if (this.#byReply.size > 0) {
      this.cutOff();
    } else {
      this.#state = 'denied';
    }
  }

  /** Messages may pass unseen from now on. */
  cutOff(): void {
    if (this.isOver || !this.#time) return;
    this.#state = 'cutOff';
    this.#forgoAnswers();
  }

  /** A request was seen: it is read now, and arrived after `since`. */
  request(subject: string, reply: string | undefined, data: Uint8Array, now: number, since = now): void {
    const time = this.#time;
    if (this.isOver || !time || now < this.#began.at || reply === undefined || this.#byReply.has(reply))
      return;
    const parsed = parseRequestSubject(subject);
    if (!parsed || parsed.kind === 'call') return;
    const due = this.#attribution.due(subject, parsed);
    if (due === undefined) return;
    const { kind, name } = parsed;
    const gateway = this.#gatewayOf(reply);
    if (gateway === undefined || this.#byReply.size >= maxKept) {
      this.#uncounted++;
      if (gateway !== undefined) this.#noteActivity({ since, at: now });
      return;
    }
    // Whatever follows the reset arrived after it.
    const arrival = { since: Math.max(since, this.#began.since), at: now };
    const cid = kind === 'get' ? undefined : (readField(data, 'cid') ?? '');
    const request: WatchedRequest = {
      kind,
      name,
      query: readField(data, 'query'),
      gateway,
      client: cid === undefined ? undefined : this.#clients.of(`${gateway} ${cid}`),
      ...arrival,
      ...deadlinesOf(time, now, this.#rules.requestTimeout),
      outcome: this.#answers === 'watched' ? pending : unseen,
      took: undefined,
      bytes: undefined,
      isOther: false,
      before: undefined,
      reported: undefined,
    };
    this.#byReply.set(reply, request);
    for (const other of this.#attribution.judge(request, due)) this.#disown(other);
    if (!request.isOther) {
      this.#noteActivity(request);
      if (request.outcome === pending) this.#pending.add(request);
    }
    // It was here before the request: how long it took can't be said.
    const answer = this.#early.take(reply);
    if (answer) this.#answered(request, answer, arrival, undefined);
  }

  /** A message to a gateway's inbox was seen: it is read now, and arrived after `since`. */
  reply(subject: string, data: Uint8Array, now: number, since = now): void {
    const time = this.#time;
    if (this.isOver || !time) return;
    const inbox = gatewayInbox.exec(subject)?.[1];
    if (inbox !== undefined && this.#gateways.has(inbox)) this.#answering.add(inbox);
    const request = this.#byReply.get(subject);
    if (!request) {
      if (inbox !== undefined) this.#early.keep(subject, data);
      return;
    }
    const arrival = { since: Math.max(since, this.#began.since), at: now };
    this.#answered(request, data, arrival, durationBetween(request, arrival));
  }

  #answered(
    request: WatchedRequest,
    data: Uint8Array,
    arrival: ArrivalTime,
    took: Duration | undefined,
  ): void {
    const time = this.#time;
    if (!time || request.bytes !== undefined || request.outcome === unseen) return;
    const now = arrival.at;
    const more = readPreResponse(data);
    if (more !== undefined) {
      if (more > 0) prolong(request, time, now, more);
      return;
    }
    request.bytes = data.length;
    request.took = took;
    settle(request, time, now, request.isOther ? unseen : readResponse(request.kind, data));
    if (request.isOther) this.#attribution.expect(request.gateway, readReferences(data));
    else this.#noteActivity(arrival);
    this.#pending.delete(request);
  }

  /** The server has answered, so silence until now was real: settles overdue requests, and ends where none is left. */
  prove(roundTrip: RoundTrip): void {
    const time = this.#time;
    if (this.isOver || !time) return;
    const live = time.prove(roundTrip);
    const { answeredAt } = roundTrip;
    if (this.#pending.size > 0) this.#waitedUntil = answeredAt;
    for (const request of this.#pending) {
      if (isGivenUp(request, live, time.provenAt)) this.#pending.delete(request);
    }
    if (answeredAt >= this.#began.at + this.#rules.limit) {
      this.cutOff();
    } else if (this.#pending.size === 0 && live >= this.#lastLive + this.#pause()) {
      if (this.#byReply.size >= maxKept) this.cutOff();
      else this.#state = 'complete';
    }
  }

  /** What is known by now. */
  observation(): Observation {
    const hidden = this.#gateways.ids().map((inbox) => !this.#answering.has(inbox));
    const requests: ObservedRequest[] = [];
    const gateways = new Set<number>();
    // There can be very many of them, and this is asked again and again: only what has changed is made and counted anew.
    for (const request of this.#byReply.values()) {
      const before = request.reported;
      if (request.isOther) {
        this.#outcomes.replace(before, (request.reported = undefined));
        continue;
      }
      const after = toObserved(request, this.#began, hidden[request.gateway - 1] ?? true);
      if (after !== before) this.#outcomes.replace(before, after);
      gateways.add(request.gateway);
      requests.push(after);
    }
    return {
      state: this.#state,
      answers: this.#answers,
      ...this.#outcomes.counts(),
      requests,
      other: this.#uncounted + this.#byReply.size - requests.length,
      gateways: gateways.size,
      ...this.#took(),
    };
  }

  /** How long it was until the last that came, or for as long as an answer was waited for. */
  #took(): Pick<Observation, 'took' | 'tookMin'> {
    const { max, min } = durationBetween(
      this.#began,
      this.#waitedUntil > this.#last.at ? { since: this.#waitedUntil, at: this.#waitedUntil } : this.#last,
    ) ?? { max: this.#last.at - this.#began.at, min: 0 };
    return { took: Math.round(max), ...(min !== undefined && { tookMin: Math.floor(min) }) };
  }

  /** For how long nothing must come until it is over. */
  #pause(): number {
    const { noReaction, quiet } = this.#rules;
    if (this.#last.at === this.#began.at || this.#answers !== 'watched') return noReaction;
    // A gateway that asks step by step may not get its turn for a moment; more likely so, the more it has to do.
    return (
      quiet * (1 + Math.max(0, Math.log10(this.#byReply.size / 10))) + Math.min(2000, 3 * this.#longestPause)
    );
  }

  #noteActivity(arrival: ArrivalTime): void {
    const live = this.#time?.at(arrival.at) ?? 0;
    if (this.#pending.size === 0 && this.#last.at > this.#began.at)
      this.#longestPause = Math.max(this.#longestPause, live - this.#lastLive);
    this.#last = arrival;
    this.#lastLive = live;
  }

  #forgoAnswers(): void {
    for (const request of this.#pending) request.outcome = unseen;
    this.#pending.clear();
  }

  #disown(request: WatchedRequest): void {
    request.isOther = true;
    this.#pending.delete(request);
  }

  /** Resgate's inboxes have two parts; the first 12 characters of the second stay the same for a process. */
  #gatewayOf(reply: string): number | undefined {
    const id = gatewayInbox.exec(reply)?.[1];
    return id === undefined ? undefined : this.#gateways.of(id);
  }
}
