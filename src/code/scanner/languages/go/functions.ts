import type { Expr } from '../../outline/outline';
import { unknown } from '../../evaluate/expressions';
import type { SyntaxNode } from '../../outline/syntax';
import { children, field, fields } from '../../outline/walk';
import { declareSelf } from '../declared';
import type { Walker } from '../walker';

/** `func name(…) {…}` */
export function readFunctionDeclaration(walk: Walker, node: SyntaxNode): Expr {
  const name = field(node, 'name')?.text ?? '';
  const fn = readFunction(walk, node, name);
  if (name !== 'init' && name !== '_') walk.to.declare(name, { kind: 'function', fn });
  return unknown;
}

/** `func (self *Type) name(…) {…}`, which other files find as `Type.name`. */
export function readMethod(walk: Walker, node: SyntaxNode): Expr {
  const name = field(node, 'name')?.text ?? '';
  const receiver = children(field(node, 'receiver'))[0];
  const type = baseTypeName(receiver && field(receiver, 'type'));
  const self = receiver && field(receiver, 'name')?.text;
  const fn = readFunction(walk, node, name, self === undefined ? {} : { self, type });
  walk.to.outline.exports[`${type}.${name}`] = { kind: 'function', fn };
  return unknown;
}

interface Owner {
  readonly self?: string;
  readonly type?: string;
  readonly cls?: number;
}

/** Reads a function's parameters, result type and code. */
export function readFunction(walk: Walker, node: SyntaxNode, name: string, owner: Owner = {}): number {
  const { self, type, cls } = owner;
  return walk.to.func(
    name,
    (fn) => {
      if (self !== undefined && type !== undefined)
        declareSelf(walk, self, { kind: 'name', name: type, scope: 0 });
      for (const declaration of children(field(node, 'parameters'))) readParams(walk, declaration);
      const result = field(node, 'result');
      const first = result?.type === 'parameter_list' ? field(children(result)[0], 'type') : result;
      if (first) fn.result = walk.visit(first);
      walk.visitAll(field(node, 'body'));
    },
    cls,
    node,
  );
}

function readParams(walk: Walker, declaration: SyntaxNode): void {
  const typeNode = field(declaration, 'type');
  const type = typeNode && walk.visit(typeNode);
  const names = fields(declaration, 'name').map((name) => name.text);
  const isRest = declaration.type === 'variadic_parameter_declaration';
  for (const name of names.length === 0 ? ['_'] : names)
    walk.to.param({ name, ...(isRest ? { isRest } : type && { type }) });
}

/** The name of the type that a method belongs to. */
function baseTypeName(type: SyntaxNode | undefined): string {
  if (!type) return '';
  if (type.type === 'pointer_type') return baseTypeName(children(type)[0]);
  if (type.type === 'generic_type') return baseTypeName(field(type, 'type'));
  return type.text;
}
