import { lastName } from './expressions';
import type { SourceFile } from '../files/sourceFile';
import type { Frame, Value } from './value';

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
export function baseFrame(
  { file, cls, made }: Value & { k: 'instance' },
  base: Value & { k: 'class' },
): Frame | undefined {
  const fn = base.file.outline.classes[base.cls]?.methods.new ?? -1;
  const call = superCall(file, cls);
  if (call !== undefined) return { file: base.file, fn, site: { file, call, frame: made }, outer: undefined };
  // A class without a constructor of its own hands on what it is given.
  const isHandedOn = made && file.outline.classes[cls]?.methods.new === undefined;
  return isHandedOn ? { ...made, file: base.file, fn } : made;
}
