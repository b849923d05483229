import type { Expr } from '../../outline';
import { text } from '../../expressions';
import type { SyntaxNode } from '../../syntax';
import { children } from '../../walk';
import type { Walker } from '../walker';

const escapes: Record<string, string> = { n: '\n', t: '\t', r: '\r', v: '\v', e: '\x1b', f: '\f' };

/** A string in any quotes or a heredoc; the variables in it are parts of it. */
export function readString(walk: Walker, node: SyntaxNode): Expr {
  const isSingle = node.type === 'string' || node.type === 'nowdoc';
  const items: Expr[] = [];
  for (const child of children(node)) {
    if (child.type === 'string_content' || child.type === 'nowdoc_string') items.push(text(child.text));
    else if (child.type === 'escape_sequence') items.push(text(unescape(child.text, isSingle)));
    else if (child.type === 'heredoc_body' || child.type === 'nowdoc_body')
      items.push(readString(walk, child));
    else if (!/^heredoc_(start|end)$/.test(child.type)) items.push(walk.visit(child));
  }
  const [only] = items;
  if (!only) return text('');
  return items.length === 1 ? only : { k: 'concat', items };
}

function unescape(sequence: string, isSingle: boolean): string {
  const letter = sequence.slice(1);
  if (isSingle) return /^['\\]$/.test(letter) ? letter : sequence;
  const hex = /^(?:x([0-9a-fA-F]{1,2})|u\{([0-9a-fA-F]{1,6})\})$/.exec(letter);
  const code = parseInt(hex?.[1] ?? hex?.[2] ?? '', 16);
  if (hex) return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
  if (/^[0-7]{1,3}$/.test(letter)) return String.fromCharCode(parseInt(letter, 8) & 0xff);
  return escapes[letter] ?? letter;
}

/** A literal's text, if nothing is to be filled in. */
export function plainText(expr: Expr): string | undefined {
  if (expr.k === 'text') return expr.text;
  if (expr.k !== 'concat') return undefined;
  const texts = expr.items.map(plainText);
  return texts.every((item) => item !== undefined) ? texts.join('') : undefined;
}
