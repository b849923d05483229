import type { Evaluator } from '../evaluate/evaluator';
import type { Binding, Expr } from '../outline/outline';
import { callerArgument } from '../evaluate/parameters';
import type { SourceFile } from '../files/sourceFile';
import type { Naming } from '../libraries/library';
import { hasName } from '../evaluate/value';

/**
 * The place of the expression that names a resource. A function that takes the whole name as a parameter names nothing
 * itself: then it is the argument in the caller that does.
 */
export function placeOfName(naming: Naming, evaluator: Evaluator): Naming {
  let place = naming;
  for (let steps = 0; steps < 10; steps++) {
    const param = soleParam(place.value, place.in.file);
    if (!param) return place;
    const next = callerArgument(place.in.file, param.fn, param.index, evaluator);
    if (!next) return place;
    place = next;
  }
  return place;
}

/**
 * The parameter that an expression consists of, but for text without a name in it (`'get.' + name`). Of several it is the
 * last: `method + '.' + name`.
 */
function soleParam(expr: Expr, file: SourceFile): (Binding & { kind: 'param' }) | undefined {
  if (expr.kind === 'concat') {
    const rest = flat(expr).filter((item) => item.kind !== 'text' || hasName(item.text));
    const params = rest.map((item) => soleParam(item, file));
    return params.every((param) => param !== undefined) ? params.at(-1) : undefined;
  }
  if (expr.kind !== 'name') return undefined;
  const { scopes } = file.outline;
  for (let index = expr.scope; index !== -1; index = scopes[index]?.parent ?? -1) {
    const binding = scopes[index]?.names[expr.name];
    if (binding) return binding.kind === 'param' ? binding : undefined;
  }
  return undefined;
}

function flat(expr: Expr): readonly Expr[] {
  return expr.kind === 'concat' ? expr.items.flatMap(flat) : [expr];
}
