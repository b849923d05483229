import { spanOf } from '../../outline/walk';
import type { Argument, Entry, Expr, Located } from '../../outline/outline';
import { text, unknown } from '../../evaluate/expressions';
import type { SyntaxNode } from '../../outline/syntax';
import { record } from '../collections';
import { bracePieces } from '../texts';
import { rustString } from './literals';
import { type RustWalker, nameAt, ownerNamed } from './walker';

/** What a macro is called with is not parsed: the tokens are put together here, as far as names and calls go. */
export function readMacro(walk: RustWalker, name: string, tree: SyntaxNode | undefined): Expr {
  if (!tree) return unknown;
  const items = split(tokensOf(tree));
  switch (name.split('::').at(-1)) {
    case 'format':
      return format(walk, items);
    case 'concat':
      return { kind: 'concat', items: items.map((tokens) => readTokens(walk, tokens)) };
    case 'vec':
      return { kind: 'list', items: items.map((tokens) => located(walk, tokens)) };
    case 'json':
      return tree.children.length > 2 ? readTokens(walk, tokensOf(tree)) : unknown;
    default:
      for (const tokens of items) readTokens(walk, tokens);
      return unknown;
  }
}

/** The tokens between the brackets. */
function tokensOf(tree: SyntaxNode): SyntaxNode[] {
  return tree.children
    .filter((child): child is SyntaxNode => child !== null && !child.type.endsWith('comment'))
    .slice(1, -1);
}

function split(tokens: readonly SyntaxNode[]): SyntaxNode[][] {
  const items: SyntaxNode[][] = [[]];
  for (const token of tokens) {
    if (token.type === ',' || token.type === ';') items.push([]);
    else items.at(-1)?.push(token);
  }
  return items.filter((item) => item.length > 0);
}

function located(walk: RustWalker, tokens: readonly SyntaxNode[]): Located {
  const [first] = tokens;
  const value = readTokens(walk, tokens);
  if (!first) return { value, at: { start: 0, length: 0, line: 1, column: 1 } };
  const at = spanOf(first);
  return { value, at: { ...at, length: (tokens.at(-1)?.endIndex ?? first.endIndex) - at.start } };
}

/** Reads tokens as expressions next to each other; the value is that of the only one, or of all added up. */
function readTokens(walk: RustWalker, tokens: readonly SyntaxNode[]): Expr {
  return walk.to.deeper(() => {
    const values: Expr[] = [];
    let isOther = false;
    for (let at = 0; at < tokens.length;) {
      const token = tokens[at];
      if (token && /^(&|\*|mut|mutable_specifier|\+|move|async)$/.test(token.type)) at++;
      else {
        const [value, next] = readOne(walk, tokens, at);
        if (next === at + 1 && token && !/^(identifier|self|token_tree)$|literal$/.test(token.type))
          isOther = true;
        values.push(value);
        at = next;
      }
    }
    if (isOther) return unknown;
    const [only] = values;
    if (only && values.length === 1) return only;
    return tokens.filter(({ type }) => type === '+').length === values.length - 1 && values.length > 0
      ? { kind: 'concat', items: values }
      : unknown;
  });
}

/** One expression: a literal, a name or a bracket, and all members and calls behind it. */
function readOne(walk: RustWalker, tokens: readonly SyntaxNode[], start: number): [Expr, number] {
  const [first] = tokens.slice(start, start + 1);
  let at = start + 1;
  let value: Expr = unknown;
  if (!first) return [value, at];
  const next = tokens[at];
  const argument = tokens[at + 1];
  if (/string_literal$/.test(first.type)) value = text(rustString(first.text));
  else if (first.type === 'identifier' && next?.type === '!' && argument?.type === 'token_tree') {
    value = readMacro(walk, first.text, argument);
    at += 2;
  } else if (/^(crate|self|super)$/.test(first.type) && next?.type === '::') {
    const path = [first.text];
    for (; tokens[at]?.type === '::' && tokens[at + 1]; at += 2) path.push(tokens[at + 1]?.text ?? '');
    value = nameAt(walk, path.slice(0, -1).join('::'), path.at(-1) ?? '');
  } else if (/^(identifier|self)$/.test(first.type)) value = ownerNamed(walk, first.text);
  else if (first.type === 'token_tree') value = readTree(walk, first);
  for (;;) {
    const token = tokens[at];
    const after = tokens[at + 1];
    if ((token?.type === '.' || token?.type === '::') && after?.type === 'identifier') {
      if (after.text !== 'await') value = { kind: 'member', of: value, name: after.text };
      at += 2;
    } else if (token?.type === '.' && after?.type === 'await') at += 2;
    else if (token?.type === '?') at++;
    else if (token?.type === 'token_tree' && token.text.startsWith('(')) {
      const args: Argument[] = split(tokensOf(token)).map((item) => located(walk, item));
      value = walk.to.call(value, args, token);
      at++;
    } else return [value, at];
  }
}

/** `{"key": value}` is an object, `[a, b]` a list, `(a)` what is in it. */
function readTree(walk: RustWalker, tree: SyntaxNode): Expr {
  const items = split(tokensOf(tree));
  if (tree.text.startsWith('[')) return { kind: 'list', items: items.map((tokens) => located(walk, tokens)) };
  const isObject = tree.text.startsWith('{') && items.some(([, colon]) => colon?.type === ':');
  if (!isObject) {
    const values = items.map((tokens) => readTokens(walk, tokens));
    return (values.length === 1 ? values[0] : undefined) ?? unknown;
  }
  const entries: Entry[] = [];
  for (const [key, colon, ...rest] of items) {
    if (!key || colon?.type !== ':' || rest.length === 0) continue;
    const name = /string_literal$/.test(key.type) ? rustString(key.text) : walk.to.name(key.text);
    entries.push({ key: name, keyAt: spanOf(key), ...located(walk, rest) });
  }
  return record(walk, entries);
}

/** `format!("a.{}.{0}.{name}", value, name = other)`: names without a value are variables. */
function format(walk: RustWalker, [template, ...rest]: readonly SyntaxNode[][]): Expr {
  const [literal] = template ?? [];
  const named = new Map<string, Expr>();
  const values: Expr[] = [];
  for (const tokens of rest) {
    const [name, equals, ...value] = tokens;
    if (name?.type === 'identifier' && equals?.type === '=') named.set(name.text, readTokens(walk, value));
    else values.push(readTokens(walk, tokens));
  }
  if (!literal || !/string_literal$/.test(literal.type)) return unknown;
  const items = bracePieces(rustString(literal.text)).map((piece): Expr => {
    if ('text' in piece) return text(piece.text);
    if (piece.spec !== '') return unknown;
    if (/^\d+$/.test(piece.name)) return values[Number(piece.name)] ?? unknown;
    return named.get(piece.name) ?? walk.to.name(piece.name);
  });
  return { kind: 'concat', items };
}
