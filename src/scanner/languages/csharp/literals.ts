import type { SyntaxNode } from '../../syntax';
import { children } from '../../walk';

const escapes: Record<string, string> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  0: '\0',
};

/** The text with its escape sequences resolved. */
export function unescapeCSharp(text: string): string {
  return text.replace(
    /\\(?:x([0-9a-fA-F]{1,4})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/gs,
    (_, x?: string, u?: string, long?: string, letter?: string) => {
      const hex = x ?? u ?? long;
      if (hex === undefined) return escapes[letter ?? ''] ?? letter ?? '';
      const code = parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
    },
  );
}

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
