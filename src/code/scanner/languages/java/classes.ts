import type { Class, Expr } from '../../outline/outline';
import { unknown } from '../../evaluate/expressions';
import type { SyntaxNode } from '../../outline/syntax';
import { children, field, fields, spanOf } from '../../outline/walk';
import { located } from '../collections';
import { methodAt, readNamedType } from '../declared';
import { addConstructor, addMethod } from '../overloads';
import type { Walker } from '../walker';
import { readFunction, readParams } from './functions';

/** A class, interface, enum or record. */
export function readType(walk: Walker, node: SyntaxNode): Expr {
  const name = field(node, 'name')?.text ?? '';
  readNamedType(walk, name, (cls, index) => {
    if (node.type === 'interface_declaration') cls.isAbstract = true;
    for (const base of basesOf(node)) cls.bases.push(walk.visit(base));
    walk.to.block(() => {
      if (node.type === 'record_declaration') readRecord(walk, node, cls, index);
      readBody(walk, field(node, 'body'), cls, index);
    });
  });
  return unknown;
}

/** `new Type() { … }` */
export function readAnonymousClass(walk: Walker, body: SyntaxNode, base: Expr): void {
  walk.to.class('', (cls, index) => {
    cls.bases.push(base);
    walk.to.block(() => {
      readBody(walk, body, cls, index);
    });
  });
}

function basesOf(node: SyntaxNode): SyntaxNode[] {
  const lists = children(node).filter(({ type }) =>
    ['superclass', 'super_interfaces', 'extends_interfaces'].includes(type),
  );
  return lists.flatMap((list) =>
    children(list).flatMap((child) => (child.type === 'type_list' ? children(child) : [child])),
  );
}

function membersOf(body: SyntaxNode | undefined): SyntaxNode[] {
  return children(body).flatMap((member) =>
    member.type === 'enum_body_declarations' ? children(member) : [member],
  );
}

/** Inside of a class, its members are known by their bare names. */
function readBody(walk: Walker, body: SyntaxNode | undefined, cls: Class, index: number): void {
  const members = membersOf(body);
  for (const member of members) {
    const named = member.type === 'method_declaration' ? [member] : fields(member, 'declarator');
    for (const each of member.type === 'enum_constant' ? [member] : named) {
      const name = field(each, 'name')?.text;
      if (name !== undefined)
        walk.to.declare(name, { kind: 'member', of: { kind: 'self', cls: index }, name });
    }
  }
  for (const member of members) readMember(walk, member, cls, index);
}

function readMember(walk: Walker, member: SyntaxNode, cls: Class, index: number): void {
  const name = field(member, 'name')?.text ?? '';
  switch (member.type) {
    case 'field_declaration':
    case 'constant_declaration':
      readFields(walk, member, cls);
      return;
    case 'enum_constant': {
      const args = children(field(member, 'arguments')).map((arg) => located(walk, arg));
      (cls.cases ??= []).push(name);
      cls.fields[name] = { values: [walk.to.call({ kind: 'class', cls: index }, args, member, true)] };
      walk.visit(field(member, 'body'));
      return;
    }
    case 'method_declaration':
      readAnnotations(walk, member);
      addMethod(walk, cls, name, methodAt(walk, member, readFunction(walk, member, name, index)));
      return;
    case 'constructor_declaration':
      addConstructor(cls, readFunction(walk, member, name, index));
      return;
    default:
      walk.visit(member);
  }
}

function readFields(walk: Walker, member: SyntaxNode, cls: Class): void {
  const typeNode = field(member, 'type');
  const type = typeNode && walk.visit(typeNode);
  for (const declarator of fields(member, 'declarator')) {
    const value = field(declarator, 'value');
    cls.fields[field(declarator, 'name')?.text ?? ''] = {
      values: value ? [walk.visit(value)] : [],
      ...(type && { type }),
    };
  }
}

/** A record's parameters are its fields (here with a space, to tell them apart), and methods without parameters. */
function readRecord(walk: Walker, node: SyntaxNode, cls: Class, index: number): void {
  cls.methods.new = walk.to.func(
    cls.name,
    (fn) => {
      readParams(walk, field(node, 'parameters'));
      for (const { name } of fn.params) {
        walk.to.write({ kind: 'self', cls: index }, `${name} `, walk.to.name(name));
        if (name === 'rid') walk.to.mention('rid', { value: walk.to.name(name), at: spanOf(node) });
      }
    },
    index,
  );
  for (const parameter of children(field(node, 'parameters'))) {
    const name = field(parameter, 'name')?.text ?? '';
    walk.to.declare(name, { kind: 'member', of: { kind: 'self', cls: index }, name: `${name} ` });
    cls.methods[name] = walk.to.func(
      name,
      () => {
        walk.to.returns({ kind: 'member', of: { kind: 'self', cls: index }, name: `${name} ` });
      },
      index,
    );
  }
}

/** An annotation is read as a call of its type. */
function readAnnotations(walk: Walker, member: SyntaxNode): void {
  const modifiers = children(member).find(({ type }) => type === 'modifiers');
  for (const annotation of children(modifiers).filter(({ type }) => type === 'annotation')) {
    const args = children(field(annotation, 'arguments')).map((arg) => {
      const value = arg.type === 'element_value_pair' ? (field(arg, 'value') ?? arg) : arg;
      const name = arg.type === 'element_value_pair' ? field(arg, 'key')?.text : undefined;
      return { ...located(walk, value), ...(name !== undefined && { name }) };
    });
    walk.to.call(walk.visit(field(annotation, 'name')), args, annotation, true);
  }
}
