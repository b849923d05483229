import type { Argument, Expr } from '../../outline/outline';
import { lastName, unknown } from '../../evaluate/expressions';
import type { SyntaxNode } from '../../outline/syntax';
import { spanOf } from '../../outline/walk';
import { parts, type DartWalker } from './walker';

/** The type that stands among a declaration's nodes; unknown for all but names. */
export function readType(walk: DartWalker, nodes: readonly SyntaxNode[]): Expr {
  const index = nodes.findIndex(({ type }) => type === 'type_identifier');
  const name = nodes[index];
  if (!name) return unknown;
  const next = nodes[index + 1];
  // A future is awaited before it is used.
  if (/^(Future|FutureOr)$/.test(name.text)) return readType(walk, parts(next));
  if (next?.type === 'type_identifier')
    return { kind: 'member', of: walk.to.name(name.text), name: next.text };
  return walk.to.name(name.text);
}

/** The name of the argument that a type is, of a call that finds an object by it. */
export const typeArgument = '<type>';

/** Functions that find an object by its type, or make a provider of it. */
const finders =
  /^(of|maybeOf|read|watch|get|find|resolve|I|instance|sl|di|family|autoDispose|Consumer|\w*([pP]rovider|[lL]ocator|[iI]njector|[gG]etIt))$/;

/** `context.read<ResClient>()`, `Provider.of<ResClient>(context)`, `Provider<ResClient>(…)` */
export function readTypeArgument(walk: DartWalker, callee: Expr, node: SyntaxNode): Argument[] {
  const list = parts(node).find(({ type }) => type === 'type_arguments');
  return list ? typeArgumentOf(walk, callee, parts(list), list) : [];
}

/** The same of the nodes that name the types. */
function typeArgumentOf(
  walk: DartWalker,
  callee: Expr,
  types: readonly SyntaxNode[],
  node: SyntaxNode,
): Argument[] {
  if (!finders.test(lastName(callee))) return [];
  const type = readType(walk, types);
  return type.kind === 'unknown'
    ? []
    : [{ value: { kind: 'typed', type }, at: spanOf(node), name: typeArgument }];
}
