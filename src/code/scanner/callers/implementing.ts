import { Evaluation } from '../evaluate/evaluation';
import type { Code, Evaluator } from '../evaluate/evaluator';
import type { SourceFile } from '../files/sourceFile';
import type { Value } from '../evaluate/value';
import type { World } from '../evaluate/world';

/** How many classes up an interface is looked for. */
const maxDepth = 10;

/**
 * Tells for each method that only says what others have whether it can be the method `fn` of `file`: whoever calls the one
 * may call the other.
 */
export function implementing(
  file: SourceFile,
  fn: number,
  project: Code,
  world: World,
  reach: number,
): (promise: Value & { kind: 'function' }) => boolean {
  const method = file.outline.functions[fn];
  const cls = method?.cls;
  // Where methods are written outside of their types, a type that has all methods of an interface is one of it.
  const type = cls === undefined && file.outline.unit !== undefined ? file.typeOf(fn) : undefined;
  let bases: ReadonlySet<object> | undefined;
  return (value) => {
    const promised = value.file.outline.functions[value.fn];
    const promise = promised?.cls === undefined ? undefined : value.file.outline.classes[promised.cls];
    world.touch(value.file);
    if (!method || !promise || !promised?.isAbstract || promised.name !== method.name) return false;
    if (promised.params.length !== method.params.length) return false;
    if (type !== undefined)
      return Object.entries(promise.methods).every(
        ([name, each]) =>
          value.file.outline.functions[each]?.isAbstract !== true ||
          project.methodOf(file, type, name, world),
      );
    if (cls === undefined) return false;
    // Elsewhere a class names the interfaces that it has.
    bases ??= basesOf(file, cls, new Evaluation(project, world.aside, reach));
    return bases.has(promise);
  };
}

/** All classes that a class inherits from. */
function basesOf(file: SourceFile, cls: number, evaluator: Evaluator, depth = 0): Set<object> {
  const found = new Set<object>();
  for (const base of file.outline.classes[cls]?.bases ?? []) {
    const value = evaluator.evaluate(base, { file, frame: undefined });
    const known = value.kind === 'class' ? value.file.outline.classes[value.cls] : undefined;
    if (value.kind !== 'class' || !known || depth > maxDepth) continue;
    found.add(known);
    for (const further of basesOf(value.file, value.cls, evaluator, depth + 1)) found.add(further);
  }
  return found;
}
