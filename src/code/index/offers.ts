import { checkPattern, hasWildcard, patternProblemText } from '../../res/pattern';
import { textOf } from '../../util/l10n';
import { patternsOf, type Candidate, type Entry, type Offer, type RecentReset } from './candidates';
import { coverageOf, type Coverage, type KnownNames } from './coverage';
import { findNames, type FoundNames, type LastSearch } from './nameFinder';
import { NameQuery, ranks } from './nameQuery';
import type { Known, KnownService } from './workspaceIndex';

const maxNames = 300;
const maxPatterns = 100;
const maxParts = 50;
const maxRecent = 5;

/** What was found; `leftOut` is 0 until all was counted. */
interface AllFound {
  readonly found: readonly Found[];
  readonly leftOut: number;
}

/** A candidate with how well it fits; see `ranks`. */
interface Found {
  readonly entry: Entry;
  readonly rank: number;
}

/** Work on an offer that can rest between its steps; a step yields the offer once its rows are known, before all counts. */
type OfferWork = Generator<Offer | undefined, Offer>;

/** Makes offers from what is known. What was counted is kept until `forget`. */
export class Offers {
  readonly #names: KnownNames;
  readonly #recent: () => readonly RecentReset[];
  readonly #coverages = new Map<string, Coverage>();
  #last: LastSearch = {};

  /** `recent` gives earlier resets, newest first. */
  constructor(names: KnownNames, recent: () => readonly RecentReset[] = () => []) {
    this.#names = names;
    this.#recent = recent;
  }

  /** The index has changed: counts and search results are out of date. */
  forget(): void {
    this.#coverages.clear();
    this.#last = {};
  }

  /**
   * What to offer for a typed text: the text itself where it is a valid pattern, then recent resets, services, patterns and
   * names that it finds, then parts to continue with.
   */
  *offer(typed: string): OfferWork {
    const problem = typed === '' ? undefined : checkPattern(typed);
    const stem = typed.endsWith('.') ? typed.slice(0, -1) : undefined;
    const isBelow = stem !== undefined && checkPattern(stem) === undefined && !stem.endsWith('>');
    const reason = problem && textOf(patternProblemText(problem));
    const isSearch = typed.trim() !== '' && checkPattern(typed.replaceAll(' ', '')) === undefined;
    if (reason !== undefined && !isBelow && !isSearch) return { candidates: [], reason, leftOut: 0 };

    const offerOf = ({ found, leftOut }: AllFound): Offer => {
      const text = isBelow ? `${typed}>` : typed;
      const own =
        typed === '' || (reason !== undefined && !isBelow) ? undefined : ownEntry(found, text, isBelow);
      const others = found.map(({ entry }) => entry).filter((entry) => !own || !isSame(own, entry));
      const candidates: Candidate[] = [...(own ? [own] : []), ...others];
      if (reason === undefined || isBelow) candidates.push(...this.#parts(typed));
      const active = chooseActive(own, found, typed);
      const hasReason = reason !== undefined && (isBelow || candidates.length === 0);
      return { candidates, ...(active && { active }), ...(hasReason && { reason }), leftOut };
    };
    const work = this.#find(typed);
    let step = work.next();
    for (; step.done !== true; step = work.next()) yield step.value && offerOf(step.value);
    return yield* this.#counted(offerOf(step.value));
  }

  /** The offer with all counts; it rests after each that had to be made. */
  *#counted(offer: Offer): OfferWork {
    const counted = new Map<Candidate, Candidate>();
    let isShown = false;
    for (const candidate of offer.candidates) {
      const patterns = candidate.kind === 'part' ? [`${candidate.text}>`] : patternsOf(candidate);
      const key = patterns.join(' ');
      let coverage = candidate.coverage ?? this.#coverages.get(key);
      if (!coverage) {
        yield isShown ? undefined : offer;
        isShown = true;
        coverage = coverageOf(this.#names, patterns);
        this.#coverages.set(key, coverage);
      }
      counted.set(candidate, { ...candidate, coverage });
    }
    const active = offer.active && counted.get(offer.active);
    return { ...offer, candidates: [...counted.values()], ...(active && { active }) };
  }

  /** What the typed text finds, in the order of showing; nothing twice. */
  *#find(typed: string): Generator<AllFound | undefined, AllFound> {
    const { index, live } = this.#names;
    const query = new NameQuery(typed);
    const recent = this.#recent();
    const recentNames = recent.flatMap(({ patterns }) => (patterns.length === 1 ? patterns : []));
    const isKnown = (name: string): boolean => index.get(name) !== undefined;
    const recentKnown = recentNames.filter(isKnown);
    const wild = yield* whole(
      findNames(index.patterns, query, { preferred: recentKnown.filter(hasWildcard), limit: maxPatterns }),
    );
    const seen = [...(live?.names() ?? [])].reverse();
    const preferred = new Set([...recentKnown.filter((name) => !hasWildcard(name)), ...seen]);
    const work = findNames(index.names, query, {
      preferred,
      addsPreferred: (name) => !isKnown(name),
      limit: maxNames,
      last: this.#last,
    });
    const known = (kind: 'pattern' | 'name', { name, rank }: { name: string; rank: number }): Found => ({
      entry: this.#knownEntry(kind, index.get(name) ?? { pattern: name, handlers: [], references: [] }),
      rank,
    });
    // With nothing typed the newest are a list of their own; later only what can't be found elsewhere.
    const repeats =
      typed === '' ? recent.slice(0, maxRecent) : recent.filter((one) => !isListed(one, isKnown));
    const others: Found[] = [
      ...best(repeats, ({ patterns }) => patterns.at(-1) ?? '', query).map(({ item, rank }) => ({
        entry: { kind: 'recent' as const, ...item },
        rank,
      })),
      ...best(index.services(), ({ name }) => belowService(name), query).map(({ item, rank }) => ({
        entry: serviceEntry(item),
        rank,
      })),
      ...wild.best.map((one) => known('pattern', one)),
    ];
    const together = (names: FoundNames): AllFound => {
      const found = [...others, ...names.best.map((one) => known('name', one))];
      const distinct = new Map<string, Found>();
      for (const one of found) {
        const key = one.entry.patterns.join(' ');
        if (!distinct.has(key)) distinct.set(key, one);
      }
      const leftOut = names.count === undefined ? 0 : names.count - names.best.length;
      return { found: [...distinct.values()], leftOut: leftOut + wild.count - wild.best.length };
    };
    let step = work.next();
    for (; step.done !== true; step = work.next()) yield step.value && together(step.value);
    return together(step.value);
  }

