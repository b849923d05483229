import type { DisconnectReason } from './bus';

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
  /** No answer in time: the service is down or slow. */
  | { readonly kind: 'noAnswer' }
  /** Answers were not watched, so it is not known. */
  | { readonly kind: 'unseen' };

/** A request that a gateway sent because of a reset. */
export interface ObservedRequest {
  readonly kind: 'get' | 'access' | 'auth';
  /** The resource name. */
  readonly name: string;
  readonly query?: string;
  /** Which gateway asked, from 1; told apart by their reply subjects. */
  readonly gateway: number;
  /** For access and auth: which client connection it is about, from 1. */
  readonly client?: number;
  readonly outcome: RequestOutcome;
  /** How long the answer took, in milliseconds. */
  readonly took?: number;
}

/** How many requests had each outcome. */
export type OutcomeCounts = Partial<Record<RequestOutcome['kind'], number>>;

/** What the gateways were seen to do after a reset. */
export interface Observation {
  /**
   * `watching`: not over yet. `complete`: it ended by rule. `cutOff`: it took too long, and more may have come.
   * `denied`: this connection may not watch the requests.
   */
  readonly state: 'watching' | 'complete' | 'cutOff' | 'denied';
  /** What cut it off, where the link ended. */
  readonly cutOffBy?: DisconnectReason;
  /** Whether the services' answers were watched too; why not, where they were not. */
  readonly answers: 'watched' | 'off' | 'denied';
  readonly counts: Readonly<Record<ObservedRequest['kind'], OutcomeCounts>>;
  /** The requests, in the order in which they came; at most as many as are kept, so fewer than `counts` where there were many. */
  readonly requests: readonly ObservedRequest[];
  /** Requests in the same moment that clients may have caused. */
  readonly other: number;
  readonly gateways: number;
  /** Milliseconds from the reset to the last request or answer, or for as long as an answer was waited for. */
  readonly took: number;
}

/** The requests with those first that went wrong. */
export function worstFirst(requests: readonly ObservedRequest[]): ObservedRequest[] {
  const wentWell = ({ outcome }: ObservedRequest): number =>
    Number(['answered', 'granted'].includes(outcome.kind));
  return [...requests].sort((a, b) => wentWell(a) - wentWell(b));
}

/** The observation with at most `most` requests in full, those that went wrong first. */
export function shortenObservation(observation: Observation, most: number): Observation {
  if (observation.requests.length <= most) return observation;
  return { ...observation, requests: worstFirst(observation.requests).slice(0, most) };
}
