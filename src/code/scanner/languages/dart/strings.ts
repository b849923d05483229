import type { Expr } from '../../outline/outline';
import { text } from '../../evaluate/expressions';
import type { SyntaxNode } from '../../outline/syntax';
import { children } from '../../outline/walk';
import { commonEscapes, unescaper } from '../escapes';
import type { DartWalker } from './walker';

const unescape = unescaper(
  /\\(?:x(?<hex2>[0-9a-fA-F]{2})|u(?<hex4>[0-9a-fA-F]{4})|u\{(?<hexAny>[0-9a-fA-F]{1,6})\}|(?<letter>.))/gs,
  { ...commonEscapes, b: '\b' },
);

/** A literal, or several next to each other; `$x` and `${x}` are parts of it. */
export function readString(walk: DartWalker, node: SyntaxNode): Expr {
  const source = node.text;
  const inner = children(node).filter(({ type }) => type === 'template_substitution');
  const items: Expr[] = [];
  let at = 0;
  while (at < source.length) {
    const opening = /^\s*(r?)('''|"""|'|")/.exec(source.slice(at));
    if (!opening) break;
    const [whole, raw, quote = ''] = opening;
    at = readOne(walk, node, { at: at + whole.length, quote, isRaw: raw === 'r' }, inner, items);
  }
  const [only] = items;
  return only && items.length === 1 ? only : { kind: 'concat', items };
}

/** Reads one literal from behind its opening quote; gives the place behind its closing one. */
function readOne(
  walk: DartWalker,
  node: SyntaxNode,
  { at: start, quote, isRaw }: { at: number; quote: string; isRaw: boolean },
  inner: readonly SyntaxNode[],
  items: Expr[],
): number {
  const source = node.text;
  let from = start;
  let at = start;
  const flush = (): void => {
    if (at > from) items.push(text(isRaw ? source.slice(from, at) : unescape(source.slice(from, at))));
  };
  while (at < source.length && !source.startsWith(quote, at)) {
    const substitution = isRaw
      ? undefined
      : inner.find(({ startIndex }) => startIndex - node.startIndex === at);
    if (substitution) {
      flush();
      items.push(walk.only(children(substitution)));
      at = substitution.endIndex - node.startIndex;
      from = at;
    } else at += source[at] === '\\' && !isRaw ? 2 : 1;
  }
  at = Math.min(at, source.length);
  flush();
  if (at === start && items.length === 0) items.push(text(''));
  return at + quote.length;
}

/** The text of a literal without anything to be filled in, such as an import's. */
export function plainString(node: SyntaxNode | undefined): string {
  return node?.text.replaceAll(/^r?['"]+|['"]+$/g, '') ?? '';
}
