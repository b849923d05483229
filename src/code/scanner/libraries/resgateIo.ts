import type { Value } from '../evaluate/value';

/** A type's own name, whether it is written with its namespace or not. */
export function csharpResName(value: Value): string | undefined {
  if (value.kind !== 'external' || value.origin.includes('(')) return undefined;
  return value.origin
    .slice(value.origin.indexOf('#') + 1)
    .split('.')
    .at(-1);
}
