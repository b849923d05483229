/** A round trip to the server; times as of `performance.now()`. */
export interface RoundTrip {
  readonly askedAt: number;
  /** All that arrived until then has been handed on, and with it all that the server had sent before it was asked. */
  readonly answeredAt: number;
}

/** A round trip proves no more time than this, in milliseconds: what comes after a longer pause was held up somewhere. */
const longestStep = 200;

/** For so long the server may be busy handing on what others had sent it, after it has answered; in milliseconds. */
const handingOnTime = 100;

/**
 * A clock that stands still while nobody knows whether the link is alive, so that silence is counted only where a
 * message would have been heard. It is told the time; all in milliseconds.
 */
export class LiveTime {
  /** What is asked before it says nothing of the time that counts. */
  readonly #sentAt: number;
  #live = 0;
  #answeredAt: number;
  #provenAt: number;
  /** Round trips after which the server may not have handed on everything yet, oldest first. */
  readonly #recent: RoundTrip[] = [];

  /** It begins at 0; what comes was sent after `provenAt`. */
  constructor(beganAt: number, provenAt: number) {
    this.#answeredAt = beganAt;
    this.#sentAt = this.#provenAt = provenAt;
  }

  /**
   * Whatever arrives from now on was sent after this time. A server that stood still reads from each of its connections in
   * any order: it can answer before it has handed on what was there all the while.
   */
  get provenAt(): number {
    return this.#provenAt;
  }

  /** How much time had been counted at this moment, which is not before the last round trip. */
  at(time: number): number {
    return this.#live + Math.max(0, Math.min(time - this.#answeredAt, longestStep));
  }

  /** The server answered. Returns how much time has been counted. */
  prove(roundTrip: RoundTrip): number {
    const { askedAt, answeredAt } = roundTrip;
    if (askedAt >= this.#sentAt) this.#live = this.at(answeredAt);
    this.#answeredAt = Math.max(this.#answeredAt, answeredAt);
    this.#recent.push(roundTrip);
    while (this.#recent[0] && this.#recent[0].answeredAt + handingOnTime <= answeredAt)
      this.#provenAt = Math.max(this.#provenAt, this.#recent.shift()?.askedAt ?? 0);
    return this.#live;
  }
}
