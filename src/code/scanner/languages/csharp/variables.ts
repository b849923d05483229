import type { Expr } from '../../outline/outline';
import { afterAdding, unknown } from '../../evaluate/expressions';
import type { SyntaxNode } from '../../outline/syntax';
import { children, field, spanOf } from '../../outline/walk';
import { addEntry, located } from '../collections';
import { assignBare } from '../declared';
import type { Walker } from '../walker';
import { readCreation } from './objects';

/** A variable's name and value, where it has one. */
interface Variable {
  readonly name: string;
  readonly value?: Expr;
  readonly type?: Expr;
}

/** The variables of a declaration, whose code is read. */
export function variablesOf(walk: Walker, node: SyntaxNode): Variable[] {
  const typeNode = field(node, 'type');
  const type = typeNode && typeNode.type !== 'implicit_type' ? walk.visit(typeNode) : undefined;
  return children(node)
    .filter(({ type: kind }) => kind === 'variable_declarator')
    .map((declarator): Variable => {
      const name = field(declarator, 'name');
      const last = children(declarator).at(-1);
      const valueNode = last && name && last.startIndex > name.startIndex ? last : undefined;
      const value = valueNode && readValue(walk, valueNode, type);
      return { name: name?.text ?? '', ...(value && { value }), ...(type && { type }) };
    });
}

/** A value; `new(…)` is of the declared type. */
export function readValue(walk: Walker, node: SyntaxNode, type: Expr | undefined): Expr {
  return node.type === 'implicit_object_creation_expression'
    ? readCreation(walk, node, type)
    : walk.visit(node);
}

export function readVariables(walk: Walker, node: SyntaxNode): Expr {
  for (const { name, value, type } of variablesOf(walk, node)) {
    if (name !== '') walk.to.declare(name, value, type);
  }
  return unknown;
}

export function readForEach(walk: Walker, node: SyntaxNode): Expr {
  walk.to.block(() => {
    const of = walk.visit(field(node, 'right'));
    const left = field(node, 'left');
    if (left?.type === 'identifier') walk.to.declare(left.text, { kind: 'each', of });
    // `foreach (var (a, b) in …)`, `foreach ((A a, B b) in …)`
    const parts = left?.type === 'tuple_expression' ? children(left).map((part) => children(part)[0]) : [];
    const declared = parts.flatMap((part) => field(part, 'name') ?? []);
    const names = left?.type === 'tuple_pattern' ? children(left) : declared;
    // Of a dictionary they are keys and values, of a list the parts of its items.
    for (const [part, name] of names.entries()) walk.to.declare(name.text, { kind: 'each', of, part });
    walk.visit(field(node, 'body'));
  });
  return unknown;
}

export function readAssignment(walk: Walker, node: SyntaxNode): Expr {
  const left = field(node, 'left');
  const given = walk.visit(field(node, 'right'));
  const operator = (field(node, 'operator') ?? node.child(1))?.text;
  const value = operator === '=' || operator === '??=' ? given : afterAdding(given);
  if (left?.type === 'identifier') {
    assignBare(walk, left.text, value);
  } else if (left?.type === 'member_access_expression') {
    walk.to.write(walk.visit(field(left, 'expression')), field(left, 'name')?.text ?? '', value);
  } else if (left?.type === 'element_access_expression') {
    const of = walk.visit(field(left, 'expression'));
    const key = children(children(field(left, 'subscript'))[0])[0];
    const right = field(node, 'right');
    if (key && right) addEntry(walk, of, located(walk, key), { value, at: spanOf(right) });
  } else if (left) walk.visitAll(left);
  return value;
}
