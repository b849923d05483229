import * as l10n from '../util/l10n';
import { SortedNumbers } from './sortedNumbers';
import type { Tone } from '../util/tone';
import { durationWithin, type Duration } from './duration';
import type { ObservedRequest } from './observe/observation';
import { toneOf } from './observe/outcomes';
import { resultWord } from './report';
import { observationOf, type ResetRecord } from './resetRecord';

/** Bounds of an answer's time that are closer say enough by themselves; in milliseconds. */
const worthTelling = 20;

/** How many requests came to the same. */
interface Total {
  readonly kind: ObservedRequest['kind'];
  readonly tone: Tone;
  readonly word: string;
  readonly count: number;
}

/** Totals over requests, updated as they come and change; an update costs the same however many there are. */
export class RequestTally {
  readonly #totals = new Map<string, Total>();
  /** For each answer: the longest and the shortest time that it can have taken. */
  readonly #maxima = new SortedNumbers();
  readonly #minima = new SortedNumbers();
  readonly #exact = new SortedNumbers();
  listed = 0;
  bytes = 0;
  /** How many have an answer, and of how many of these the time is not known well. */
  answered = 0;
  inexact = 0;
  /** Of how many it is known when they were sent. */
  timed = 0;

  /** A request has come, has changed, or does not belong to them any more. */
  replace(before: ObservedRequest | undefined, after: ObservedRequest | undefined): void {
    if (before) this.#count(before, -1);
    if (after) this.#count(after, 1);
  }

  totals(): readonly Total[] {
    const all = [...this.#totals.values()];
    return (['get', 'access', 'auth'] as const).flatMap((kind) => all.filter((total) => total.kind === kind));
  }

  /** The time of the answer that so large a share did not exceed; undefined without answers. */
  timeAt(share: number): Duration | undefined {
    const max = atShare(this.#maxima.values(), share);
    const min = atShare(this.#minima.values(), share);
    return max === undefined || min === undefined ? undefined : durationWithin(min, max);
  }

  /** What is known exactly, the quickest first: other times can't be counted in one bar. */
  exactTimes(): Float64Array {
    return this.#exact.values();
  }

  #count(request: ObservedRequest, by: 1 | -1): void {
    const { bytes, took, tookMin, at } = request;
    this.listed += by;
    this.bytes += by * (bytes ?? 0);
    if (at !== undefined) this.timed += by;
    if (bytes !== undefined || took !== undefined) this.answered += by;
    if (took === undefined ? bytes !== undefined : took - (tookMin ?? took) > worthTelling)
      this.inexact += by;
    if (took !== undefined) {
      change(this.#maxima, took, by);
      change(this.#minima, tookMin ?? took, by);
      if (tookMin === undefined) change(this.#exact, took, by);
    }
    this.#countOutcome(request, by);
  }

  #countOutcome(request: ObservedRequest, by: 1 | -1): void {
    const { kind } = request;
    const word = wordOf(request);
    const key = `${kind} ${word}`;
    const count = (this.#totals.get(key)?.count ?? 0) + by;
    if (count > 0) this.#totals.set(key, { kind, tone: toneOf(request), word, count });
    else this.#totals.delete(key);
  }
}

/** Of all requests that are listed of a reset. */
export function tallyOf(record: ResetRecord): RequestTally {
  const tally = new RequestTally();
  for (const request of observationOf(record.state)?.requests ?? []) tally.replace(undefined, request);
  return tally;
}

function change(numbers: SortedNumbers, value: number, by: 1 | -1): void {
  if (by === 1) numbers.add(value);
  else numbers.remove(value);
}

function wordOf(request: ObservedRequest): string {
  const { kind, outcome } = request;
  const word = outcome.kind === 'error' ? l10n.t('errors') : resultWord(request);
  return kind === 'access' && outcome.kind !== 'granted' && outcome.kind !== 'refused'
    ? l10n.t('access {0}', word)
    : word;
}

function atShare(values: Float64Array, share: number): number | undefined {
  return values[Math.max(0, Math.ceil(values.length * share) - 1)];
}
