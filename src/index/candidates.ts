import { checkPattern, covers, hasWildcard, patternProblemText } from '../res/pattern';
import type { Known, KnownService, Place, WorkspaceIndex } from './workspaceIndex';

/** Something that a person choosing what to reset is offered. */
export type Candidate =
  /** What was typed, as it stands; or all below a typed prefix that ends in a dot. */
  | { readonly kind: 'typed' | 'below'; readonly patterns: readonly [string]; readonly count: number }
  | {
      readonly kind: 'service';
      readonly patterns: readonly string[];
      readonly places: readonly Place[];
      readonly count: number;
    }
  | {
      readonly kind: 'pattern' | 'name';
      readonly patterns: readonly [string];
      readonly known: Known;
      readonly count: number;
    }
  /** A known part to go on with: what the typed text becomes. */
  | { readonly kind: 'part'; readonly text: string; readonly count: number };

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
 * finds, then parts to go on with. `count` is how many known resource names each of them matches.
 */
export function offerFor(index: WorkspaceIndex, typed: string): Offer {
  const problem = typed === '' ? undefined : checkPattern(typed);
  const stem = typed.endsWith('.') ? typed.slice(0, -1) : undefined;
  const canGoOn = stem !== undefined && checkPattern(stem) === undefined && !stem.endsWith('>');
  const reason = problem && patternProblemText(problem);
  if (reason !== undefined && !canGoOn) return { candidates: [], reason, leftOut: 0 };

  const services = index.services().map((service) => serviceCandidate(index, service));
  const { concrete } = index.known();
  const wild = index
    .known()
    .wild.filter(({ pattern }) => !services.some(({ patterns }) => patterns.join() === pattern));
  const found = [
    ...select(services, (service) => rank(service.patterns.at(-1) ?? '', typed)),
    ...select(
      wild.map((known) => knownCandidate(index, 'pattern', known)),
      ({ known }) => rank(known.pattern, typed),
    ),
  ];
  const names = select(concrete, (known) => rank(known.pattern, typed));
  found.push(...names.slice(0, mostNames).map((known) => knownCandidate(index, 'name', known)));

  const own = ownCandidate(index, typed, canGoOn, found);
  const candidates = [
    ...(own ? [own, ...found.filter((other) => !isSame(own, other))] : found),
    ...partCandidates(index, typed),
  ];
  const active = chooseActive(own, found, typed);
  return {
    candidates,
    ...(active && { active }),
    ...(reason !== undefined && { reason }),
    leftOut: Math.max(0, names.length - mostNames),
  };
}

type Entry = Exclude<Candidate, { kind: 'part' }>;

function ownCandidate(
  index: WorkspaceIndex,
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
    known ?? { kind: canGoOn ? 'below' : 'typed', patterns: [text], count: index.countNamesMatching(text) }
  );
}

function serviceCandidate(index: WorkspaceIndex, { name, places, servesRoot }: KnownService): Entry {
  const below = name === '' ? '>' : `${name}.>`;
  const patterns = servesRoot && name !== '' ? [name, below] : [below];
  const count = patterns.reduce((sum, pattern) => sum + index.countNamesMatching(pattern), 0);
  return { kind: 'service', patterns, places, count };
}

function knownCandidate(
  index: WorkspaceIndex,
  kind: 'pattern' | 'name',
  known: Known,
): Entry & { known: Known } {
  return {
    kind,
    patterns: [known.pattern],
    known,
    count: kind === 'name' ? 1 : index.countNamesMatching(known.pattern),
  };
}

/** The known parts that go on from what is typed, where something follows them. */
function partCandidates(index: WorkspaceIndex, typed: string): Candidate[] {
  if (typed === '') return [];
  const leading = typed.split('.');
  const start = leading.pop()?.toLowerCase() ?? '';
  return index
    .nextParts(leading)
    .filter(({ part, goesOn }) => goesOn && part.toLowerCase().startsWith(start))
    .map(({ part }) => {
      const stem = [...leading, part].join('.');
      return { kind: 'part' as const, text: `${stem}.`, count: index.countNamesMatching(`${stem}.>`) };
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
