import type { Expr } from '../../outline/outline';
import { unknown } from '../../evaluate/expressions';
import type { SyntaxNode } from '../../outline/syntax';
import { children, field } from '../../outline/walk';
import type { Walker } from '../walker';

/** The type in an annotation; unknown for all but a plain name. */
export function readType(walk: Walker, annotation: SyntaxNode | undefined): Expr {
  const type = annotation && children(annotation)[0];
  return type ? readTypeName(walk, type) : unknown;
}

function readTypeName(walk: Walker, type: SyntaxNode): Expr {
  if (type.type === 'type_identifier' || type.type === 'nested_type_identifier') return walk.visit(type);
  // `Promise<T>` is awaited before it is used; other generics are what they are called.
  if (type.type === 'generic_type') {
    const name = field(type, 'name');
    const inner = children(field(type, 'type_arguments'))[0];
    return name?.text === 'Promise' && inner
      ? readTypeName(walk, inner)
      : name
        ? readTypeName(walk, name)
        : unknown;
  }
  if (type.type === 'union_type') {
    // `T | undefined`, `T | null`
    const named = children(type).map((child) => readTypeName(walk, child));
    return named.find(({ k }) => k !== 'unknown') ?? unknown;
  }
  return unknown;
}
