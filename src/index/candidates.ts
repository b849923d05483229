import { checkPattern, covers, hasWildcard, patternProblemText } from '../res/pattern';
import { coverageOf, type Coverage, type KnownNames } from './coverage';
import type { Known, KnownService, Place } from './workspaceIndex';

/** Something that a person choosing what to reset is offered, and which known names it matches. */
export type Candidate = { readonly coverage: Coverage } & (
  | /** What was typed, as it stands; or all below a typed prefix that ends in a dot. */
    { readonly kind: 'typed' | 'below'; readonly patterns: readonly [string] }
  | { readonly kind: 'service'; readonly patterns: readonly string[]; readonly places: readonly Place[] }
  | {
      readonly kind: 'pattern' | 'name';
      readonly patterns: readonly [string];
      readonly known: Known;
      /** When the name was last seen on the bus, in milliseconds since 1970. */
      readonly seenAt?: number;
    }
  /** A known part to go on with: what the typed text becomes. */
  | { readonly kind: 'part'; readonly text: string }
);

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

const mostNames = 300;

/**
 * What to offer for a typed text: the text itself where it is a valid pattern, then services, patterns and names that it
 * finds, then parts to go on with.
 */
export function offerFor(names: KnownNames, typed: string): Offer {
  const problem = typed === '' ? undefined : checkPattern(typed);
  const stem = typed.endsWith('.') ? typed.slice(0, -1) : undefined;
  const canGoOn = stem !== undefined && checkPattern(stem) === undefined && !stem.endsWith('>');
  const reason = problem && patternProblemText(problem);
  if (reason !== undefined && !canGoOn) return { candidates: [], reason, leftOut: 0 };

  const { found, leftOut } = findEntries(names, typed);
  const own = ownCandidate(names, typed, canGoOn, found);
  const candidates = [
    ...(own ? [own, ...found.filter((other) => !isSame(own, other))] : found),
    ...partCandidates(names, typed),
  ];
  const active = chooseActive(own, found, typed);
  return { candidates, ...(active && { active }), ...(reason !== undefined && { reason }), leftOut };
}

type Entry = Exclude<Candidate, { kind: 'part' }>;

/** Services, patterns and names, in this order, that the typed text finds. */
function findEntries(names: KnownNames, typed: string): { found: Entry[]; leftOut: number } {
  const { index, live } = names;
  const services = index.services().map((service) => serviceCandidate(names, service));
  const { wild, concrete } = index.known();
  const isService = ({ pattern }: Known): boolean =>
    services.some(({ patterns }) => patterns.join() === pattern);
  const onlyLive = [...(live?.names() ?? [])].filter((name) => !index.get(name)).sort();
  const named = [...concrete, ...onlyLive.map((pattern) => ({ pattern, handlers: [], references: [] }))];
  const byPattern = ({ pattern }: Known): number | undefined => rank(pattern, typed);
  const foundNames = select(named, byPattern);
  return {
    found: [
      ...select(services, ({ patterns }) => rank(patterns.at(-1) ?? '', typed)),
      ...select(wild, byPattern)
        .filter((known) => !isService(known))
        .map((known) => knownCandidate(names, 'pattern', known)),
      ...foundNames.slice(0, mostNames).map((known) => knownCandidate(names, 'name', known)),
    ],
    leftOut: Math.max(0, foundNames.length - mostNames),
  };
}

function ownCandidate(
  names: KnownNames,
  typed: string,
  canGoOn: boolean,
  found: readonly Entry[],
): Entry | undefined {
  if (typed === '') return undefined;
  const text = canGoOn ? `${typed}>` : typed;
  const known = found.find(
    (entry) => entry.patterns.at(-1) === text && (canGoOn || entry.patterns.length === 1),
  );
  return (
    known ?? { kind: canGoOn ? 'below' : 'typed', patterns: [text], coverage: coverageOf(names, [text]) }
  );
}

function serviceCandidate(names: KnownNames, { name, places, servesRoot }: KnownService): Entry {
  const below = name === '' ? '>' : `${name}.>`;
  const patterns = servesRoot && name !== '' ? [name, below] : [below];
  return { kind: 'service', patterns, places, coverage: coverageOf(names, patterns) };
}

function knownCandidate(names: KnownNames, kind: 'pattern' | 'name', known: Known): Entry {
  const patterns = [known.pattern] as const;
  const seenAt = names.live?.seenAt(known.pattern);
  const coverage = kind === 'name' ? { count: 1, first: [] } : coverageOf(names, patterns);
  return { kind, patterns, known, coverage, ...(seenAt !== undefined && { seenAt }) };
}

/** The known parts that go on from what is typed, where something follows them. */
function partCandidates(names: KnownNames, typed: string): Candidate[] {
  if (typed === '') return [];
  const leading = typed.split('.');
  const start = leading.pop()?.toLowerCase() ?? '';
  const parts = new Map<string, boolean>();
  for (const { part, goesOn } of [
    ...names.index.nextParts(leading),
    ...(names.live?.nextParts(leading) ?? []),
  ]) {
    parts.set(part, goesOn || (parts.get(part) ?? false));
  }
  return [...parts]
    .filter(([part, goesOn]) => goesOn && part.toLowerCase().startsWith(start))
    .map(([part]) => {
      const stem = [...leading, part].join('.');
      return { kind: 'part' as const, text: `${stem}.`, coverage: coverageOf(names, [`${stem}.>`]) };
    })
    .sort((a, b) => (a.text < b.text ? -1 : 1));
}

/** How well an entry fits what is typed, 0 best; none where it doesn't. */
function rank(text: string, typed: string): number | undefined {
  const [low, sought] = [text.toLowerCase(), typed.toLowerCase()];
  if (low.startsWith(sought)) return 0;
  if (low.includes(`.${sought}`)) return 1;
  if (low.includes(sought)) return 2;
  return checkPattern(typed) === undefined && hasWildcard(typed) && covers(typed, text) ? 3 : undefined;
}

function select<T>(entries: readonly T[], rankOf: (entry: T) => number | undefined): T[] {
  const ranked: { entry: T; rank: number }[] = [];
  for (const entry of entries) {
    const value = rankOf(entry);
    if (value !== undefined) ranked.push({ entry, rank: value });
  }
  return ranked.sort((a, b) => a.rank - b.rank).map(({ entry }) => entry);
}

/** A pattern typed with its wildcards, or a known one typed in full, is meant; otherwise the best that it finds. */
function chooseActive(own: Entry | undefined, found: readonly Entry[], typed: string): Entry | undefined {
  const service = found.find((entry) => entry.kind === 'service' && entry.patterns.at(-1) === `${typed}.>`);
  if (service) return service;
  const isMeant = own && own.kind !== 'below' && (own.kind !== 'typed' || hasWildcard(typed));
  return isMeant ? own : (select(found, (entry) => rank(entry.patterns.at(-1) ?? '', typed))[0] ?? own);
}

function isSame(a: Entry, b: Entry): boolean {
  return a.patterns.join(' ') === b.patterns.join(' ');
}
