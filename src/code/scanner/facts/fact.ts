import type { SetBy } from '../outline/outline';

/** A language that the scanner reads, as `--` and the facts name it. */
export type Language = string;

/** What a request subject of the RES protocol asks for. */
export type RequestKind = 'get' | 'access' | 'call' | 'auth';

/**
 * One thing that the scanner found in a file.
 *
 * - `service`: the code starts a service; the pattern is the service's `library.>` (`>` for one without a name).
 * - `handler`: the code serves the resources that the pattern matches.
 * - `reference`: the code uses a resource by its ID (the query is left out of the pattern).
 * - `unresolved`: the code surely serves or uses a resource, but its name can't be known from the code alone;
 *   `?` stands for the unknown leading part, as in `?.nodes`.
 */
export interface Fact {
  readonly kind: 'service' | 'handler' | 'reference' | 'unresolved';
  readonly pattern: string;
  /** The service's name: the first part of the pattern; absent where it isn't known. */
  readonly service?: string;
  /** Where the expression that names it starts; both start at 1, columns in UTF-16 code units. */
  readonly line: number;
  readonly column: number;
  readonly language: Language;
  /** The library whose API the code uses: `go-res`, `nats`, `resclient`, … */
  readonly library: string;
  /** For `unresolved`: what would be known if the name were. */
  readonly of?: 'service' | 'handler' | 'reference';
  /** For `unresolved`: what sets the name. Absent where the code tells nothing of it: then it is the file's. */
  readonly namedBy?: SetBy;
  /** For a handler: what it answers. Absent where the code doesn't tell. */
  readonly serves?: readonly RequestKind[];
  /** For a service: the patterns that it was told to own, where the code sets them; `?` is its unknown name in them. */
  readonly owned?: { readonly resources?: readonly string[]; readonly access?: readonly string[] };
}

/** A fact, the file that it is about, and how long the naming expression is. */
export interface PlacedFact {
  readonly file: string;
  readonly fact: Fact;
  readonly start: number;
  readonly length: number;
}

/** The fact without a word on what is served. */
export function withoutServes(fact: Fact): Fact {
  const rest: { -readonly [K in keyof Fact]: Fact[K] } = { ...fact };
  delete rest.serves;
  return rest;
}
