import type { Class, Entry, Expr } from '../../outline/outline';
import { extensionNamed, oneOf, text, unknown } from '../../evaluate/expressions';
import type { SyntaxNode } from '../../outline/syntax';
import { children, field } from '../../outline/walk';
import { callBase, fieldOf, methodAt, readNamedType } from '../declared';
import { addConstructor, addMethod } from '../overloads';
import type { Walker } from '../walker';
import { readFunction, readParam } from './functions';
import { readArguments } from './arguments';
import { readValue, variablesOf } from './variables';

/** A class, struct, record or interface. */
export function readType(walk: Walker, node: SyntaxNode): Expr {
  const name = field(node, 'name')?.text ?? '';
  readNamedType(walk, name, (cls, index) => {
    if (node.type === 'interface_declaration') cls.isAbstract = true;
    const bases = children(children(node).find(({ type }) => type === 'base_list')).flatMap((base) =>
      base.type === 'primary_constructor_base_type' ? children(base) : [base],
    );
    const handedOn = bases.find(({ type }) => type === 'argument_list');
    for (const base of bases) if (base !== handedOn) cls.bases.push(walk.visit(base));
    readAttributes(walk, node, cls);
    walk.to.block(() => {
      const members = children(field(node, 'body'));
      for (const member of members) declareMember(walk, member, index);
      readPrimary(walk, node, cls, index, handedOn);
      for (const member of members) readMember(walk, member, cls, index);
    });
  });
  return unknown;
}

/** `class Name(string a) : Base(a)`: the parameters are known in the whole class. */
function readPrimary(walk: Walker, node: SyntaxNode, cls: Class, index: number, handedOn?: SyntaxNode): void {
  const list = children(node).find(({ type }) => type === 'parameter_list');
  if (!list) return;
  cls.methods.new = walk.to.func(
    cls.name,
    ({ params }) => {
      for (const parameter of children(list)) readParam(walk, parameter);
      for (const { name } of params) walk.to.write({ kind: 'self', cls: index }, name, walk.to.name(name));
      if (handedOn) callBase(walk, readArguments(walk, handedOn), handedOn);
      for (const { name, type } of params) cls.fields[name] = fieldOf(undefined, type ?? unknown);
    },
    index,
  );
  for (const { name } of walk.to.outline.functions[cls.methods.new]?.params ?? [])
    walk.to.declare(name, { kind: 'member', of: { kind: 'self', cls: index }, name });
}

/** Inside of a class, its members are known by their bare names. */
function declareMember(walk: Walker, member: SyntaxNode, index: number): void {
  const declaration = children(member).find(({ type }) => type === 'variable_declaration');
  const declarators = children(declaration).filter(({ type }) => type === 'variable_declarator');
  const isNamed = member.type === 'property_declaration' || member.type === 'method_declaration';
  const named = isNamed ? [member] : declarators;
  for (const each of named) {
    const name = field(each, 'name')?.text;
    if (name !== undefined)
      walk.to.declare(name, { kind: 'member', of: { kind: 'self', cls: index }, name }, undefined);
  }
}

function readMember(walk: Walker, member: SyntaxNode, cls: Class, index: number): void {
  const name = field(member, 'name')?.text ?? '';
  switch (member.type) {
    case 'field_declaration': {
      const declaration = children(member).find(({ type }) => type === 'variable_declaration');
      if (!declaration) return;
      for (const { name: each, value, type } of variablesOf(walk, declaration)) {
        cls.fields[each] = { values: value ? [value] : [], ...(type && { type }) };
        readJsonName(walk, member, each, cls);
      }
      return;
    }
    case 'property_declaration':
      readProperty(walk, member, name, cls);
      readJsonName(walk, member, name, cls);
      return;
    case 'method_declaration':
      addMethod(walk, cls, name, readMethod(walk, member, name, index));
      readAttributes(walk, member, cls, name);
      return;
    case 'constructor_declaration':
      addConstructor(cls, readFunction(walk, member, name, index));
      return;
    default:
      walk.visit(member);
  }
}

function readMethod(walk: Walker, member: SyntaxNode, name: string, index: number): number {
  const fn = readFunction(walk, member, name, index);
  const isExtension = walk.to.outline.functions[fn]?.params[0]?.isReceiver;
  if (isExtension) walk.to.declare(extensionNamed(name), { kind: 'function', fn }, undefined, 0);
  return methodAt(walk, member, fn);
}

function readProperty(walk: Walker, member: SyntaxNode, name: string, cls: Class): void {
  const typeNode = field(member, 'type');
  const type = typeNode && walk.visit(typeNode);
  const valueNode = field(member, 'value');
  const values: Expr[] = [];
  if (valueNode?.type === 'arrow_expression_clause') values.push(walk.visit(children(valueNode)[0]));
  else if (valueNode) values.push(readValue(walk, valueNode, type));
  for (const accessor of children(field(member, 'accessors'))) {
    const fn = readFunction(walk, accessor, '');
    if (accessor.child(0)?.type === 'get') values.push(...oneOf(walk.to.outline.functions[fn]?.returns));
  }
  cls.fields[name] = { values, ...(type && { type }) };
}

/** Attributes are kept as fields in brackets, whose value is the attribute as a call. */
function readAttributes(walk: Walker, node: SyntaxNode, cls: Class, method?: string): void {
  for (const attribute of attributesOf(node)) {
    const name = (field(attribute, 'name')?.text ?? '').replace(/Attribute$/, '').replace(/^.*\./, '');
    const args = readArguments(walk, children(attribute).at(-1));
    const value = walk.to.call(walk.to.name(name), args, attribute, true);
    cls.fields[method === undefined ? `[${name}]` : `[${name}] ${method}`] = { values: [value] };
  }
}

/** `[JsonProperty("rid")]`, `[JsonPropertyName("rid")]` */
function readJsonName(walk: Walker, member: SyntaxNode, name: string, cls: Class): void {
  for (const attribute of attributesOf(member)) {
    if (!/^Json(Property|PropertyName)$/.test(field(attribute, 'name')?.text ?? '')) continue;
    for (const { value } of readArguments(walk, children(attribute).at(-1))) {
      if (value.kind === 'text') cls.json = { ...cls.json, [name]: value.text };
    }
  }
}

function attributesOf(node: SyntaxNode): SyntaxNode[] {
  return children(node)
    .filter(({ type }) => type === 'attribute_list')
    .flatMap((list) => children(list).filter(({ type }) => type === 'attribute'));
}

export function readEnum(walk: Walker, node: SyntaxNode): Expr {
  const entries: Entry[] = [];
  for (const member of children(field(node, 'body'))) {
    const name = field(member, 'name');
    if (name) entries.push(walk.to.entry(name.text, name, text(name.text), name));
  }
  walk.to.declare(field(node, 'name')?.text ?? '', { kind: 'record', entries }, undefined, 0);
  return unknown;
}
