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
