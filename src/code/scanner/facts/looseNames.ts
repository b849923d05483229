import { covers } from '../../../res/pattern';
import type { PlacedFact } from './fact';

/**
 * A hole in the middle of a name stands for one part, unless a caller fills it with several: `get.library.${name}` with
 * `'books'` and `'author.*.books'`. `loose` are facts with such a hole, `apart` what came out when the callers were told
 * apart. Where each of them fills exactly one part the loose fact says it all; otherwise their own names do.
 */
export function settle(loose: readonly PlacedFact[], apart: Map<string, PlacedFact>): void {
  const settled = new Set<string>();
  for (const wide of loose) {
    const place = `${wide.file} ${wide.start}`;
    if (settled.has(place)) continue;
    settled.add(place);
    const there = [...apart].filter(([, { file, start }]) => `${file} ${start}` === place);
    const [first] = there;
    if (!first || !there.every(([, { fact }]) => fillsOnePart(fact.pattern, wide.fact.pattern))) continue;
    for (const [key] of there) apart.delete(key);
    const facts = there.map(([, { fact }]) => fact);
    const serves = facts.flatMap((fact) => fact.serves ?? []);
    const fact = facts.every((each) => each.serves)
      ? { ...wide.fact, serves: [...new Set(serves)] }
      : wide.fact;
    apart.set(first[0], { ...wide, fact });
  }
}

function fillsOnePart(pattern: string, wide: string): boolean {
  return pattern.split('.').length === wide.split('.').length && covers(wide, pattern);
}
