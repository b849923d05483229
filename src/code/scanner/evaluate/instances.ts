import { withAdded } from './collections/additions';
import { baseFrame, kindOf } from './hierarchy';
import type { Evaluator, Written } from './evaluator';
import { addedTo, baseField, lastName } from './expressions';
import { type Context, type Frame, type Value, closed, isNothing, isSame, unknownValue } from './value';

type Instance = Value & { kind: 'instance' };

/** The classes in which a member was looked for, by file and number: a class can be written as its own base. */
type Visited = Set<string>;

/** How many classes up a method is looked for. */
const maxDepth = 10;

/** A method or field of an object, its own or inherited; of one that can be of a derived class, what that has. */
export function memberOfInstance(
  of: Instance,
  name: string,
  evaluator: Evaluator,
  below: ReadonlySet<string> = new Set(),
): Value {
  const found = memberAs(of, name, evaluator, new Set(below));
  // Which method it is matters only when it is called.
  if (found.kind === 'function') return found;
  const kind = kindOf(of, name, evaluator);
  return kind?.kind === 'instance' ? memberAs(kind, name, evaluator, new Set(below)) : (kind ?? found);
}

/** A method or field of an object of just this class, with what is added to it. */
function memberAs(
  of: Instance,
  name: string,
  evaluator: Evaluator,
  visited: Visited,
  object: Instance = of,
): Value {
  const value = plainMember(of, name, evaluator, visited, object);
  return value.kind === 'function' ? value : withAdded(value, addedToField(of, name, evaluator), evaluator);
}

/** What is added to a field that is a list or map. */
export function addedToField(of: Instance, name: string, evaluator: Evaluator): readonly Written[] {
  return evaluator.project.writes.to(of, addedTo(name), evaluator) ?? [];
}

/** `object` is the whole object, where the class is one that its own is derived from. */
function plainMember(
  of: Instance,
  name: string,
  evaluator: Evaluator,
  visited: Visited,
  object: Instance,
): Value {
  evaluator.world.touch(of.file);
  const key = `${of.file.path} ${of.cls}`;
  if (visited.has(key)) return unknownValue;
  visited.add(key);
  const cls = of.file.outline.classes[of.cls];
  if (!cls) return unknownValue;
  // What a property gives is of this very object.
  const made: Frame | undefined = of.made && { self: of, ...of.made };
  const inBase: Frame = { file: of.file, fn: -1, outer: undefined, ...of.made, self: object };
  const context: Context = { file: of.file, frame: object === of ? made : inBase };
  const field = cls.fields[name];
  // Where a field and a method have one name, it is the method only if it is called.
  const isField = field !== undefined && !field.values.some(({ kind }) => kind === 'function');
  const method = isField ? undefined : ownMethod(of, name, evaluator);
  if (method) return method;
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
  for (const base of basesOf(of, evaluator)) {
    const inherited = memberOfBase(of, base, name, evaluator, visited, object);
    if (inherited) return inherited;
  }
  return { kind: 'method', of, name };
}

/** A method of an object, its own or inherited. */
export function methodOfInstance(
  of: Instance,
  name: string,
  evaluator: Evaluator,
  depth = 0,
): Value | undefined {
  const own = ownMethod(of, name, evaluator);
  if (own || depth > maxDepth) return own;
  for (const base of basesOf(of, evaluator)) {
    const value = evaluator.evaluate(base.value, base.in);
    const found =
      value.kind === 'class' &&
      methodOfInstance({ kind: 'instance', file: value.file, cls: value.cls }, name, evaluator, depth + 1);
    if (found) return { ...found, self: of } as Value;
  }
  return undefined;
}

function ownMethod(of: Instance, name: string, evaluator: Evaluator): Value | undefined {
  const cls = of.file.outline.classes[of.cls];
  const method = cls?.methods[name];
  if (method !== undefined) return { kind: 'function', file: of.file, fn: method, self: of };
  const outside = cls && evaluator.project.methodOf(of.file, cls.name, name, evaluator.world);
  return outside && { kind: 'function', ...outside, self: of };
}

/** What a class is derived from: as it says itself, and as is said outside of it. */
function basesOf(of: Instance, evaluator: Evaluator): readonly Written[] {
  const bases = of.file.outline.classes[of.cls]?.bases ?? [];
  const context: Context = { file: of.file, frame: undefined };
  const outside = evaluator.project.writes.to({ ...of, made: undefined }, baseField, evaluator) ?? [];
  return [...bases.map((value) => ({ value, in: context })), ...outside];
}

/** The one value of all that were ever given; none if they differ. */
function onlyValue(given: readonly Written[], evaluator: Evaluator): Value | undefined {
  let only: Value | undefined;
  let absent: Value | undefined;
  let isOpen = false;
  for (const each of given) {
    const value = evaluator.evaluate(each.value, each.in);
    if (value.kind === 'unknown' && value.isAbsent) absent ??= value;
    if (isNothing(value)) {
      if (value.kind === 'unknown' && !value.isAbsent) isOpen = true;
      continue;
    }
    if (only && !(isSame(only, only) && isSame(only, value))) return undefined;
    only ??= value;
  }
  return only ?? (isOpen ? undefined : absent);
}

/**
 * A field with a name in JSON can be filled from there: a value that the code writes is then only one of many, such as
 * the default of a setting.
 */
function isReadIn({ file, cls, made }: Instance, name: string): boolean {
  return made === undefined && Object.hasOwn(file.outline.classes[cls]?.json ?? {}, name);
}

function memberOfBase(
  of: Instance,
  base: Written,
  name: string,
  evaluator: Evaluator,
  visited: Visited,
  object: Instance,
): Value | undefined {
  const cls = of.file.outline.classes[of.cls];
  const embedded = lastName(base.value);
  // An embedded struct is a field too, whose value may be known.
  if (cls?.fields[embedded]) {
    const inner = memberAs(of, embedded, evaluator, new Set());
    const isObject = inner.kind === 'instance';
    return known(
      isObject ? memberOfInstance(inner, name, evaluator, visited) : evaluator.member(inner, name),
    );
  }
  const value = evaluator.evaluate(base.value, base.in);
  if (value.kind !== 'class') return known(evaluator.member(evaluator.instanceOf(value, of.made), name));
  const made = baseFrame(of, value);
  const found = known(
    memberAs(
      { kind: 'instance', file: value.file, cls: value.cls, ...(made && { made }) },
      name,
      evaluator,
      visited,
      object,
    ),
  );
  // A method works on the object itself, whichever class it is from.
  return found?.kind === 'function' && found.self?.kind === 'instance' ? { ...found, self: object } : found;
}

function known(found: Value): Value | undefined {
  return found.kind === 'unknown' || (found.kind === 'method' && found.of.kind === 'instance')
    ? undefined
    : found;
}
