import type { Span } from './outline';
import type { SyntaxNode } from './syntax';

/** The named children of a node, without comments; none of no node. */
export function children(node: SyntaxNode | null | undefined): SyntaxNode[] {
  if (!node) return [];
  return node.namedChildren.filter(
    (child): child is SyntaxNode => child !== null && child.type !== 'comment',
  );
}

/** The child in a field of the node. */
export function field(node: SyntaxNode | null | undefined, name: string): SyntaxNode | undefined {
  return node?.childForFieldName(name) ?? undefined;
}

/** All children in a field that can be there several times. */
export function fields(node: SyntaxNode | null | undefined, name: string): SyntaxNode[] {
  if (!node) return [];
  return node.childrenForFieldName(name).filter((child): child is SyntaxNode => child?.isNamed === true);
}

/** The place of a syntax node. */
export function spanOf(node: SyntaxNode): Span {
  const { row, column } = node.startPosition;
  return {
    start: node.startIndex,
    length: node.endIndex - node.startIndex,
    line: row + 1,
    column: column + 1,
  };
}
