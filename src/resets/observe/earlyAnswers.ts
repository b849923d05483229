/** So many answers are kept, and so much of them together, in bytes; the oldest go first. */
const maxKept = 10_000;
const maxTogether = 4_000_000;

/**
 * Answers that came before their requests: what two senders send, the server hands out in any order, and in a super-cluster
 * they come by ways of different length. On a busy bus they stand among many that nobody here waits for.
 */
export class EarlyAnswers {
  readonly #byReply = new Map<string, Uint8Array>();
  #together = 0;

  keep(reply: string, data: Uint8Array): void {
    this.take(reply);
    // A copy: what it is cut from is all that the socket received with it.
    this.#byReply.set(reply, data.slice());
    this.#together += data.length;
    for (const oldest of this.#byReply.keys()) {
      if (this.#byReply.size <= maxKept && this.#together <= maxTogether) break;
      this.take(oldest);
    }
  }

  /** The answer to the request with this reply subject, if it came. */
  take(reply: string): Uint8Array | undefined {
    const answer = this.#byReply.get(reply);
    if (answer) {
      this.#byReply.delete(reply);
      this.#together -= answer.length;
    }
    return answer;
  }
}
