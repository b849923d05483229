import type { NameQuery, Stage } from './nameQuery';
import { chunksOf, joined, maxChunk, size, type NameChunk, type SortedNames } from './sortedNames';

/** The best of the names that were found. */
export interface FoundNames {
  /** The best first; of equal ones the preferred first, then the others in alphabetical order. */
  readonly best: readonly { readonly name: string; readonly rank: number }[];
  /** How many were found in all; missing until all were looked at. */
  readonly count?: number;
}

/** All that was found last: what goes on from that text is among it. To be thrown away when a name comes or goes. */
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
  /** Tells which of the preferred are not among the names. */
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
  const all = isEnough ? yield* allFound(chunks, query) : chunksOf([...found.keys()].sort());
  const count = size(all);
  // Where most was found, to keep it apart gains nothing.
  if (query.canGoOn) last.found = { query, chunks: 2 * count > size(chunks) ? chunks : all, begun };
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
  { needle, hint, worstRank, rank }: Stage,
  found: Map<string, number>,
  limit: number,
): Generator<undefined, boolean> {
  let sure = found.size;
  const take = (chunk: NameChunk, index: number): boolean => {
    const name = chunk.names[index] ?? '';
    if (found.has(name)) return false;
    const fits = rank(name, chunk.lower[index] ?? '');
    if (fits === undefined) return false;
    // Of what fits worst, more than are wanted need not be kept.
    if (fits >= worstRank && found.size - sure >= limit) return false;
    found.set(name, fits);
    if (fits < worstRank) sure++;
    return sure >= limit;
  };
  for (const chunk of chunks) {
    const { text, starts } = joined(chunk);
    if (!canHold(chunk, query) || (hint && !hint.test(text))) continue;
    if (needle !== undefined) {
      let index = 0;
      for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, starts[index] ?? text.length)) {
        // A name's line begins with a line break.
        while (index < starts.length && (starts[index] as number) <= at) index++;
        if (take(chunk, index - 1)) return true;
        if (index >= starts.length) break;
      }
    } else {
      for (let index = 0; index < chunk.names.length; index++) {
        if (((chunk.characters[index] ?? 0) & query.characters) !== query.characters) continue;
        if (take(chunk, index)) return true;
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

function* allFound(chunks: readonly NameChunk[], query: NameQuery): Generator<undefined, NameChunk[]> {
  const all: NameChunk[] = [];
  let found: NameChunk | undefined;
  for (const chunk of chunks) {
    if (!canHold(chunk, query)) continue;
    if (!found || found.names.length >= maxChunk)
      all.push((found = { names: [], lower: [], characters: [] }));
    for (let index = 0; index < chunk.names.length; index++) {
      const characters = chunk.characters[index] ?? 0;
      if ((characters & query.characters) !== query.characters) continue;
      const [name = '', lower = ''] = [chunk.names[index], chunk.lower[index]];
      if (!query.finds(name, lower)) continue;
      found.names.push(name);
      found.lower.push(lower);
      found.characters.push(characters);
    }
    yield;
  }
  return all;
}
