import type { Expr } from '../../outline/outline';
import type { SyntaxNode } from '../../outline/syntax';
import { children, field } from '../../outline/walk';
import { readBody } from '../declared';
import type { Walker } from '../walker';

/** Reads the parameters and the code of a method, a constructor or a lambda. */
export function readFunction(walk: Walker, node: SyntaxNode, name: string, cls?: number): number {
  return walk.to.func(
    name,
    (fn) => {
      readParams(walk, field(node, 'parameters'));
      const result = field(node, 'type');
      if (result && result.type !== 'void_type') fn.result = walk.visit(result);
      readBody(walk, field(node, 'body'), ['block', 'constructor_body']);
    },
    cls,
  );
}

export function readParams(walk: Walker, parameters: SyntaxNode | undefined): void {
  if (parameters?.type === 'identifier') walk.to.param({ name: parameters.text });
  for (const parameter of children(parameters)) {
    if (parameter.type === 'identifier') walk.to.param({ name: parameter.text });
    else if (parameter.type === 'formal_parameter') {
      const type = field(parameter, 'type');
      walk.to.param({ name: field(parameter, 'name')?.text ?? '_', ...(type && { type: walk.visit(type) }) });
    } else if (parameter.type === 'spread_parameter') {
      const name = field(children(parameter).at(-1), 'name')?.text ?? '_';
      walk.to.param({ name, isRest: true });
    }
  }
}

export function readLambda(walk: Walker, node: SyntaxNode): Expr {
  return { kind: 'function', fn: readFunction(walk, node, '') };
}
