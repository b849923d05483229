import type { Argument, Entry, Expr, Located } from '../../outline';
import { spanOf } from '../../outlineBuilder';
import type { SyntaxNode } from '../../syntax';
import { children, field } from '../../walk';
import type { Walker } from '../walker';

/** One of the values of a match. */
export function readMatch(walk: Walker, node: SyntaxNode): Expr {
  walk.visit(field(node, 'condition'));
  const items = children(field(node, 'body')).map((arm) => {
    walk.visitAll(field(arm, 'conditional_expressions'));
    return walk.visit(field(arm, 'return_expression'));
  });
  return { k: 'either', items };
}

/** What a call is given; names bear the `$` of the parameters. */
export function readArgs(walk: Walker, list: SyntaxNode | undefined): Argument[] {
  return children(list).flatMap((arg): Argument[] => {
    if (arg.type !== 'argument') return [];
    const name = field(arg, 'name')?.text;
    const value = children(arg).at(-1);
    if (!value) return [];
    const located = locatedOf(walk, value);
    if (name === 'rid') walk.to.mention('rid', located);
    return [name === undefined ? located : { ...located, name: `$${name}` }];
  });
}

function locatedOf(walk: Walker, node: SyntaxNode): Located {
  return {
    value: node.type === 'variadic_unpacking' ? walk.visitAll(node) : walk.visit(node),
    at: spanOf(node),
  };
}

/** A list, or with keys a record. */
export function readArray(walk: Walker, node: SyntaxNode): Expr {
  const elements = children(node).filter(({ type }) => type === 'array_element_initializer');
  const pairs = elements.map((element) => children(element));
  if (!pairs.some((pair) => pair.length > 1)) {
    const items = pairs.flatMap(([item]) => (item ? [locatedOf(walk, item)] : []));
    return { k: 'list', items };
  }
  const entries: Entry[] = [];
  for (const [keyNode, valueNode] of pairs) {
    const key = walk.visit(keyNode);
    if (keyNode && valueNode)
      entries.push(
        walk.to.entry(key.k === 'text' ? key.text : key, keyNode, walk.visit(valueNode), valueNode),
      );
  }
  const rid = entries.find((entry) => entry.key === 'rid');
  if (rid) walk.to.mention('rid', rid);
  return { k: 'record', entries };
}
