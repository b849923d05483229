/** What lists, maps and argument lists are put together of. */
import { spanOf } from '../outline/walk';
import type { Entry, Expr, Located } from '../outline/outline';
import type { SyntaxNode } from '../outline/syntax';
import type { Walker } from './walker';

/** An item or argument, with its place. Nothing is known of one that is spread out into several. */
export function located(walk: Walker, node: SyntaxNode): Located {
  return { value: walk.visit(node), at: spanOf(node) };
}

/** The key of an entry: its text, if that is written out. */
export function keyOf(walk: Walker, node: SyntaxNode | undefined): string | Expr {
  const key = walk.visit(node);
  return key.k === 'text' ? key.text : key;
}

/** A map; what its `rid` names is a resource. */
export function record({ to }: Walker, entries: readonly Entry[]): Expr {
  const rid = entries.find(({ key }) => key === 'rid');
  if (rid) to.mention('rid', rid);
  return { k: 'record', entries };
}

/** A map in a language that clients are written in: it can be one of their requests. */
export function clientRecord(walk: Walker, entries: readonly Entry[]): Expr {
  const value = record(walk, entries);
  const method = entries.find(({ key }) => key === 'method');
  if (method && entries.some(({ key }) => key === 'id')) walk.to.mention('request', method);
  return value;
}
