import { rankCount, ranks, type NameQuery } from './nameQuery';
import type { SortedNames } from './sortedNames';

/** The best of the names that were found. */
export interface FoundNames {
  /** The best first; of equal ones the preferred first, then the others in alphabetical order. */
  readonly best: readonly { readonly name: string; readonly rank: number }[];
  readonly count: number;
}

/** So many names are looked at before the work may rest. */
const step = 512;

/**
 * Finds the best `limit` of the names, as work that can rest between its steps. `preferred` go before others that fit as
 * well, in their own order; those that are not among the names are found too: `addsPreferred` tells which these are.
 */
export function* findNames(
  names: SortedNames,
  query: NameQuery,
  preferred: Iterable<string>,
  limit: number,
  addsPreferred: (name: string) => boolean = () => false,
): Generator<undefined, FoundNames> {
  const buckets = Array.from({ length: rankCount * 2 }, (): string[] => []);
  /** Found among those ranks that are told apart at no cost, or by a closer look. */
  let well = 0;
  let count = 0;
  const first = new Map<string, number>();
  for (const name of preferred) {
    const rank = query.rank(name, name.toLowerCase());
    if (rank === undefined) continue;
    first.set(name, rank);
    buckets[rank * 2]?.push(name);
    if (addsPreferred(name)) count++;
  }
  let looked = 0;
  for (const chunk of names.chunks) {
    for (let index = 0; index < chunk.names.length; index++) {
      if (((chunk.characters[index] ?? 0) & query.characters) !== query.characters) continue;
      const name = chunk.names[index] ?? '';
      const rank = query.rank(name, chunk.lower[index] ?? '', well >= limit);
      if (rank === undefined) continue;
      count++;
      const bucket = buckets[rank * 2 + 1];
      if (!bucket || bucket.length >= limit || first.has(name)) continue;
      bucket.push(name);
      if (rank <= ranks.initials) well++;
    }
    looked += chunk.names.length;
    if (looked < step) continue;
    looked = 0;
    yield;
  }
  const best = buckets.flatMap((bucket, at) => bucket.map((name) => ({ name, rank: at >> 1 })));
  return { best: best.slice(0, limit), count };
}
