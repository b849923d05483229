import type { Expr } from '../../outline/outline';
import { unknown } from '../../evaluate/expressions';
import type { SyntaxNode } from '../../outline/syntax';
import { children, field } from '../../outline/walk';
import { knownOf } from '../readers';
import type { Walker } from '../walker';

/** `use A\B;`, `use A\{B, C as D};`, `use function A\f;` */
export function readUse(walk: Walker, node: SyntaxNode): Expr {
  const group = field(node, 'body');
  const prefix = group ? `${children(node).find(({ type }) => type === 'namespace_name')?.text ?? ''}\\` : '';
  for (const clause of children(group ?? node)) {
    if (clause.type !== 'namespace_use_clause') continue;
    const path = children(clause).find(({ type }) => /^(qualified_name|name|namespace_name)$/.test(type));
    const from = prefix + (path?.text ?? '').replace(/^\\/, '');
    const last = from.split('\\').at(-1) ?? '';
    walk.to.import(field(clause, 'alias')?.text ?? last, from, last);
  }
  return unknown;
}

/** A class, function or constant by its full name, for which no `use` is needed. */
export function qualified(walk: Walker, path: string): Expr {
  const from = path.replace(/^\\/, '');
  const last = from.split('\\').at(-1) ?? '';
  if (!from.includes('\\')) return walk.to.name(last);
  walk.to.import(`\\${from}`, from, last);
  return walk.to.name(`\\${from}`);
}

/** The type in a declaration; unknown for all but a class. */
export function readType(walk: Walker, node: SyntaxNode | undefined): Expr {
  switch (node?.type) {
    case 'named_type':
    case 'optional_type':
      return readType(walk, children(node)[0]);
    case 'union_type':
      return knownOf(children(node).map((child) => readType(walk, child)));
    case 'name':
      return /^(self|static)$/.test(node.text) ? unknown : walk.to.name(node.text);
    case 'qualified_name':
      return qualified(walk, node.text);
    default:
      return unknown;
  }
}
