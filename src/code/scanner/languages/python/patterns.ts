import type { Expr } from '../../outline/outline';
import { text, unknown } from '../../evaluate/expressions';
import type { SyntaxNode } from '../../outline/syntax';
import { children, field, spanOf } from '../../outline/walk';
import type { Walker } from '../walker';

/** Gives a name a value in the function that is being read: an assignment declares. */
export function bind(walk: Walker, name: string, value: Expr, type?: Expr): void {
  const known = walk.to.outline.scopes[walk.to.scope]?.names[name];
  if (known?.k === 'param') walk.to.assign(name, value);
  else walk.to.declare(name, value, type);
}

/** Assigns to all names and members on the left. */
export function destructure(walk: Walker, left: SyntaxNode, of: Expr, node?: SyntaxNode): void {
  switch (left.type) {
    case 'identifier':
      bind(walk, left.text, of);
      break;
    case 'attribute':
      walk.to.write(walk.visit(field(left, 'object')), field(left, 'attribute')?.text ?? '', of);
      break;
    case 'subscript': {
      walk.visit(field(left, 'value'));
      const key = walk.visit(field(left, 'subscript'));
      if (key.k === 'text' && key.text === 'rid' && node)
        walk.to.mention('rid', { value: of, at: spanOf(node) });
      break;
    }
    case 'pattern_list':
    case 'tuple_pattern':
    case 'list_pattern':
    case 'tuple':
    case 'list':
      for (const [index, child] of children(left).entries()) {
        const part: Expr =
          of.k === 'list' ? (of.items[index]?.value ?? unknown) : { k: 'index', of, at: text(String(index)) };
        destructure(walk, child, part);
      }
      break;
    default:
      walk.visitAll(left);
  }
}

/** `for x in y`, in a loop or a comprehension. */
export function readEach(walk: Walker, node: SyntaxNode): void {
  const of = walk.visit(field(node, 'right'));
  const left = field(node, 'left');
  if (left) destructure(walk, left, { k: 'each', of });
}
