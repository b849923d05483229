import type { Expr } from '../../outline/outline';
import { text } from '../../evaluate/expressions';
import type { SyntaxNode } from '../../outline/syntax';
import { children } from '../../outline/walk';
import { commonEscapes, unescaper } from '../escapes';
import type { Walker } from '../walker';

const unescape = unescaper(
  /\\(?:x(?<hex2>[0-9a-fA-F]{1,2})|u\{(?<hexAny>[0-9a-fA-F]{1,6})\}|(?<octal>[0-7]{1,3})|(?<letter>.+))/gs,
  { ...commonEscapes, e: '\x1b' },
);

/** A string in any quotes or a heredoc; the variables in it are parts of it. */
export function readString(walk: Walker, node: SyntaxNode): Expr {
  const isSingle = node.type === 'string' || node.type === 'nowdoc';
  const items: Expr[] = [];
  for (const child of children(node)) {
    if (child.type === 'string_content' || child.type === 'nowdoc_string') items.push(text(child.text));
    else if (child.type === 'escape_sequence')
      items.push(text(isSingle ? unquote(child.text) : unescape(child.text)));
    else if (child.type === 'heredoc_body' || child.type === 'nowdoc_body')
      items.push(readString(walk, child));
    else if (!/^heredoc_(start|end)$/.test(child.type)) items.push(walk.visit(child));
  }
  const [only] = items;
  if (!only) return text('');
  return items.length === 1 ? only : { kind: 'concat', items };
}

/** In single quotes only quotes and backslashes can be escaped. */
function unquote(sequence: string): string {
  return /^\\['\\]$/.test(sequence) ? sequence.slice(1) : sequence;
}

/** A literal's text, if nothing is to be filled in. */
export function plainText(expr: Expr): string | undefined {
  if (expr.kind === 'text') return expr.text;
  if (expr.kind !== 'concat') return undefined;
  const texts = expr.items.map(plainText);
  return texts.every((item) => item !== undefined) ? texts.join('') : undefined;
}
