import type { Expr } from '../outline/outline';
import type { OutlineBuilder } from '../outline/outlineBuilder';
import type { SyntaxNode } from '../outline/syntax';

/** The walk over a syntax tree, as its parts see it. */
export interface Walker {
  readonly to: OutlineBuilder;
  /** Translates a node; of one that is no expression nothing is known. */
  visit(node: SyntaxNode | undefined): Expr;
  /** Translates all children of a node. */
  visitAll(node: SyntaxNode | undefined): Expr;
}
