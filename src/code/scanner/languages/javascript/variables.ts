import type { Expr } from '../../outline/outline';
import { afterAdding, unknown } from '../../evaluate/expressions';
import type { SyntaxNode } from '../../outline/syntax';
import { children, field, spanOf } from '../../outline/walk';
import { addEntry, located } from '../collections';
import { readNamed } from './functions';
import { destructure } from './patterns';
import { readType } from './types';
import type { Walker } from '../walker';

export function readVariables(walk: Walker, node: SyntaxNode): Expr {
  for (const declarator of children(node)) {
    if (declarator.type !== 'variable_declarator') continue;
    const name = field(declarator, 'name');
    const value = field(declarator, 'value');
    if (!name) continue;
    if (name.type !== 'identifier') {
      destructure(walk, name, walk.visit(value));
      continue;
    }
    const type = readType(walk, field(declarator, 'type'));
    const given = value && readNamed(walk, value, name.text);
    walk.to.declare(name.text, given, type.kind === 'unknown' ? undefined : type);
  }
  return unknown;
}

export function readAssignment(walk: Walker, node: SyntaxNode): Expr {
  const left = field(node, 'left');
  const name = left && (field(left, 'property')?.text ?? left.text);
  const value = readNamed(walk, field(node, 'right'), name ?? '');
  if (left?.type === 'identifier') walk.to.assign(left.text, value);
  else if (left?.type === 'member_expression') writeMember(walk, left, value);
  else if (left?.type === 'subscript_expression') writeItem(walk, left, value, field(node, 'right'));
  else if (left) walk.visitAll(left);
  return value;
}

/** `object[key] = value` */
function writeItem(walk: Walker, left: SyntaxNode, value: Expr, node: SyntaxNode | undefined): void {
  const of = walk.visit(field(left, 'object'));
  const index = field(left, 'index');
  if (index && node) addEntry(walk, of, located(walk, index), { value, at: spanOf(node) });
}

function writeMember(walk: Walker, left: SyntaxNode, value: Expr): void {
  const name = field(left, 'property')?.text ?? '';
  const object = field(left, 'object');
  if (object?.text === 'module' && name === 'exports') walk.to.outline.exports['='] = value;
  else if (object?.text === 'exports' || object?.text === 'module.exports')
    walk.to.outline.exports[name] = value;
  else walk.to.write(walk.visit(object), name, value);
}

export function readAugmented(walk: Walker, node: SyntaxNode): Expr {
  const left = field(node, 'left');
  const value = afterAdding(walk.visit(field(node, 'right')));
  if (left?.type === 'identifier') walk.to.assign(left.text, value);
  else if (left?.type === 'member_expression') writeMember(walk, left, value);
  return unknown;
}

export function readLoop(walk: Walker, node: SyntaxNode): Expr {
  walk.to.block(() => {
    const of = walk.visit(field(node, 'right'));
    const left = field(node, 'left');
    const key = field(node, 'operator')?.text === 'in';
    if (left) destructure(walk, left, { kind: 'each', of, ...(key && { key }) });
    walk.visit(field(node, 'body'));
  });
  return unknown;
}
