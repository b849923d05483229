import type { Expr } from '../../outline/outline';
import { unknown } from '../../evaluate/expressions';
import type { SyntaxNode } from '../../outline/syntax';
import { parts, type DartWalker } from './walker';

/** The type that stands among a declaration's nodes; unknown for all but names. */
export function readType(walk: DartWalker, nodes: readonly SyntaxNode[]): Expr {
  const index = nodes.findIndex(({ type }) => type === 'type_identifier');
  const name = nodes[index];
  if (!name) return unknown;
  const next = nodes[index + 1];
  // A future is awaited before it is used.
  if (/^(Future|FutureOr)$/.test(name.text)) return readType(walk, parts(next));
  if (next?.type === 'type_identifier') return { k: 'member', of: walk.to.name(name.text), name: next.text };
  return walk.to.name(name.text);
}
