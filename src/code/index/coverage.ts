import * as l10n from '../../util/l10n';
import type { LiveNames } from './liveNames';
import type { WorkspaceIndex } from './workspaceIndex';

/** Where known resource names come from: the code of the workspace and, if wanted, the bus. */
export interface KnownNames {
  readonly index: WorkspaceIndex;
  readonly live?: LiveNames;
}

/** Which known resource names some patterns match. */
export interface Coverage {
  readonly count: number;
  /** The first of them in alphabetical order, those seen on the bus before the others. */
  readonly first: readonly CoveredName[];
}

interface CoveredName {
  readonly name: string;
  /** Whether it was seen on the bus. */
  readonly isLive: boolean;
}

/** The first names in one line: `library.book.1 (live), library.book.2, … +3`. */
export function previewText({ count, first }: Coverage): string {
  const names = first.map(({ name, isLive }) => (isLive ? l10n.t('{0} (live)', name) : name));
  return [...names, ...(count > first.length ? [`… +${count - first.length}`] : [])].join(', ');
}

const maxFirst = 4;
/** Of more names than this, any few are shown rather than the first. */
const maxSorted = 500;

/** Which known names the patterns match together; no name counts twice. */
export function coverageOf({ index, live }: KnownNames, patterns: readonly string[]): Coverage {
  const seen = new Set(patterns.flatMap((pattern) => live?.matching(pattern) ?? []));
  const onlyLive = [...seen].filter((name) => !index.get(name)).length;
  const inCode = patterns.length === 1 ? index.countNamesMatching(patterns[0] ?? '') : undefined;
  const named = patterns.flatMap((pattern) => index.namesMatching(pattern, maxSorted));
  const all = [...new Set([...[...seen].slice(0, maxSorted), ...named])];
  const first = all
    .sort((a, b) => Number(seen.has(b)) - Number(seen.has(a)) || (a < b ? -1 : 1))
    .slice(0, maxFirst)
    .map((name) => ({ name, isLive: seen.has(name) }));
  return {
    count: (inCode ?? new Set(patterns.flatMap((pattern) => index.namesMatching(pattern))).size) + onlyLive,
    first,
  };
}

/** How many known names a pattern matches. */
export function countCovered(known: KnownNames, pattern: string): number {
  return coverageOf(known, [pattern]).count;
}
