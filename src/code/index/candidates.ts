import type { Coverage } from './coverage';
import type { Known, Place } from './workspaceIndex';

/** Something that a person choosing what to reset is offered; the coverage is missing until it was counted. */
export type Candidate = { readonly coverage?: Coverage } & (
  | /** What was typed, as it stands; or everything under a typed prefix that ends in a dot. */
    { readonly kind: 'typed' | 'below'; readonly patterns: readonly [string] }
  | { readonly kind: 'service'; readonly patterns: readonly string[]; readonly places: readonly Place[] }
  | {
      readonly kind: 'pattern' | 'name';
      readonly patterns: readonly [string];
      readonly known: Known;
      /** When the name was last seen on the bus, in milliseconds since 1970. */
      readonly seenAt?: number;
    } /** What was reset before from here. */
  | { readonly kind: 'recent'; readonly patterns: readonly string[]; readonly isPinned: boolean }
  /** A known part to continue with: what the typed text becomes. */
  | { readonly kind: 'part'; readonly text: string }
);

/** A candidate that can be reset. */
export type Entry = Exclude<Candidate, { kind: 'part' }>;

/** What is offered for a typed text. */
export interface Offer {
  readonly candidates: readonly Candidate[];
  /** The one that a plain Enter takes. */
  readonly active?: Candidate;
  /** Why the typed text can't be a pattern as it stands. */
  readonly reason?: string;
  /** How many known names were left out because there are too many. */
  readonly leftOut: number;
}

/** Patterns that were reset together before. */
export interface RecentReset {
  readonly patterns: readonly string[];
  readonly isPinned: boolean;
}

/** The patterns that a candidate covers; none for a part that was not taken yet. */
export function patternsOf(candidate: Candidate | undefined): readonly string[] {
  return candidate && candidate.kind !== 'part' ? candidate.patterns : [];
}
