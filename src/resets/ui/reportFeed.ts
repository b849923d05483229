import type { ObservedRequest } from '../observe/observation';
import { RequestTally } from '../requestTally';
import { observationOf, type ResetRecord } from '../resetRecord';
import type { ReportHead, ReportRow, ReportSlot, ToReport } from '../messages';
import { isSameRequest, reportRow } from './reportView';

/** So many rows go to the page at once, and so many requests are compared: more would keep the host busy. */
const maxRows = 250;
const maxCompared = 1500;
/** The shortest time between two updates of the page, in milliseconds. */
const updateTime = 34;

/** What a slot shows now. */
export interface Shown {
  readonly record: ResetRecord;
  /** What is said above the rows; the tally is of those. */
  readonly headOf: (tally: RequestTally) => ReportHead;
}

/** Keeps one slot of a page current: sends what changed, in pieces, and never more often than is useful. */
export class ReportFeed {
  readonly #slot: ReportSlot;
  readonly #post: (message: ToReport) => void;
  readonly #shown: () => Shown | undefined;
  #sent: (ObservedRequest | undefined)[] = [];
  /** Of what was sent. */
  #tally = new RequestTally();
  #sentId: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isKept = false;
  #isSending = false;
  #isDirty = false;
  #isEnded = false;

  constructor(slot: ReportSlot, post: (message: ToReport) => void, shown: () => Shown | undefined) {
    this.#slot = slot;
    this.#post = post;
    this.#shown = shown;
  }

  /** Sends all anew: the page was loaded, or shows another entry. */
  restart(isKept: boolean): void {
    this.#isKept = isKept;
    this.#begin(this.#shown());
    this.changed();
  }

  /** What is known has changed: the page follows soon. */
  changed(): void {
    this.#isDirty = true;
    if (this.#isSending || this.#isEnded) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#send();
    }, updateTime);
  }

  end(): void {
    this.#isEnded = true;
    clearTimeout(this.#timer);
  }

  /** Shows another entry, at once with its first rows: mostly there are no more. */
  #begin(shown: Shown | undefined): void {
    this.#sent = [];
    this.#tally = new RequestTally();
    this.#sentId = shown?.record.id;
    const slot = this.#slot;
    const { rows } = this.#take(shown ? requestsOf(shown) : [], 0);
    const head = shown?.headOf(this.#tally);
    this.#post({ type: 'show', slot, ...(head && { head }), isKept: this.#isKept });
    if (rows.length > 0) this.#post({ type: 'update', slot, rows });
  }

  async #send(): Promise<void> {
    this.#isSending = true;
    while (this.#takeDirty()) {
      const shown = this.#shown();
      // The entry came to be known only now, or has gone.
      if (shown?.record.id !== this.#sentId) this.#begin(shown);
      if (!shown) continue;
      await this.#sendNews(shown);
      await new Promise((resolve) => setTimeout(resolve, updateTime));
    }
    this.#isSending = false;
  }

  /** Sends the rows that are new, in pieces between which the host can do something else, and what they say together. */
  async #sendNews(shown: Shown): Promise<void> {
    const [slot, tally, requests] = [this.#slot, this.#tally, requestsOf(shown)];
    for (const gone of this.#sent.splice(requests.length)) tally.replace(gone, undefined);
    for (let from = 0; from < requests.length;) {
      const { rows, next } = this.#take(requests, from);
      if (rows.length > 0) this.#post({ type: 'update', slot, rows });
      from = next;
      if (from >= requests.length) break;
      await new Promise((resolve) => setImmediate(resolve));
      // Meanwhile the page can have been closed, or have gone on to another entry.
      if (this.#isEnded || this.#tally !== tally) return;
    }
    this.#post({ type: 'update', slot, head: shown.headOf(tally), rows: [] });
  }

  /** Whether anything has changed since it was asked the last time. */
  #takeDirty(): boolean {
    const isDirty = this.#isDirty && !this.#isEnded;
    this.#isDirty = false;
    return isDirty;
  }

  /** The rows that are new from a place on, as many as may go at once, and where to go on. */
  #take(
    requests: readonly ObservedRequest[],
    from: number,
  ): { rows: [index: number, row: ReportRow][]; next: number } {
    const rows: [number, ReportRow][] = [];
    let compared = 0;
    let index = from;
    for (; index < requests.length && rows.length < maxRows && compared < maxCompared; index++) {
      const request = requests[index];
      const sent = this.#sent[index];
      if (!request || request === sent) continue;
      compared++;
      this.#sent[index] = request;
      if (isSameRequest(sent, request)) continue;
      this.#tally.replace(sent, request);
      rows.push([index, reportRow(request)]);
    }
    return { rows, next: index };
  }
}

function requestsOf({ record }: Shown): readonly ObservedRequest[] {
  return observationOf(record.state)?.requests ?? [];
}