  #knownEntry(kind: 'pattern' | 'name', known: Known): Entry {
    const seenAt = this.#names.live?.seenAt(known.pattern);
    return {
      kind,
      patterns: [known.pattern],
      known,
      ...(kind === 'name' && { coverage: { count: 1, first: [] } }),
      ...(seenAt !== undefined && { seenAt }),
    };
  }

  /** The known parts that continue what is typed, where something follows them. */
  #parts(typed: string): Candidate[] {
    if (typed === '') return [];
    const leading = typed.split('.');
    const start = leading.pop()?.toLowerCase() ?? '';
    const { index, live } = this.#names;
    const goOn = [
      ...index.nextParts(leading, start, maxSorted),
      ...(live?.nextParts(leading, start, maxSorted) ?? []),
    ];
    const parts = new Set(goOn.filter((part) => part.goesOn).map(({ part }) => part));
    return [...parts]
      .map((part) => ({ kind: 'part' as const, text: `${[...leading, part].join('.')}.` }))
      .sort((a, b) => (a.text < b.text ? -1 : 1))
      .slice(0, maxParts);
  }
}

/** Of more parts than this, any few are offered rather than the first. */
const maxSorted = 1000;

/** The same work, without the offers before the last one. */
function* whole<Outcome>(work: Generator<unknown, Outcome>): Generator<undefined, Outcome> {
  let step = work.next();
  for (; step.done !== true; step = work.next()) yield undefined;
  return step.value;
}

function ownEntry(found: readonly Found[], text: string, isBelow: boolean): Entry {
  const known = found.find(
    ({ entry }) => entry.patterns.at(-1) === text && (isBelow || entry.patterns.length === 1),
  );
  return known?.entry ?? { kind: isBelow ? 'below' : 'typed', patterns: [text] };
}

function isListed({ patterns }: RecentReset, isKnown: (name: string) => boolean): boolean {
  return patterns.length === 1 && patterns.every(isKnown);
}

function belowService(name: string): string {
  return name === '' ? '>' : `${name}.>`;
}

function serviceEntry({ name, servesRoot, places }: KnownService): Entry {
  const below = belowService(name);
  return { kind: 'service', patterns: servesRoot && name !== '' ? [name, below] : [below], places };
}

function best<T>(
  items: readonly T[],
  textOf: (item: T) => string,
  query: NameQuery,
): { item: T; rank: number }[] {
  return items
    .flatMap((item) => {
      const text = textOf(item);
      const rank = query.rank(text, text.toLowerCase());
      return rank === undefined ? [] : [{ item, rank }];
    })
    .sort((a, b) => a.rank - b.rank);
}

/**
 * A pattern typed with its wildcards, or a known one typed in full, is meant; otherwise the best that it finds. What merely
 * holds the typed characters somewhere is not meant where the text can be sent as it stands.
 */
function chooseActive(own: Entry | undefined, found: readonly Found[], typed: string): Entry | undefined {
  const service = found.find(
    ({ entry }) => entry.kind === 'service' && entry.patterns.at(-1) === `${typed}.>`,
  );
  if (service) return service.entry;
  if (own && own.kind !== 'below' && (own.kind !== 'typed' || hasWildcard(typed))) return own;
  const isClose = ({ rank }: Found): boolean => !own || rank <= ranks.covered;
  const [closest] = found.filter(isClose).sort((a, b) => a.rank - b.rank);
  return closest?.entry ?? own;
}

function isSame(a: Entry, b: Entry): boolean {
  return a.patterns.join(' ') === b.patterns.join(' ');
}
