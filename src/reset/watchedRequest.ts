import type { ObservedRequest, RequestOutcome } from './observation';

/** A gateway's request while it is being watched. There can be many thousands of them: it holds little. */
export interface WatchedRequest {
  readonly kind: ObservedRequest['kind'];
  readonly name: string;
  readonly query: string | undefined;
  readonly gateway: number;
  readonly client: number | undefined;
  /** When it was sent, in milliseconds. */
  readonly at: number;
  /** By when a pre-response wants the gateway to wait for the answer. */
  deadline: number | undefined;
  outcome: RequestOutcome;
  /** How many milliseconds the answer took; none without one. */
  took: number | undefined;
  /** Whether a client may have caused it. */
  isOther: boolean;
  /** The request before it for the same resource name, of any kind and gateway. */
  before: WatchedRequest | undefined;
}

/** The request as it is told. */
export function toObserved(request: WatchedRequest): ObservedRequest {
  const { kind, name, query, gateway, client, outcome, took } = request;
  return {
    kind,
    name,
    ...(query !== undefined && { query }),
    gateway,
    ...(client !== undefined && { client }),
    outcome,
    ...(took !== undefined && { took }),
  };
}
