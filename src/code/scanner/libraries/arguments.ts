import { contextOf } from '../evaluate/collections/additions';
import { valueAt } from '../evaluate/collections/mapped';
import type { Evaluator } from '../evaluate/evaluator';
import { registered } from '../evaluate/collections/seeds';
import type { Site, Value } from '../evaluate/value';
import type { Naming, Report } from './library';

/** Where argument number `index` of a call stands. */
export function namingOf(site: Site, index: number): Naming | undefined {
  const arg = site.file.call(site.call).args[index];
  return arg && { value: arg.value, at: arg.at, in: site };
}

/** Reports the resource that argument number `index` names as used; `as` says how its data is used. */
export function referTo(
  site: Site,
  index: number,
  evaluator: Evaluator,
  report: Report,
  as: (name: Value) => Value = (name) => name,
): void {
  const naming = namingOf(site, index);
  const value = evaluator.argument(site, index);
  if (naming && value) report.reference(as(value), naming);
}

/** Reports all that a list names as used. */
export function referToAll(list: Value | undefined, evaluator: Evaluator, report: Report): void {
  // A helper can be given the whole list.
  if (list?.kind === 'unknown') report.mustFollow(list);
  if (list?.kind !== 'list') return;
  for (const item of list.items) {
    const context = contextOf(item, list.in, evaluator);
    report.reference(registered(valueAt(item, list.in, evaluator)), {
      value: item.value,
      at: item.at,
      in: context,
    });
  }
}
