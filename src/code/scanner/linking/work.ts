/** What one round of changes sets going. */
export interface Work {
  /** Files to be linked again. */
  readonly dirty: Set<string>;
  /** Parts of files that have changed, by their keys. */
  readonly parts: Set<string>;
  /** Names that changed parts have or had. */
  readonly names: Set<string>;
  /** Files of which nothing was known. */
  readonly arrived: Set<string>;
  /** Files in which code has moved. */
  readonly moved: Set<string>;
  /** Files whose facts may be new. */
  readonly touched: Set<string>;
  readonly notes: Map<string, string[]>;
}

/** Nothing to be done yet. */
export function nothingChanged(): Pick<Work, 'dirty' | 'parts' | 'names' | 'arrived' | 'moved'> {
  return { dirty: new Set(), parts: new Set(), names: new Set(), arrived: new Set(), moved: new Set() };
}

/** Adds what another round has set going, and has not brought to its end. */
export function addWork(work: Work, other: Work): void {
  for (const key of ['dirty', 'parts', 'names', 'arrived', 'moved', 'touched'] as const)
    for (const each of other[key]) work[key].add(each);
  for (const [file, notes] of other.notes) work.notes.set(file, notes);
}
