import type { ObservedRequest } from '../observe/observation';
import { observationOf, type ResetRecord } from '../resetRecord';
import type { ReportHead, ReportRow, ReportSlot, ToReport } from '../messages';
import { isSameRequest, reportRow } from './reportView';

/** So many rows go to the page at once: to pack more would keep the host busy. */
const maxRows = 500;
/** The page is told at most so often, in milliseconds. */
const updateTime = 34;

/** What a slot shows now. */
export interface Shown {
  readonly record: ResetRecord;
  readonly head: ReportHead;
}

/** Keeps one slot of a page current: sends what changed, in pieces, and never more often than is useful. */
export class ReportFeed {
  readonly #slot: ReportSlot;
  readonly #post: (message: ToReport) => void;
  readonly #shown: () => Shown | undefined;
  #sent: (ObservedRequest | undefined)[] = [];
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

  #begin(shown: Shown | undefined): void {
    this.#sent = [];
    this.#sentId = shown?.record.id;
    this.#post({ type: 'show', slot: this.#slot, ...(shown && { head: shown.head }), isKept: this.#isKept });
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

  /** Sends the head, and the rows that are new, in pieces between which the host can do something else. */
  async #sendNews({ record, head }: Shown): Promise<void> {
    const requests = observationOf(record.state)?.requests ?? [];
    this.#sent.length = Math.min(this.#sent.length, requests.length);
    for (let from = 0; ; from += maxRows) {
      const rows = this.#news(requests, from);
      if (from === 0 || rows.length > 0) this.#post({ type: 'update', slot: this.#slot, head, rows });
      if (from + maxRows >= requests.length) return;
      await new Promise((resolve) => setImmediate(resolve));
      // Meanwhile the page can have been closed, or have gone on to another entry.
      if (this.#isEnded || this.#sentId !== record.id) return;
    }
  }

  /** Whether anything has changed since it was asked the last time. */
  #takeDirty(): boolean {
    const isDirty = this.#isDirty && !this.#isEnded;
    this.#isDirty = false;
    return isDirty;
  }

  #news(requests: readonly ObservedRequest[], from: number): [index: number, row: ReportRow][] {
    const rows: [number, ReportRow][] = [];
    const end = Math.min(from + maxRows, requests.length);
    for (let index = from; index < end; index++) {
      const request = requests[index];
      if (!request || isSameRequest(this.#sent[index], request)) continue;
      this.#sent[index] = request;
      rows.push([index, reportRow(request)]);
    }
    return rows;
  }
}
