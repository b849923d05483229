import type { Expr } from '../../outline/outline';
import { unknown } from '../../evaluate/expressions';
import type { SyntaxNode } from '../../outline/syntax';
import { children, field } from '../../outline/walk';
import { knownOf } from '../readers';
import type { Walker } from '../walker';

/** The type in an annotation; unknown for all but a plain name. */
export function readType(walk: Walker, annotation: SyntaxNode | undefined): Expr {
  const type = annotation && children(annotation)[0];
  return type ? readTypeName(walk, type) : unknown;
}

/** A type that is no annotation: one that a class implements or an interface extends. */
export function readTypeName(walk: Walker, type: SyntaxNode): Expr {
  switch (type.type) {
    case 'type_identifier':
    case 'nested_type_identifier':
      return walk.visit(type);
    case 'generic_type': {
      const name = field(type, 'name');
      const inner = children(field(type, 'type_arguments'))[0];
      // `Promise<T>` is awaited before it is used; other generics are what they are called.
      const isHolding = /^(Promise|Readonly|Partial|Required|Pick|Omit|Awaited|NonNullable)$/.test(
        name?.text ?? '',
      );
      return isHolding && inner ? readTypeName(walk, inner) : name ? readTypeName(walk, name) : unknown;
    }
    case 'union_type':
      // `T | undefined`, `T | null`
      return knownOf(children(type).map((child) => readTypeName(walk, child)));
    case 'parenthesized_type':
    case 'readonly_type':
      return readType(walk, type);
    case 'object_type':
    case 'intersection_type':
      return walk.visit(type);
    default:
      return unknown;
  }
}
