import type { Expr } from '../../outline/outline';
import { text, unknown } from '../../evaluate/expressions';
import type { SyntaxNode } from '../../outline/syntax';
import { children, field, spanOf } from '../../outline/walk';
import { addEntry } from '../collections';
import { bind } from '../declared';
import type { Walker } from '../walker';

/** Assigns to all names and members on the left. */
export function destructure(
  walk: Walker,
  left: SyntaxNode,
  of: Expr,
  node?: SyntaxNode,
  isOfLoop = false,
): void {
  switch (left.type) {
    case 'identifier':
      bind(walk, left.text, of, undefined, isOfLoop);
      break;
    case 'attribute':
      walk.to.write(walk.visit(field(left, 'object')), field(left, 'attribute')?.text ?? '', of);
      break;
    case 'subscript': {
      const map = walk.visit(field(left, 'value'));
      const keyNode = field(left, 'subscript');
      const key = walk.visit(keyNode);
      if (key.kind === 'text' && key.text === 'rid' && node)
        walk.to.mention('rid', { value: of, at: spanOf(node) });
      else if (keyNode && node)
        addEntry(walk, map, { value: key, at: spanOf(keyNode) }, { value: of, at: spanOf(node) });
      break;
    }
    case 'pattern_list':
    case 'tuple_pattern':
    case 'list_pattern':
    case 'tuple':
    case 'list':
      for (const [index, child] of children(left).entries()) {
        const part: Expr =
          of.kind === 'list'
            ? (of.items[index]?.value ?? unknown)
            : { kind: 'index', of, at: text(String(index)) };
        destructure(walk, child, part, undefined, isOfLoop);
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
  if (left) destructure(walk, left, { kind: 'each', of, isKeyed: true }, undefined, true);
}
