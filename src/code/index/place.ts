/** Where a fact stands: an absolute path, and a line and column that start at 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** In the order of the files' paths: which place is the first must not depend on which file was read first. */
export function comparePlaces(a: Place, b: Place): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column;
}

/** The places, which are in order, and another one among them. */
export function withPlace(places: readonly Place[], place: Place): readonly Place[] {
  let at = places.length;
  for (let low = 0; low < at;) {
    const middle = (low + at) >> 1;
    const other = places[middle];
    if (other && comparePlaces(other, place) <= 0) low = middle + 1;
    else at = middle;
  }
  return places.toSpliced(at, 0, place);
}
