import type { Argument, Entry, Expr } from '../../outline/outline';
import { unknown } from '../../evaluate/expressions';
import type { SyntaxNode } from '../../outline/syntax';
import { field, spanOf } from '../../outline/walk';
import { readType, typeArgument } from './types';
import { parts, type DartWalker } from './walker';
import { keyOf, record } from '../collections';

/** What a call is given; a label names an argument. */
export function readArgs(walk: DartWalker, node: SyntaxNode): Argument[] {
  const list = node.type === 'arguments' ? node : parts(node).find(({ type }) => type === 'arguments');
  return parts(list).map((arg): Argument => {
    const name = arg.type === 'named_argument' ? parts(parts(arg)[0])[0]?.text : undefined;
    const [located] = walk.row(name === undefined ? parts(arg) : parts(arg).slice(1));
    const given = located ?? { value: unknown, at: spanOf(arg) };
    if (name === 'rid') walk.to.mention('rid', given);
    return name === undefined ? given : { ...given, name };
  });
}

/** `a + b`; what is subtracted is no name. */
export function readSum(walk: DartWalker, node: SyntaxNode): Expr {
  const isSum = parts(node).every(({ type, text: sign }) => type !== 'additive_operator' || sign === '+');
  const items = walk.row(parts(node).filter(({ type }) => type !== 'additive_operator'));
  return isSum ? { kind: 'concat', items: items.map(({ value }) => value) } : unknown;
}

/** `Provider<ResClient>((ref) => …)`, `Provider.of<ResClient>(context).get(…)`, which the grammar takes for two comparisons. */
export function readGeneric(walk: DartWalker, node: SyntaxNode): Expr {
  const [compared, , given, ...applied] = parts(node);
  const callee = parts(compared);
  const type = callee.pop();
  const operator = callee.pop();
  const isGeneric =
    compared?.type === 'relational_expression' &&
    given?.type === 'parenthesized_expression' &&
    operator?.type === 'relational_operator' &&
    callee[0]?.type === 'identifier' &&
    type !== undefined &&
    /^[A-Z]\w*$/.test(type.text);
  if (!isGeneric) return walk.visitAll(node);
  const args = walk.row(parts(given));
  const value: Expr = { kind: 'typed', type: walk.to.name(type.text) };
  const typed = { value, at: spanOf(type), name: typeArgument };
  const called = walk.to.call(walk.only(callee), [...args, typed], node);
  return applied.reduce((of, each) => walk.apply(of, each), called);
}

/** One of the values of a switch. */
export function readSwitch(walk: DartWalker, node: SyntaxNode): Expr {
  walk.visit(field(node, 'condition'));
  const cases = parts(node).filter(({ type }) => type === 'switch_expression_case');
  return { kind: 'either', items: cases.map((each) => walk.only(parts(each).slice(1))) };
}

/** A list, set or map. */
export function readCollection(walk: DartWalker, node: SyntaxNode): Expr {
  const inner = parts(node).filter(({ type }) => type !== 'type_arguments');
  if (!inner.some(({ type }) => type === 'pair')) {
    const items = walk.row(inner);
    return node.type === 'list_literal' || items.length > 0
      ? { kind: 'list', items }
      : { kind: 'record', entries: [] };
  }
  const entries: Entry[] = [];
  for (const pair of inner) {
    const [keyNode, ...values] = parts(pair);
    const [value] = pair.type === 'pair' ? walk.row(values) : [];
    if (!keyNode || !value) walk.visitAll(pair);
    else entries.push({ key: keyOf(walk, keyNode), keyAt: spanOf(keyNode), ...value });
  }
  return record(walk, entries);
}

/** `new A(…)`, `const A.named(…)` */
export function readCreation(walk: DartWalker, node: SyntaxNode): Expr {
  const type = readType(walk, parts(node));
  const named = parts(node).find(({ type: kind }) => kind === 'identifier');
  const callee: Expr = named ? { kind: 'member', of: type, name: named.text } : type;
  const args = parts(node).find(({ type: kind }) => kind === 'arguments');
  return walk.to.call(callee, args ? readArgs(walk, args) : [], node, true);
}
