import { unknown } from '../../evaluate/expressions';
import type { Class, Expr } from '../../outline/outline';
import type { SyntaxNode } from '../../outline/syntax';
import { children, field } from '../../outline/walk';
import { fieldOf, onlyPromises } from '../declared';
import type { Walker } from '../walker';
import { readFunction } from './functions';
import { readType, readTypeName } from './types';

/** `interface Name extends A { … }` */
export function readInterface(walk: Walker, node: SyntaxNode): Expr {
  const bases = children(node).find(({ type }) => type === 'extends_type_clause');
  const name = field(node, 'name')?.text ?? '';
  const value = readTypeBody(walk, name, children(bases), field(node, 'body'));
  walk.to.declare(name, value);
  return unknown;
}

/** `type Name = { … } & A`: of other types there is nothing to know but their names. */
export function readAlias(walk: Walker, node: SyntaxNode): Expr {
  const name = field(node, 'name')?.text ?? '';
  const type = field(node, 'value');
  const isBody = type?.type === 'object_type' || type?.type === 'intersection_type';
  const value = isBody ? readTypeBody(walk, name, [], type) : type ? readTypeName(walk, type) : unknown;
  if (value.kind !== 'unknown') walk.to.declare(name, value);
  return unknown;
}

/** `{ … }`, `{ … } & A` where a type is due. */
export function readObjectType(walk: Walker, node: SyntaxNode): Expr {
  return readTypeBody(walk, '', [], node);
}

/** What objects of a type have, as a class that has no code. */
function readTypeBody(
  walk: Walker,
  name: string,
  bases: readonly SyntaxNode[],
  body: SyntaxNode | undefined,
): Expr {
  const index = walk.to.class(name, (cls, index) => {
    cls.isAbstract = true;
    const parts = body?.type === 'intersection_type' ? children(body) : body ? [body] : [];
    for (const base of [...bases, ...parts.filter(({ type }) => !isBody(type))]) {
      const type = readTypeName(walk, base);
      if (type.kind !== 'unknown') cls.bases.push(type);
    }
    const members = parts.filter(({ type }) => isBody(type)).flatMap((part) => children(part));
    for (const member of members) readSignature(walk, member, cls, index);
  });
  return { kind: 'class', cls: index };
}

function isBody(type: string): boolean {
  return type === 'object_type' || type === 'interface_body';
}

function readSignature(walk: Walker, member: SyntaxNode, cls: Class, index: number): void {
  const name = field(member, 'name')?.text ?? '';
  const annotation = field(member, 'type');
  const isGetter = member.children.some((child) => child?.type === 'get');
  if (member.type === 'method_signature' && !isGetter)
    cls.methods[name] = onlyPromises(walk, readFunction(walk, member, name, index));
  else if (children(annotation)[0]?.type === 'function_type') {
    // A property that is called is a method to whoever calls it.
    const signature = children(annotation)[0];
    if (signature) cls.methods[name] = onlyPromises(walk, readFunction(walk, signature, name, index));
  } else if (/^(property|method)_signature$/.test(member.type))
    cls.fields[name] = fieldOf(undefined, readType(walk, annotation ?? field(member, 'return_type')));
}
