import { spanOf } from '../walk';
/** What declarations and assignments come to in languages in which a type need not be given. */
import type { Class, Expr } from '../outline';
import type { SyntaxNode } from '../syntax';
import type { Walker } from './walker';

/** Adds a parameter to the function that is being read; a null that it has without an argument says nothing. */
export function addParam({ to }: Walker, name: string, type: Expr, fallback?: Expr): void {
  const known = fallback && fallback.k !== 'nothing';
  to.param({ name, ...(type.k !== 'unknown' && { type }), ...(known && { fallback }) });
}

/** A field of a class, with the value that it starts with. */
export function fieldOf(value: Expr | undefined, type: Expr): Class['fields'][string] {
  const values = value && value.k !== 'nothing' ? [value] : [];
  return { values, ...(type.k !== 'unknown' && { type }) };
}

/** Gives a value, which stands at the node, to a member or an item. */
export function writeTo({ to }: Walker, target: Expr, value: Expr, node?: SyntaxNode): void {
  if (target.k === 'member') to.write(target.of, target.name, value);
  const isRid = target.k === 'index' && target.at.k === 'text' && target.at.text === 'rid';
  if (isRid && node) to.mention('rid', { value, at: spanOf(node) });
}
