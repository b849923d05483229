import type { Expr } from '../../outline/outline';
import { unknown } from '../../evaluate/expressions';
import type { SyntaxNode } from '../../outline/syntax';
import { children, field } from '../../outline/walk';
import { knownOf } from '../readers';
import type { Walker } from '../walker';

/** Generic types that stand for what is inside of them. */
const wrappers = /^(?:typing\.)?(Optional|Annotated|ClassVar|Final|Awaitable|Required|NotRequired)$/;

/** The type in an annotation; unknown for all but names. */
export function readType(walk: Walker, node: SyntaxNode | undefined): Expr {
  if (!node) return unknown;
  switch (node.type) {
    case 'type':
    case 'parenthesized_expression':
      return readType(walk, children(node)[0]);
    case 'identifier':
    case 'attribute':
      return node.text === 'None' ? unknown : walk.visit(node);
    case 'string':
      return quoted(walk, children(node)[0]?.text ?? '');
    case 'binary_operator':
    case 'union_type':
      // `T | None`
      return knownOf(children(node).map((child) => readType(walk, child)));
    case 'subscript':
      return wrappers.test(field(node, 'value')?.text ?? '')
        ? readType(walk, field(node, 'subscript'))
        : unknown;
    case 'generic_type': {
      const [name, list] = children(node);
      return wrappers.test(name?.text ?? '') ? readType(walk, children(list)[0]) : unknown;
    }
    default:
      return unknown;
  }
}

/** `'Client'` and `'nats.aio.client.Client'` are types too. */
function quoted(walk: Walker, name: string): Expr {
  if (!/^[A-Za-z_][\w.]*$/.test(name)) return unknown;
  const [first = '', ...rest] = name.split('.');
  return rest.reduce<Expr>((of, member) => ({ kind: 'member', of, name: member }), walk.to.name(first));
}
