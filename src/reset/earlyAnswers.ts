/** How many answers are kept. */
const mostKept = 256;
/** So much of one is kept, in bytes: enough to see that it is too long to be taken apart. */
const mostBytes = 70_000;

/** Answers that came before their requests: what two senders send, the server hands out in any order. */
export class EarlyAnswers {
  readonly #byReply = new Map<string, Uint8Array>();

  keep(reply: string, data: Uint8Array): void {
    this.#byReply.set(reply, data.slice(0, mostBytes));
    for (const oldest of this.#byReply.keys()) {
      if (this.#byReply.size <= mostKept) break;
      this.#byReply.delete(oldest);
    }
  }

  /** The answer to the request with this reply subject, if it came. */
  take(reply: string): Uint8Array | undefined {
    const answer = this.#byReply.get(reply);
    if (answer) this.#byReply.delete(reply);
    return answer;
  }
}
