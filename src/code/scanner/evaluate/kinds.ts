/**
 * Code of a class works on objects of those that are derived from it: what these have of their own counts, such as a name
 * that the class itself only promises. Which of them it is, the world prescribes, once for all members.
 */
import type { Evaluator } from './evaluator';
import { type Frame, type Value, unknownValue } from './value';

type Instance = Value & { k: 'instance' };

/** The object as one of a class that is derived from its own, where `name` is a member of such a class; a hole before one is chosen. */
export function kindOf(of: Instance, name: string, evaluator: Evaluator): Value | undefined {
  if (!of.isAny || (of.made && !of.made.isOpen)) return undefined;
  const { world, project } = evaluator;
  const { kinds, names } = project.derivedFrom(of.file, of.cls, world);
  const key = `kind ${of.file.path} ${of.cls}`;
  // Once it is said of which class the object is, it has all its members from there.
  if (kinds.length === 0 || !(names.has(name) || world.isFollowed(key))) return undefined;
  if (kinds.length > 1 && !world.follows(key)) return { k: 'unknown', follow: key };
  const { file, cls } = kinds[kinds.length > 1 ? world.pick(key, kinds.length) : 0] ?? of;
  if (file === of.file && cls === of.cls) return undefined;
  const fn = file.outline.classes[cls]?.methods.new ?? -1;
  const made: Frame | undefined = of.made && { file, fn, outer: undefined, isOpen: true };
  return { k: 'instance', file, cls, ...(made && { made }) };
}

/** The method that is called on an object which can be of a derived class. */
export function overriding(method: Value & { k: 'function' }, evaluator: Evaluator): Value {
  const { file, fn, self } = method;
  const func = file.outline.functions[fn];
  if (self?.k !== 'instance' || !func) return method;
  const kind = kindOf(self, func.name, evaluator);
  if (kind?.k !== 'instance') return kind ?? method;
  const found = evaluator.member(kind, func.name);
  return found.k === 'function' ? found : unknownValue;
}
