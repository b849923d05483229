import type { Evaluator } from './evaluator';
import { lastName } from './expressions';
import type { SourceFile } from '../files/sourceFile';
import { type Frame, type Value, unknownValue } from './value';

type Instance = Value & { kind: 'instance' };

/** The call in a class's constructor that constructs its base: `super(…)`, `: base(…)`, `parent::__construct(…)`. */
export function superCall(file: SourceFile, cls: number): number | undefined {
  const derived = file.outline.classes[cls];
  const [base] = derived?.bases ?? [];
  const constructor = derived?.methods.new;
  if (!base || constructor === undefined) return undefined;
  return file.callsByName.get(lastName(base))?.find((index) => {
    const { fn, isNew, callee } = file.call(index);
    return isNew === true && fn === constructor && JSON.stringify(callee) === JSON.stringify(base);
  });
}

/** What the constructor of a base class ran for when an object of a class that is derived from it was made. */
export function baseFrame({ file, cls, made }: Instance, base: Value & { kind: 'class' }): Frame | undefined {
  const fn = base.file.outline.classes[base.cls]?.methods.new ?? -1;
  const call = superCall(file, cls);
  if (call !== undefined) return { file: base.file, fn, site: { file, call, frame: made }, outer: undefined };
  // A class without a constructor of its own hands on what it is given.
  const isHandedOn = made && file.outline.classes[cls]?.methods.new === undefined;
  return isHandedOn ? { ...made, file: base.file, fn } : made;
}

// Code of a class works on objects of those that are derived from it: what these have of their own counts, such as a name
// that the class itself only promises. Which of them it is, the world prescribes, once for all members.

/** The object as one of a class that is derived from its own, where `name` is a member of such a class; a hole before one is chosen. */
export function kindOf(of: Instance, name: string, evaluator: Evaluator): Value | undefined {
  if (!of.isAny || (of.made && !of.made.isOpen)) return undefined;
  const { world, project } = evaluator;
  const { kinds, names } = project.derivedFrom(of.file, of.cls, world);
  const key = `kind ${of.file.path} ${of.cls}`;
  // Once it is said of which class the object is, it has all its members from there.
  if (kinds.length === 0 || !(names.has(name) || world.isFollowed(key))) return undefined;
  if (kinds.length > 1 && !world.follows(key)) return { kind: 'unknown', follow: key };
  const { file, cls } = kinds[kinds.length > 1 ? world.pick(key, kinds.length) : 0] ?? of;
  if (file === of.file && cls === of.cls) return undefined;
  const fn = file.outline.classes[cls]?.methods.new ?? -1;
  const made: Frame | undefined = of.made && { file, fn, outer: undefined, isOpen: true };
  return { kind: 'instance', file, cls, ...(made && { made }) };
}

/** The method that is called on an object which can be of a derived class. */
export function overriding(method: Value & { kind: 'function' }, evaluator: Evaluator): Value {
  const { file, fn, self } = method;
  const func = file.outline.functions[fn];
  if (self?.kind !== 'instance' || !func) return method;
  const kind = kindOf(self, func.name, evaluator);
  if (kind?.kind !== 'instance') return kind ?? method;
  const found = evaluator.member(kind, func.name);
  return found.kind === 'function' ? found : unknownValue;
}
