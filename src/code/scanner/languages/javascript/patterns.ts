import type { Expr } from '../../outline/outline';
import { text } from '../../evaluate/expressions';
import type { SyntaxNode } from '../../outline/syntax';
import { children, field } from '../../outline/walk';
import type { Walker } from '../walker';

/** Declares the names of a pattern on the left of a declaration. */
export function destructure(walk: Walker, pattern: SyntaxNode, of: Expr): void {
  switch (pattern.type) {
    case 'identifier':
    case 'shorthand_property_identifier_pattern':
      walk.to.declare(pattern.text, of);
      break;
    case 'array_pattern':
      for (const [index, child] of children(pattern).entries()) {
        destructure(walk, child, { kind: 'index', of, at: text(String(index)) });
      }
      break;
    case 'object_pattern':
      for (const child of children(pattern)) {
        if (child.type === 'shorthand_property_identifier_pattern') {
          walk.to.declare(child.text, { kind: 'member', of, name: child.text });
        } else if (child.type === 'pair_pattern') {
          const name = field(child, 'key')?.text ?? '';
          destructure(walk, field(child, 'value') ?? child, { kind: 'member', of, name });
        } else if (child.type === 'object_assignment_pattern') {
          const name = field(child, 'left')?.text ?? '';
          const fallback = walk.visit(field(child, 'right'));
          walk.to.declare(name, { kind: 'either', items: [{ kind: 'member', of, name }, fallback] });
        }
      }
      break;
    case 'assignment_pattern':
      destructure(walk, field(pattern, 'left') ?? pattern, {
        kind: 'either',
        items: [of, walk.visit(field(pattern, 'right'))],
      });
      break;
    default:
      break;
  }
}
