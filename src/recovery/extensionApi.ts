/**
 * What `activate()` of `vscode-res.vscode-res` gives to other extensions. This file stands for itself: copy it. Version 1 may
 * grow, but nothing in it goes away or changes its meaning.
 */
export interface ResApi {
  readonly version: 1;
  /** Sends a reset with the usual questions; connects first if need be. Never rejects. */
  reset(request: ResResetRequest): Promise<ResResetOutcome>;
  /** Fires when a reset of this window is published, rejected or failed, and again with what the gateways did. */
  readonly onDidReset: ResEvent<ResResetOutcome>;
  /** What the code of the workspace serves and uses, as far as it is scanned. */
  facts(): readonly ResFact[];
  /** Fires when the facts of some files have changed, with their absolute paths. */
  readonly onDidChangeFacts: ResEvent<readonly string[]>;
  /** The connection of this window. */
  readonly connection: ResConnection;
  readonly onDidChangeConnection: ResEvent<ResConnection>;
}

/** Patterns; at least one. */
export interface ResResetRequest {
  readonly resources?: string | readonly string[];
  readonly access?: string | readonly string[];
  /** A connection's name; the one in use without it. */
  readonly connection?: string;
}

/** What came of a reset. */
export interface ResResetOutcome {
  /**
   * `published`: the NATS server confirmed it; it says nothing about Resgate. `rejected`: the server denied it; or it was refused
   * before anything was sent, because a pattern is invalid, for example: then `message` is empty. `failed`: it could not be
   * sent, or it is unknown whether it arrived. `cancelled`: a person called it off. `reason` says more.
   */
  readonly state: 'published' | 'rejected' | 'failed' | 'cancelled';
  /** What was sent: a `system.reset`, or a `system.tokenReset` with `tids` and `subject`. */
  readonly message: {
    readonly resources?: readonly string[];
    readonly access?: readonly string[];
    readonly tids?: readonly string[];
    readonly subject?: string;
  };
  readonly reason?: string;
  readonly connection?: string;
  readonly server?: string;
  /**
   * The names that a gateway was seen to fetch again: a service answered its `get` request with the resource. What was deleted
   * (`system.notFound`), failed or had no answer is not among them. Absent where that is not known; empty where there was none.
   */
  readonly refetched?: readonly string[];
  /** The names for which a gateway was seen to request access again, granted or refused; absent where that is not known. */
  readonly reaccessed?: readonly string[];
  /**
   * Of which of the two lists names may be missing, because requests were only counted, or not seen, or not to their end. What is in
   * a list holds all the same. A list that is there and not named here has all names.
   */
  readonly incomplete?: readonly ('refetched' | 'reaccessed')[];
  /** How many more requests were answered as those of a list, and only counted: of one name there can be several. Absent for none. */
  readonly notListed?: { readonly refetched?: number; readonly reaccessed?: number };
}

/** Something in the code; lines and columns start at 1. */
export interface ResFact {
  readonly kind: 'service' | 'handler' | 'reference' | 'unresolved';
  readonly pattern: string;
  readonly service?: string;
  /** An absolute path. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface ResConnection {
  readonly state: 'disconnected' | 'connecting' | 'connected' | 'reconnecting';
  readonly name?: string;
  /** Whether every reset on it is confirmed by a person. */
  readonly isProtected: boolean;
}

/** Has the shape of VS Code's own events. */
export type ResEvent<T> = (listener: (value: T) => void) => { dispose(): void };
