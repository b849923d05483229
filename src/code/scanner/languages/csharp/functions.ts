import type { Expr } from '../../outline/outline';
import { unknown } from '../../evaluate/expressions';
import type { SyntaxNode } from '../../outline/syntax';
import { children, field } from '../../outline/walk';
import { callBase } from '../declared';
import type { Walker } from '../walker';
import { readArguments } from './arguments';

/** Reads the parameters and the code of a method, a constructor, a local function or a lambda. */
export function readFunction(walk: Walker, node: SyntaxNode, name: string, cls?: number): number {
  return walk.to.func(
    name,
    (fn) => {
      const parameters = field(node, 'parameters');
      if (parameters?.type === 'implicit_parameter') walk.to.param({ name: parameters.text });
      for (const parameter of children(parameters)) {
        if (parameter.type === 'parameter') readParam(walk, parameter);
      }
      // `params` makes the last one a part of the list itself.
      const rest = parameters?.type === 'parameter_list' ? field(parameters, 'name') : undefined;
      if (rest) walk.to.param({ name: rest.text, isRest: true });
      const result =
        field(node, 'returns') ?? (node.type.startsWith('local') ? field(node, 'type') : undefined);
      if (result && result.text !== 'void') fn.result = walk.visit(awaited(result));
      const initializer = children(node).find(({ type }) => type === 'constructor_initializer');
      if (initializer) readInitializer(walk, initializer);
      const body = field(node, 'body') ?? children(node).find(({ type }) => type === 'block');
      if (body?.type === 'block') walk.visitAll(body);
      else if (body?.type === 'arrow_expression_clause') walk.visit(body);
      else if (body) walk.to.returns(walk.visit(body));
    },
    cls,
  );
}

export function readParam(walk: Walker, node: SyntaxNode): void {
  const type = field(node, 'type');
  const name = field(node, 'name');
  const last = children(node).at(-1);
  const fallback = last && name && last.startIndex > name.startIndex ? walk.visit(last) : undefined;
  walk.to.param({
    name: name?.text ?? '_',
    ...(isReceiver(node) && { isReceiver: true }),
    ...(type && { type: walk.visit(type) }),
    ...(fallback && { fallback }),
  });
}

/** `this T name`: the method can be called on a `T`. */
function isReceiver(parameter: SyntaxNode): boolean {
  return children(parameter).some(({ type, text }) => type === 'modifier' && text === 'this');
}

/** `: base(…)` is a construction of the base class. */
function readInitializer(walk: Walker, node: SyntaxNode): void {
  const args = readArguments(walk, children(node)[0]);
  const isBase = node.children.some((child) => child?.type === 'base');
  if (isBase) callBase(walk, args, node);
}

/** `Task<T>` is awaited before it is used. */
function awaited(type: SyntaxNode): SyntaxNode {
  if (type.type !== 'generic_name' || !/^(Value)?Task</.test(type.text)) return type;
  return children(children(type)[1])[0] ?? type;
}

export function readLambda(walk: Walker, node: SyntaxNode): Expr {
  return { kind: 'function', fn: readFunction(walk, node, '') };
}

export function readLocalFunction(walk: Walker, node: SyntaxNode): Expr {
  const name = field(node, 'name')?.text ?? '';
  walk.to.declare(name, { kind: 'function', fn: readFunction(walk, node, name) });
  return unknown;
}
