import type { Class, Expr } from '../../outline/outline';
import type { SyntaxNode } from '../../outline/syntax';
import { children, field } from '../../outline/walk';
import { located } from '../collections';
import { addParam, fieldOf, methodAt, readBody, readClassValue } from '../declared';
import type { Walker } from '../walker';
import { readType } from './names';

export function readFunction(walk: Walker, node: SyntaxNode, name: string, cls?: number): number {
  return walk.to.func(
    name,
    (fn) => {
      if (cls !== undefined) walk.to.declare('$this', { kind: 'self', cls });
      for (const param of children(field(node, 'parameters'))) readParam(walk, param);
      const result = readType(walk, field(node, 'return_type'));
      if (result.kind !== 'unknown') fn.result = result;
      readBody(walk, field(node, 'body'), ['compound_statement']);
    },
    cls,
  );
}

function readParam(walk: Walker, node: SyntaxNode): void {
  const name = field(node, 'name')?.text ?? '';
  const type = readType(walk, field(node, 'type'));
  const fallbackNode = field(node, 'default_value');
  const fallback = fallbackNode && walk.visit(fallbackNode);
  if (node.type === 'variadic_parameter') walk.to.param({ name, isRest: true });
  else addParam(walk, name, type, fallback);
  // `private Client $client` in a constructor is a property too.
  if (node.type === 'property_promotion_parameter' && walk.to.cls !== undefined)
    walk.to.write({ kind: 'self', cls: walk.to.cls }, name.replace(/^\$/, ''), walk.to.name(name));
}

export function readClass(walk: Walker, node: SyntaxNode): Expr {
  const name = field(node, 'name')?.text ?? '';
  return readClassValue(walk, name, (cls, index) => {
    const body = children(field(node, 'body'));
    for (const list of [...children(node), ...body]) {
      const isBases = /^(base_clause|class_interface_clause|use_declaration)$/.test(list.type);
      for (const each of isBases ? children(list) : [])
        if (each.type !== 'use_list') cls.bases.push(readType(walk, each));
    }
    if (node.type === 'enum_declaration') cls.methods.new = makeCase(walk, name, index);
    walk.to.block(() => {
      for (const member of body) readMember(walk, member, cls, index);
    });
  });
}

/** The constructor of the cases of an enumeration: each has a value. */
function makeCase(walk: Walker, name: string, index: number): number {
  return walk.to.func(
    name,
    () => {
      walk.to.param({ name: 'value' });
      walk.to.write({ kind: 'self', cls: index }, 'value', walk.to.name('value'));
    },
    index,
  );
}

function readMember(walk: Walker, member: SyntaxNode, cls: Class, index: number): void {
  const name = field(member, 'name')?.text ?? '';
  switch (member.type) {
    case 'method_declaration':
      cls.methods[name === '__construct' ? 'new' : name] = methodAt(
        walk,
        member,
        readFunction(walk, member, name, index),
      );
      break;
    case 'const_declaration':
      for (const element of children(member)) {
        if (element.type !== 'const_element') continue;
        const [constant, value] = children(element);
        cls.fields[constant?.text ?? ''] = { values: value ? [walk.visit(value)] : [] };
      }
      break;
    case 'enum_case': {
      const value = field(member, 'value');
      const args = value ? [located(walk, value)] : [];
      (cls.cases ??= []).push(name);
      cls.fields[name] = { values: [walk.to.call({ kind: 'class', cls: index }, args, member, true)] };
      break;
    }
    case 'property_declaration':
      for (const element of children(member)) {
        if (element.type !== 'property_element') continue;
        const property = (field(element, 'name')?.text ?? '').replace(/^\$/, '');
        const type = readType(walk, field(member, 'type'));
        const value = field(element, 'default_value');
        cls.fields[property] = fieldOf(value && walk.visit(value), type);
      }
      break;
    case 'use_declaration':
      break;
    default:
      walk.visit(member);
  }
}
