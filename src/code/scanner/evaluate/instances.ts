import { baseFrame } from './bases';
import type { Evaluator, Written } from './evaluator';
import type { Expr } from '../outline/outline';
import { type Context, type Value, closed, isSame, unknownValue } from './value';

/** A method or field of an object, its own or inherited. */
export function memberOfInstance(of: Value & { k: 'instance' }, name: string, evaluator: Evaluator): Value {
  evaluator.world.touch(of.file);
  const cls = of.file.outline.classes[of.cls];
  if (!cls) return unknownValue;
  const context: Context = { file: of.file, frame: of.made };
  const method = cls.methods[name];
  if (method !== undefined) return { k: 'function', file: of.file, fn: method, self: of };
  const outside = evaluator.project.methodOf(of.file, cls.name, name, evaluator.world);
  if (outside) return { k: 'function', ...outside, self: of };
  const field = cls.fields[name];
  const declared = evaluator.declared(field?.type, { file: of.file, frame: undefined });
  if (declared) return declared;
  const written = isReadIn(of, name) ? [] : evaluator.project.writes.to(of, name, evaluator);
  if (!written || field || written.length > 0) {
    const own = (field?.values ?? []).map((value) => ({ value, in: context }));
    const value = written && onlyValue([...own, ...written], evaluator);
    if (value) return of.made?.isOpen ? closed(value) : value;
    if (field?.type)
      return evaluator.instanceOf(evaluator.evaluate(field.type, { file: of.file, frame: undefined }));
    return unknownValue;
  }
  for (const base of cls.bases) {
    const inherited = memberOfBase(of, base, name, evaluator);
    if (inherited) return inherited;
  }
  return { k: 'method', of, name };
}

/** The one value of all that were ever given; none if they differ. */
function onlyValue(given: readonly Written[], evaluator: Evaluator): Value | undefined {
  let only: Value | undefined;
  for (const each of given) {
    const value = evaluator.evaluate(each.value, each.in);
    if (value.k === 'unknown' && value.follow === undefined) continue;
    if (only && !(isSame(only, only) && isSame(only, value))) return undefined;
    only ??= value;
  }
  return only;
}

/**
 * What has a name in JSON can be read in from there: what the code writes to it is then one value of many, such as a
 * setting's default.
 */
function isReadIn({ file, cls, made }: Value & { k: 'instance' }, name: string): boolean {
  return made === undefined && Object.hasOwn(file.outline.classes[cls]?.json ?? {}, name);
}

function memberOfBase(
  of: Value & { k: 'instance' },
  base: Expr,
  name: string,
  evaluator: Evaluator,
): Value | undefined {
  const cls = of.file.outline.classes[of.cls];
  const embedded = base.k === 'name' || base.k === 'member' ? base.name : '';
  // An embedded struct is a field too, whose value may be known.
  const value = cls?.fields[embedded]
    ? memberOfInstance(of, embedded, evaluator)
    : baseOf(of, evaluator.evaluate(base, { file: of.file, frame: undefined }), evaluator);
  if (value.k === 'unknown') return undefined;
  const found = evaluator.member(value, name);
  return found.k === 'unknown' || (found.k === 'method' && found.of.k === 'instance') ? undefined : found;
}

/** An object as what its base class makes of it. */
function baseOf(of: Value & { k: 'instance' }, base: Value, evaluator: Evaluator): Value {
  return evaluator.instanceOf(base, base.k === 'class' ? baseFrame(of, base) : of.made);
}
