import type { Expr, Located } from '../../outline/outline';
import type { SyntaxNode } from '../../outline/syntax';
import { children } from '../../outline/walk';
import type { Walker } from '../walker';

/** The walk over a tree in which an expression is a row of nodes: a first value, and the nodes that are applied to it. */
export interface DartWalker extends Walker {
  /** What a selector makes of the value that it stands behind. */
  apply(of: Expr, selector: SyntaxNode): Expr;
  /** The expressions that a row of nodes holds. */
  row(nodes: readonly SyntaxNode[]): Located[];
  /** The value of the last of them. */
  only(nodes: readonly SyntaxNode[]): Expr;
}

/** The named children of a node without comments of either kind. */
export function parts(node: SyntaxNode | null | undefined): SyntaxNode[] {
  return children(node).filter(({ type }) => !type.endsWith('comment') && type !== 'annotation');
}
