import type { Expr } from '../../outline/outline';
import type { SyntaxNode } from '../../outline/syntax';
import { children, field } from '../../outline/walk';
import { readBody } from '../declared';
import { destructure } from './patterns';
import { readType } from './types';
import type { Walker } from '../walker';

/** A function or class without a name bears that of what it is given to. */
export function readNamed(walk: Walker, node: SyntaxNode | undefined, name: string): Expr {
  if (node?.type === 'arrow_function' || node?.type === 'function_expression') {
    return { kind: 'function', fn: readFunction(walk, node, name) };
  }
  return walk.visit(node);
}

export function readFunctionDeclaration(walk: Walker, node: SyntaxNode): Expr {
  const name = field(node, 'name')?.text ?? '';
  const value: Expr = { kind: 'function', fn: readFunction(walk, node, name) };
  if (name !== '') walk.to.declare(name, value);
  return value;
}

export function readFunction(walk: Walker, node: SyntaxNode, name: string, cls?: number): number {
  return walk.to.func(
    name,
    (fn) => {
      const single = field(node, 'parameter');
      for (const param of single ? [single] : children(field(node, 'parameters'))) readParam(walk, param);
      const result = field(node, 'return_type');
      if (result) fn.result = readType(walk, result);
      readBody(walk, field(node, 'body'), ['statement_block']);
    },
    cls,
    node,
  );
}

function readParam(walk: Walker, node: SyntaxNode): void {
  const pattern = field(node, 'pattern') ?? field(node, 'left') ?? node;
  const type = readType(walk, field(node, 'type'));
  const fallbackNode =
    field(node, 'value') ?? (node.type === 'assignment_pattern' ? field(node, 'right') : undefined);
  const fallback = fallbackNode && walk.visit(fallbackNode);
  const isRest = pattern.type === 'rest_pattern';
  const inner = isRest ? (children(pattern)[0] ?? pattern) : pattern;
  const isPlain = inner.type === 'identifier';
  const name = isPlain ? inner.text : `(${children(node).length})`;
  walk.to.param({
    name,
    ...(type.kind !== 'unknown' && !isRest && { type }),
    ...(fallback && { fallback }),
    ...(isRest && { isRest }),
  });
  if (!isPlain) destructure(walk, inner, walk.to.name(name));
  // `constructor(private name: string)` is a field too.
  const isField =
    children(node).some(({ type }) => type === 'accessibility_modifier') || /^readonly\b/.test(node.text);
  if (isField && isPlain && walk.to.cls !== undefined) {
    walk.to.write({ kind: 'self', cls: walk.to.cls }, name, walk.to.name(name));
  }
}
