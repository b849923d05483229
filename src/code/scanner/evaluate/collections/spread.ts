import type { Evaluator } from '../evaluator';
import type { Located } from '../../outline/outline';
import type { Context, Item } from '../value';

/** Items as they stand in a list, with those of lists that are spread out among them. */
export function spreadOut(
  items: readonly Located[],
  context: Context,
  evaluator: Evaluator,
): readonly Item[] {
  if (!items.some(({ isSpread }) => isSpread)) return items;
  return items.flatMap((item): readonly Item[] => {
    const list = item.isSpread ? evaluator.evaluate(item.value, context) : undefined;
    if (list?.kind !== 'list') return [item];
    return list.items.map((each) => ({ in: list.in, ...each }));
  });
}
