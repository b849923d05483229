import type { Expr } from '../../outline/outline';
import { text, unknown } from '../../evaluate/expressions';
import type { SyntaxNode } from '../../outline/syntax';
import { children, field } from '../../outline/walk';
import { commonEscapes, unescaper } from '../escapes';
import type { Walker } from '../walker';

/** The text with its escape sequences resolved; one that is none stays, backslash and all. */
const unescape = unescaper(
  /\\(?:x(?<hex2>[0-9a-fA-F]{2})|u(?<hex4>[0-9a-fA-F]{4})|U(?<hex8>[0-9a-fA-F]{8})|N\{[^}]*\}|(?<octal>[0-7]{1,3})|(?<letter>.))/gs,
  { ...commonEscapes, a: '\x07', b: '\b', '\n': '' },
  (letter, whole) => (/\w/.test(letter) ? whole : letter),
);

/** A string literal with any prefix; what stands in the braces of an f-string is a part of it. */
export function readString(walk: Walker, node: SyntaxNode): Expr {
  const prefix = /^\w*/.exec(node.text)?.[0].toLowerCase() ?? '';
  const items: Expr[] = [];
  for (const child of children(node)) {
    if (child.type === 'string_content') {
      const content = prefix.includes('f')
        ? child.text.replaceAll(/\{\{|\}\}/g, (twice) => twice.slice(1))
        : child.text;
      items.push(text(prefix.includes('r') ? content : unescape(content)));
    } else if (child.type === 'interpolation') items.push(readInterpolation(walk, child));
  }
  if (items.length === 0) return text('');
  const [only] = items;
  return only && items.length === 1 ? only : { kind: 'concat', items };
}

function readInterpolation(walk: Walker, node: SyntaxNode): Expr {
  const value = walk.visit(field(node, 'expression'));
  const conversion = field(node, 'type_conversion')?.text ?? '!s';
  const spec = field(node, 'format_specifier');
  // Padding and the like make another text of it.
  return conversion === '!s' && (!spec || spec.text === ':s') ? value : unknown;
}
