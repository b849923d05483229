import { equalValues, type Value } from './value';

/** A step that turns one collection into another. */
export type CollectionStep =
  | { readonly step: 'remove'; readonly idx: number }
  | { readonly step: 'add'; readonly idx: number; readonly value: Value };

/**
 * The fewest steps that turn one collection into another: removals from the end backwards, then additions from the
 * start on. Based on the longest common subsequence.
 */
export function collectionSteps(from: readonly Value[], to: readonly Value[]): CollectionStep[] {
  const same = (a: number, b: number): boolean => {
    const [left, right] = [from[a], to[b]];
    return left !== undefined && right !== undefined && equalValues(left, right);
  };
  let start = 0;
  while (start < from.length && start < to.length && same(start, start)) start++;
  let [a, b] = [from.length, to.length];
  while (a > start && b > start && same(a - 1, b - 1)) {
    a--;
    b--;
  }

  // lengths[i + width * j]: how long a subsequence the first i of `from` and the first j of `to` have in common.
  const width = a - start + 1;
  const lengths = new Uint32Array(width * (b - start + 1));
  const length = (i: number, j: number): number => lengths[i + width * j] ?? 0;
  for (let i = 1; i <= a - start; i++) {
    for (let j = 1; j <= b - start; j++) {
      lengths[i + width * j] = same(start + i - 1, start + j - 1)
        ? length(i - 1, j - 1) + 1
        : Math.max(length(i - 1, j), length(i, j - 1));
    }
  }

  const removals: CollectionStep[] = [];
  const additions: CollectionStep[] = [];
  for (let [i, j] = [a - start, b - start]; i > 0 || j > 0;) {
    if (i > 0 && j > 0 && same(start + i - 1, start + j - 1)) {
      i--;
      j--;
    } else if (j > 0 && (i === 0 || length(i, j - 1) >= length(i - 1, j))) {
      j--;
      const value = to[start + j];
      if (value !== undefined) additions.push({ step: 'add', idx: start + j, value });
    } else {
      i--;
      removals.push({ step: 'remove', idx: start + i });
    }
  }
  return [...removals, ...additions.reverse()];
}
