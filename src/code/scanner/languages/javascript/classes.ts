import type { Class, Entry, Expr } from '../../outline/outline';
import { oneOf, unknown } from '../../evaluate/expressions';
import type { SyntaxNode } from '../../outline/syntax';
import { children, field } from '../../outline/walk';
import { onlyPromises, readClassValue } from '../declared';
import { jsString } from './literals';
import { readFunction, readNamed } from './functions';
import { readType, readTypeName } from './types';
import type { Walker } from '../walker';

export function readKey(walk: Walker, node: SyntaxNode): string | Expr {
  if (node.type === 'string') return jsString(node.text);
  if (node.type !== 'computed_property_name') return node.text;
  const key = walk.visit(children(node)[0]);
  return key.kind === 'text' ? key.text : key;
}

export function readClass(walk: Walker, node: SyntaxNode): Expr {
  const name = field(node, 'name')?.text ?? '';
  return readClassValue(walk, name, (cls, index) => {
    const heritage = children(node).find(({ type }) => type === 'class_heritage');
    for (const base of children(heritage)) {
      if (base.type === 'implements_clause')
        cls.bases.push(...children(base).map((type) => readTypeName(walk, type)));
      else cls.bases.push(walk.visit(base.type === 'extends_clause' ? field(base, 'value') : base));
    }
    for (const member of children(field(node, 'body'))) readClassMember(walk, member, cls, index);
  });
}

function readClassMember(walk: Walker, member: SyntaxNode, cls: Class, index: number): void {
  const name = (field(member, 'name') ?? field(member, 'property'))?.text ?? '';
  if (member.type === 'method_definition') {
    const isGetter = member.children.some((child) => child?.type === 'get');
    const fn = readFunction(walk, member, name, index);
    const made = walk.to.outline.functions[fn];
    if (isGetter)
      cls.fields[name] = { values: oneOf(made?.returns), ...(made?.result && { type: made.result }) };
    else cls.methods[name === 'constructor' ? 'new' : name] = fn;
  } else if (member.type === 'abstract_method_signature') {
    const fn = onlyPromises(walk, readFunction(walk, member, name, index));
    const result = walk.to.outline.functions[fn]?.result;
    if (member.children.some((child) => child?.type === 'get'))
      cls.fields[name] = { values: [], ...(result && { type: result }) };
    else cls.methods[name] = fn;
  } else if (member.type === 'public_field_definition' || member.type === 'field_definition') {
    const valueNode = field(member, 'value');
    const value = valueNode && readNamed(walk, valueNode, name);
    if (value?.kind === 'function') cls.methods[name] = value.fn;
    const type = readType(walk, field(member, 'type'));
    cls.fields[name] = { values: value ? [value] : [], ...(type.kind !== 'unknown' && { type }) };
  } else walk.visit(member);
}

export function readEnum(walk: Walker, node: SyntaxNode): Expr {
  const entries: Entry[] = [];
  for (const member of children(field(node, 'body'))) {
    const value = field(member, 'value');
    const name = field(member, 'name');
    if (value && name) entries.push(walk.to.entry(readKey(walk, name), name, walk.visit(value), value));
  }
  walk.to.declare(field(node, 'name')?.text ?? '', { kind: 'record', entries });
  return unknown;
}
