import type { Expr } from '../../outline/outline';
import type { SyntaxNode } from '../../outline/syntax';
import { field } from '../../outline/walk';
import { bind } from '../declared';
import type { Walker } from '../walker';
import { readFunction } from './definitions';
import { destructure } from './patterns';
import { readType } from './types';

export function readAssignment(walk: Walker, node: SyntaxNode): Expr {
  const left = field(node, 'left');
  const right = field(node, 'right');
  const isFunction = right?.type === 'lambda' && left?.type === 'identifier';
  const value: Expr = isFunction
    ? { kind: 'function', fn: readFunction(walk, right, left.text) }
    : walk.visit(right);
  const type = readType(walk, field(node, 'type'));
  if (!left) return value;
  if (left.type === 'identifier') {
    const declared = type.kind === 'unknown' ? undefined : type;
    // `name: Type` without a value only declares.
    if (!right) walk.to.declare(left.text, undefined, declared);
    else bind(walk, left.text, value, declared);
  } else destructure(walk, left, value, right);
  return value;
}
