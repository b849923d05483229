import type { Expr } from '../../outline/outline';
import { text, unknown } from '../../evaluate/expressions';
import type { SyntaxNode } from '../../outline/syntax';
import { field } from '../../outline/walk';
import { parts, type RustWalker } from './walker';

/** Declares the names in a pattern. What holds a value (`Some`, `Ok`) counts as the value. */
export function declarePattern(
  walk: RustWalker,
  pattern: SyntaxNode | undefined,
  of: Expr,
  type?: Expr,
): void {
  switch (pattern?.type) {
    case 'identifier':
    case 'shorthand_field_identifier':
      // Constants stand in patterns too, and are not declared by them.
      if (/^[a-z_]/.test(pattern.text)) walk.to.declare(pattern.text, of, type);
      break;
    case 'tuple_struct_pattern': {
      const [name, ...inner] = parts(pattern);
      const holds = /^(Ok|Some)$/.test(name?.text ?? '');
      for (const child of inner) declarePattern(walk, child, holds ? of : unknown);
      break;
    }
    case 'tuple_pattern':
    case 'slice_pattern':
      for (const [index, child] of parts(pattern).entries())
        declarePattern(walk, child, { kind: 'index', of, at: text(String(index)) });
      break;
    case 'field_pattern': {
      const name = field(pattern, 'name')?.text ?? '';
      const inner = field(pattern, 'pattern');
      const member: Expr = { kind: 'member', of, name };
      if (inner) declarePattern(walk, inner, member);
      else walk.to.declare(name, member);
      break;
    }
    case 'struct_pattern':
      for (const child of parts(pattern)) if (child.type === 'field_pattern') declarePattern(walk, child, of);
      break;
    case 'mut_pattern':
    case 'ref_pattern':
    case 'reference_pattern':
    case 'match_pattern':
      for (const child of parts(pattern))
        if (child.type !== 'mutable_specifier') declarePattern(walk, child, of, type);
      break;
    default:
      for (const child of parts(pattern)) declarePattern(walk, child, unknown);
  }
}
