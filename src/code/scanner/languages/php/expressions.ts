import type { Argument, Entry, Expr } from '../../outline/outline';
import type { SyntaxNode } from '../../outline/syntax';
import { children, field } from '../../outline/walk';
import { keyOf, located, record } from '../collections';
import { type Case, chosenBy } from '../readers';
import type { Walker } from '../walker';

/** One of the values of a match. */
export function readMatch(walk: Walker, node: SyntaxNode): Expr {
  const of = walk.visit(field(node, 'condition'));
  const cases = children(field(node, 'body')).map((arm): Case => {
    const is = children(field(arm, 'conditional_expressions')).map((each) => walk.visit(each));
    return { is, value: walk.visit(field(arm, 'return_expression')) };
  });
  return chosenBy(of, cases);
}

/** What a call is given; names bear the `$` of the parameters. */
export function readArgs(walk: Walker, list: SyntaxNode | undefined): Argument[] {
  return children(list).flatMap((arg): Argument[] => {
    if (arg.type !== 'argument') return [];
    const name = field(arg, 'name')?.text;
    const value = children(arg).at(-1);
    if (!value) return [];
    const given = located(walk, value);
    if (name === 'rid') walk.to.mention('rid', given);
    return [name === undefined ? given : { ...given, name: `$${name}` }];
  });
}

/** A list, or with keys a record. */
export function readArray(walk: Walker, node: SyntaxNode): Expr {
  const elements = children(node).filter(({ type }) => type === 'array_element_initializer');
  const pairs = elements.map((element) => children(element));
  if (!pairs.some((pair) => pair.length > 1)) {
    const items = pairs.flatMap(([item]) => (item ? [located(walk, item)] : []));
    return { kind: 'list', items };
  }
  const entries: Entry[] = [];
  for (const [keyNode, valueNode] of pairs) {
    const key = keyOf(walk, keyNode);
    if (keyNode && valueNode) entries.push(walk.to.entry(key, keyNode, walk.visit(valueNode), valueNode));
  }
  return record(walk, entries);
}
