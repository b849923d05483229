import type { Expr, Func } from '../../outline/outline';
import { unknown } from '../../evaluate/expressions';
import type { SyntaxNode } from '../../outline/syntax';
import { field } from '../../outline/walk';
import { readType } from './types';
import { parts, type DartWalker } from './walker';
import { addParam } from '../declared';

/** Reads a function's parameters and body; `also` runs inside of it, before the body. */
export function readFunction(
  walk: DartWalker,
  signature: SyntaxNode,
  body: SyntaxNode | undefined,
  name: string,
  cls?: number,
  also?: (fn: Func) => void,
): number {
  return walk.to.func(
    name,
    (fn) => {
      const result = readType(walk, parts(signature));
      if (result.kind !== 'unknown' && signature.type !== 'function_expression') fn.result = result;
      const list = parts(signature).find(({ type }) => type === 'formal_parameter_list');
      for (const param of parts(list)) {
        if (param.type === 'optional_formal_parameters') readOptional(walk, param);
        else readParam(walk, param, undefined);
      }
      also?.(fn);
      if (body) readBody(walk, body);
    },
    cls,
  );
}

/** `{…}`, `=> …` */
function readBody(walk: DartWalker, body: SyntaxNode): void {
  const inner = parts(body);
  if (inner.some(({ type }) => type === 'block')) walk.visitAll(body);
  else walk.to.returns(walk.only(inner));
}

/** Parameters in braces or brackets; each can be followed by its default. */
function readOptional(walk: DartWalker, list: SyntaxNode): void {
  const nodes = parts(list);
  for (const [index, node] of nodes.entries()) {
    if (node.type !== 'formal_parameter') continue;
    const next = nodes.findIndex((other, place) => place > index && other.type === 'formal_parameter');
    const fallback = nodes.slice(index + 1, next < 0 ? undefined : next);
    readParam(walk, node, fallback.length > 0 ? walk.only(fallback) : undefined);
  }
}

function readParam(walk: DartWalker, node: SyntaxNode, fallback: Expr | undefined): void {
  const [inner] = parts(node);
  const isField = inner?.type === 'constructor_param';
  const name =
    isField || inner?.type === 'super_formal_parameter'
      ? (parts(inner).findLast(({ type }) => type === 'identifier')?.text ?? '')
      : (field(node, 'name') ?? parts(node).findLast(({ type }) => type === 'identifier') ?? node).text;
  const type = isField ? unknown : readType(walk, parts(node));
  addParam(walk, name, type, fallback);
  // `this.name` in a constructor is a field too.
  if (isField && walk.to.cls !== undefined)
    walk.to.write({ kind: 'self', cls: walk.to.cls }, name, walk.to.name(name));
}
