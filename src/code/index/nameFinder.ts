import type { NameQuery, Stage } from './nameQuery';
import { chunksOf, joined, maxChunk, type NameChunk, type SortedNames } from './sortedNames';

/** The best of the names that were found. */
export interface FoundNames {
  /** The best first; of equal ones the preferred first, then the others in alphabetical order. */
  readonly best: readonly { readonly name: string; readonly rank: number }[];
  /** How many were found in all; missing until all were looked at. */
  readonly count?: number;
}

/** Names among which is all that was found last: what goes on from that text is among them. To be thrown away when a name comes or goes. */
export interface LastSearch {
  found?: {
    readonly query: NameQuery;
    readonly chunks: readonly NameChunk[];
    /** Those of them in which pieces of the text begin words; missing where not all were looked at. */
    readonly begun?: readonly NameChunk[] | undefined;
  };
}

interface SearchOptions {
  /** They go before others that fit as well, in their own order, and are found whether or not they are among the names. */
  readonly preferred?: Iterable<string>;
  /** Which of the preferred names are not among the names. */
  readonly addsPreferred?: (name: string) => boolean;
  readonly limit: number;
  readonly last?: LastSearch;
}

/**
 * Finds the best `limit` of the names, as work that can rest between its steps. A step tells the best where they are known and
 * the count is not yet. How well names can fit is looked at one after the other, so that where many fit well nothing else has
 * to be looked at to know the best.
 */
export function* findNames(
  names: SortedNames,
  query: NameQuery,
  options: SearchOptions,
): Generator<FoundNames | undefined, Required<FoundNames>> {
  const { preferred = [], addsPreferred = () => false, limit, last = {} } = options;
  const first = rankPreferred(query, preferred);
  const added = [...first.keys()].filter(addsPreferred).length;
  const before = last.found && query.goesOnFrom(last.found.query) ? last.found : undefined;
  const chunks = before?.chunks ?? names.chunks;
  let begun: readonly NameChunk[] | undefined;
  const found = new Map<string, number>();
  if (names.has(query.typed)) found.set(query.typed, 0);
  let isEnough = false;
  for (const stage of query.stages) {
    const among = (stage.isKept && before?.begun) || chunks;
    isEnough = yield* look(among, query, stage, found, limit);
    if (isEnough) break;
    if (stage.isKept) begun = chunksOf([...found.keys()].sort());
  }
  const best = bestOf(first, found, limit);
  if (isEnough) yield { best };
  const { count, among } = isEnough
    ? yield* allFound(chunks, query)
    : { count: found.size, among: chunksOf([...found.keys()].sort()) };
  if (query.canGoOn) last.found = { query, chunks: among, begun };
  return { best, count: count + added };
}

function rankPreferred(query: NameQuery, preferred: Iterable<string>): Map<string, number> {
  const ranked = new Map<string, number>();
  for (const name of preferred) {
    const rank = query.rank(name, name.toLowerCase());
    if (rank !== undefined) ranked.set(name, rank);
  }
  return ranked;
}

function bestOf(
  first: ReadonlyMap<string, number>,
  found: ReadonlyMap<string, number>,
  limit: number,
): FoundNames['best'] {
  const others = [...found].filter(([name]) => !first.has(name));
  // Those that are preferred stand before the others, and stay there where they fit as well.
  return [...first, ...others]
    .map(([name, rank]) => ({ name, rank }))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, limit);
}

/** Adds what fits as a stage has it; whether there are as many as are wanted, whatever other stages would find. */
function* look(
  chunks: readonly NameChunk[],
  query: NameQuery,
  { needle, hint, worstRank, rank, rankSpan }: Stage,
  found: Map<string, number>,
  limit: number,
): Generator<undefined, boolean> {
  let sure = found.size;
  const take = (chunk: NameChunk, index: number, fits: number | undefined): boolean => {
    if (fits === undefined) return false;
    // Of what fits worst, more than are wanted need not be kept.
    if (fits >= worstRank && found.size - sure >= limit) return false;
    const name = chunk.names[index] ?? '';
    if (found.has(name)) return false;
    found.set(name, fits);
    if (fits < worstRank) sure++;
    return sure >= limit;
  };
  const rankOf = (chunk: NameChunk, index: number): number | undefined =>
    rank(chunk.names[index] ?? '', chunk.lower[index] ?? '');
  for (const chunk of chunks) {
    const { text, starts } = joined(chunk);
    if (!canHold(chunk, query) || (hint && !hint.test(text))) continue;
    if (needle !== undefined) {
      let index = 0;
      for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, starts[index] ?? text.length)) {
        // A name's line begins with a line break.
        while (index < starts.length && (starts[index] as number) <= at) index++;
        if (take(chunk, index - 1, rankOf(chunk, index - 1))) return true;
        if (index >= chunk.names.length) break;
      }
    } else {
      for (let index = 0; index < chunk.names.length; index++) {
        const span = query.spanIn(chunk, index);
        if (span < 0) continue;
        const fits = rankSpan ? rankSpan(span) : rankOf(chunk, index);
        if (take(chunk, index, fits)) return true;
      }
    }
    yield;
  }
  return found.size >= limit;
}

/** Whether there can be a name among them that fits. */
function canHold(chunk: NameChunk, query: NameQuery): boolean {
  const { text, characters } = joined(chunk);
  if ((characters & query.characters) !== query.characters) return false;
  return query.otherCharacters.every((character) => text.includes(character));
}

/** How many fit in all, and names among which they are. */
function* allFound(
  chunks: readonly NameChunk[],
  query: NameQuery,
): Generator<undefined, { readonly count: number; readonly among: NameChunk[] }> {
  const among: NameChunk[] = [];
  let count = 0;
  let some: NameChunk | undefined;
  for (const chunk of chunks) {
    if (!canHold(chunk, query)) continue;
    const found = query.findIn(chunk);
    count += found.length;
    // To look once more at what is there costs less than to put many apart.
    if (found.length * 4 > chunk.names.length) {
      among.push(chunk);
      some = undefined;
    } else if (found.length > 0) {
      if (!some || some.names.length >= maxChunk)
        among.push((some = { names: [], lower: [], characters: [] }));
      for (const index of found) {
        some.names.push(chunk.names[index] ?? '');
        some.lower.push(chunk.lower[index] ?? '');
        some.characters.push(chunk.characters[index] ?? 0);
      }
    }
    yield;
  }
  return { count, among };
}
