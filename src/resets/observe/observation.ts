import { disconnectReasons } from '../bus';

/** What is known of one request that a gateway sent because of a reset. */
export type RequestOutcome =
  /** Not answered yet. */
  | { readonly kind: 'pending' }
  /** The service sent the resource; the gateway has it fresh. */
  | { readonly kind: 'answered' }
  /** `system.notFound`: the gateway tells its clients that the resource was deleted. */
  | { readonly kind: 'notFound' }
  /** Another error: the gateway logs it, and its cache stays as it was. */
  | { readonly kind: 'error'; readonly code: string; readonly message: string }
  /** Not a RES response; for the gateway that is an error too. */
  | { readonly kind: 'malformed' }
  /** Access to get the resource was granted, or refused: then the client is unsubscribed. */
  | { readonly kind: 'granted' | 'refused' }
  /** No answer in time, as far as can be seen; `unsure` tells why there may have been one. */
  | { readonly kind: 'noAnswer'; readonly unsure?: Unsure }
  /** What was answered is not known: answers were not watched, or not to the end. */
  | { readonly kind: 'unseen' };

/**
 * `hidden`: no answer to this gateway was ever seen on the link, so its answers may be out of sight altogether. `late`: one
 * was seen so late that the gateway may have given up before.
 */
export const unsureReasons = ['hidden', 'late'] as const;
export type Unsure = (typeof unsureReasons)[number];

export const requestKinds = ['get', 'access', 'auth'] as const;
export type RequestKind = (typeof requestKinds)[number];

/** A request that a gateway sent because of a reset. */
export interface ObservedRequest {
  readonly kind: RequestKind;
  /** The resource name. */
  readonly name: string;
  readonly query?: string;
  /** Which gateway asked, from 1; told apart by their reply subjects. */
  readonly gateway: number;
  /** For access and auth: which client connection it is about, from 1. */
  readonly client?: number;
  readonly outcome: RequestOutcome;
  /** When it was seen, in milliseconds from the publish of the reset; missing where an earlier version stored it. */
  readonly at?: number;
  /** Where it was read late: it can have arrived as early as this, and by `at` at the latest. */
  readonly atMin?: number;
  /** How long the answer took, in milliseconds; missing without one, and where nothing is known of the time. */
  readonly took?: number;
  /** Where one of the two was read late: it can have taken as little as this, and `took` at most. */
  readonly tookMin?: number;
  /** How long the answer was, in bytes. */
  readonly bytes?: number;
}

/** How many requests had each outcome. */
export type OutcomeCounts = Partial<Record<RequestOutcome['kind'], number>>;

/** How many requests are unsure for which reason. */
export type UnsureCounts = Partial<Record<Unsure, number>>;

/** What can cut an observation off: the link ended, or the monitor that observed was turned off. */
export const cutOffReasons = [...disconnectReasons, 'monitorOff'] as const;
export type CutOffReason = (typeof cutOffReasons)[number];

/** What the gateways were seen to do after a reset. */
export interface Observation {
  /**
   * `watching`: not over yet. `complete`: it ended by rule. `cutOff`: it took too long, or the link was lost, and more may
   * have come.
   * `denied`: this connection may not watch the requests.
   */
  readonly state: 'watching' | 'complete' | 'cutOff' | 'denied';
  /** What cut it off, where it was not its own rules, or a permission that went. */
  readonly cutOffBy?: CutOffReason;
  /** Whether the services' answers were watched too; why not, where they were not. */
  readonly answers: 'watched' | 'off' | 'denied';
  readonly counts: Readonly<Record<RequestKind, OutcomeCounts>>;
  /** How many of those that count as `noAnswer` are unsure, where some are. */
  readonly unsure?: Partial<Record<RequestKind, UnsureCounts>>;
  /** The requests, in the order in which they came; at most as many as are kept, so fewer than `counts` where there were many. */
  readonly requests: readonly ObservedRequest[];
  /** Requests in the same moment that clients may have caused, and those that are too many to be followed. */
  readonly other: number;
  readonly gateways: number;
  /** Milliseconds from the reset to the last request or answer, or for as long as an answer was waited for. */
  readonly took: number;
  /** Where the last one was read late: it can have taken as little as this, and `took` at most. */
  readonly tookMin?: number;
}

/** How many of the requests had each outcome, and how many of which no answer was seen are unsure. */
export function countOutcomes(requests: readonly ObservedRequest[]): Pick<Observation, 'counts' | 'unsure'> {
  const count = new OutcomeCount();
  for (const request of requests) count.replace(undefined, request);
  return count.counts();
}

/** Counts outcomes as requests come and change. */
export class OutcomeCount {
  readonly #counts = new Map<RequestKind, Map<RequestOutcome['kind'], number>>();
  readonly #unsure = new Map<RequestKind, Map<Unsure, number>>();

  /** A request has come, has changed, or does not belong to them any more. */
  replace(before: ObservedRequest | undefined, after: ObservedRequest | undefined): void {
    if (before) this.#count(before, -1);
    if (after) this.#count(after, 1);
  }

  counts(): Pick<Observation, 'counts' | 'unsure'> {
    const of = (kind: RequestKind): OutcomeCounts => plain(this.#counts.get(kind));
    const unsure = [...this.#unsure].flatMap(([kind, all]) => (all.size > 0 ? [[kind, plain(all)]] : []));
    return {
      counts: { get: of('get'), access: of('access'), auth: of('auth') },
      ...(unsure.length > 0 && { unsure: Object.fromEntries(unsure) as Observation['unsure'] & object }),
    };
  }

  #count({ kind, outcome }: ObservedRequest, by: 1 | -1): void {
    add(this.#counts, kind, outcome.kind, by);
    if (outcome.kind === 'noAnswer' && outcome.unsure) add(this.#unsure, kind, outcome.unsure, by);
  }
}

function add<A, B>(counts: Map<A, Map<B, number>>, a: A, b: B, by: 1 | -1): void {
  let of = counts.get(a);
  if (!of) counts.set(a, (of = new Map<B, number>()));
  const count = (of.get(b) ?? 0) + by;
  if (count > 0) of.set(b, count);
  else of.delete(b);
}

function plain<K extends string>(counts: ReadonlyMap<K, number> | undefined): Partial<Record<K, number>> {
  return Object.fromEntries(counts ?? []) as Partial<Record<K, number>>;
}
