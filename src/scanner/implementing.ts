import { Evaluator } from './evaluator';
import type { Project } from './project';
import type { SourceFile } from './sourceFile';
import type { Value } from './value';
import type { World } from './world';

/** How many classes up an interface is looked for. */
const maxDepth = 10;

/**
 * Whether a method that only says what others have (`value`) can be the method `fn` of `file`: whoever calls the one may
 * call the other.
 */
export function mayBeImplementedBy(
  value: Value,
  file: SourceFile,
  fn: number,
  project: Project,
  world: World,
): boolean {
  if (value.k !== 'function') return false;
  const promised = value.file.outline.functions[value.fn];
  const method = file.outline.functions[fn];
  const promise = promised?.cls === undefined ? undefined : value.file.outline.classes[promised.cls];
  if (!promised || !method || !promise?.isAbstract || promised.name !== method.name) return false;
  if (promised.params.length !== method.params.length) return false;
  if (file.outline.unit !== undefined && method.cls === undefined) {
    return hasMethods(Object.keys(promise.methods), file, fn, project, world);
  }
  return (
    method.cls !== undefined && inherits({ file, cls: method.cls }, value, promised.cls ?? -1, project, world)
  );
}

/** Where methods are written outside of their types, a type that has all methods of an interface is one of it. */
function hasMethods(
  names: readonly string[],
  file: SourceFile,
  fn: number,
  project: Project,
  world: World,
): boolean {
  const own = Object.entries(file.outline.exports).find(
    ([, value]) => value.k === 'function' && value.fn === fn,
  );
  const type = own?.[0].split('.', 1)[0];
  return type !== undefined && names.every((name) => project.methodOf(file, type, name, world));
}

/** Elsewhere a class names the interfaces that it has. */
function inherits(
  of: { file: SourceFile; cls: number },
  promise: Value & { k: 'function' },
  cls: number,
  project: Project,
  world: World,
  depth = 0,
): boolean {
  const evaluator = new Evaluator(project, world.aside);
  return (of.file.outline.classes[of.cls]?.bases ?? []).some((base) => {
    const value = evaluator.evaluate(base, { file: of.file, frame: undefined });
    if (value.k !== 'class' || depth > maxDepth) return false;
    if (value.file === promise.file && value.cls === cls) return true;
    return inherits({ file: value.file, cls: value.cls }, promise, cls, project, world, depth + 1);
  });
}
