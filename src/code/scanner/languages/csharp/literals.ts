import type { SyntaxNode } from '../../outline/syntax';
import { children } from '../../outline/walk';
import { commonEscapes, unescaper } from '../escapes';

/** The text with its escape sequences resolved. */
export const unescapeCSharp = unescaper(
  /\\(?:x(?<hexAny>[0-9a-fA-F]{1,4})|u(?<hex4>[0-9a-fA-F]{4})|U(?<hex8>[0-9a-fA-F]{8})|(?<letter>.))/gs,
  { ...commonEscapes, a: '\x07', b: '\b', 0: '\0' },
);

/** The text that a string literal of any kind stands for. */
export function csharpString(node: SyntaxNode): string {
  switch (node.type) {
    case 'verbatim_string_literal':
      return node.text.slice(2, -1).replaceAll('""', '"');
    case 'raw_string_literal':
      return children(node).find(({ type }) => type === 'raw_string_content')?.text ?? '';
    default:
      return unescapeCSharp(node.text.slice(1, -1));
  }
}
