import type { Expr } from '../../outline/outline';
import { afterAdding, text, unknown } from '../../evaluate/expressions';
import type { SyntaxNode } from '../../outline/syntax';
import { children, field } from '../../outline/walk';
import { readNamed, readType } from './functions';
import type { Walker } from '../walker';

/** Declares the names of a pattern on the left of a declaration. */
export function destructure(walk: Walker, pattern: SyntaxNode, of: Expr): void {
  switch (pattern.type) {
    case 'identifier':
    case 'shorthand_property_identifier_pattern':
      walk.to.declare(pattern.text, of);
      break;
    case 'array_pattern':
      for (const [index, child] of children(pattern).entries()) {
        destructure(walk, child, { k: 'index', of, at: text(String(index)) });
      }
      break;
    case 'object_pattern':
      for (const child of children(pattern)) {
        if (child.type === 'shorthand_property_identifier_pattern') {
          walk.to.declare(child.text, { k: 'member', of, name: child.text });
        } else if (child.type === 'pair_pattern') {
          const name = field(child, 'key')?.text ?? '';
          destructure(walk, field(child, 'value') ?? child, { k: 'member', of, name });
        } else if (child.type === 'object_assignment_pattern') {
          const name = field(child, 'left')?.text ?? '';
          const fallback = walk.visit(field(child, 'right'));
          walk.to.declare(name, { k: 'either', items: [{ k: 'member', of, name }, fallback] });
        }
      }
      break;
    case 'assignment_pattern':
      destructure(walk, field(pattern, 'left') ?? pattern, {
        k: 'either',
        items: [of, walk.visit(field(pattern, 'right'))],
      });
      break;
    default:
      break;
  }
}

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
    walk.to.declare(name.text, given, type.k === 'unknown' ? undefined : type);
  }
  return unknown;
}

export function readAssignment(walk: Walker, node: SyntaxNode): Expr {
  const left = field(node, 'left');
  const name = left && (field(left, 'property')?.text ?? left.text);
  const value = readNamed(walk, field(node, 'right'), name ?? '');
  if (left?.type === 'identifier') walk.to.assign(left.text, value);
  else if (left?.type === 'member_expression') writeMember(walk, left, value);
  else if (left) walk.visitAll(left);
  return value;
}

export function writeMember(walk: Walker, left: SyntaxNode, value: Expr): void {
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
    if (left) destructure(walk, left, { k: 'each', of, ...(key && { key }) });
    walk.visit(field(node, 'body'));
  });
  return unknown;
}
