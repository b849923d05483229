import { withAdded } from './collections/additions';
import { exported } from './declarations';
import type { Evaluator } from './evaluator';
import { addedToField, memberOfInstance } from './instances';
import { valueIn } from './collections/items';
import { type MapEntry, type Value, absentValue, isSame, unknownValue } from './value';

/** A member of a value: a field, a method, an export. */
export function memberOf(of: Value, name: string, evaluator: Evaluator): Value {
  switch (of.kind) {
    case 'record': {
      const entry = of.entries.find(({ key }) => key === name) ?? unnamedEntry(of, name, evaluator);
      if (entry) {
        const value = valueIn(of, entry, evaluator);
        return of.type?.kind === 'instance' && value.kind !== 'function'
          ? withAdded(value, addedToField(of.type, name, evaluator), evaluator)
          : value;
      }
      if (isLeftOut(of, name, evaluator)) {
        const added = of.type?.kind === 'instance' ? addedToField(of.type, name, evaluator) : [];
        return withAdded(absentValue, added, evaluator);
      }
      const found = of.type ? evaluator.member(of.type, name) : unknownValue;
      // A method works on the very object, whose fields are known.
      return found.kind === 'function' && found.self && of.type && isSame(found.self, of.type)
        ? { ...found, self: of }
        : found;
    }
    case 'module':
      return exported(of.files, name, evaluator);
    case 'external': {
      if (of.instance) return { kind: 'method', of, name };
      const separator = of.origin.includes('#') ? '.' : '#';
      return { kind: 'external', origin: `${of.origin}${separator}${name}` };
    }
    case 'instance': {
      const value = memberOfInstance(of, name, evaluator);
      return of.isData && value.kind === 'text' ? { ...value, isSeed: true } : value;
    }
    case 'class':
      return memberOfClass(of, name, evaluator);
    case 'text':
      // A member of an enumeration stands for its value.
      return name === 'value' ? of : { kind: 'method', of, name };
    default:
      return { kind: 'method', of, name };
  }
}

/** Whether it is known that a record has nothing under a name: neither itself, nor is anything else written there. */
function isLeftOut(of: Value & { kind: 'record' }, name: string, evaluator: Evaluator): boolean {
  const { entries, type } = of;
  if (of.isGrown === true || entries.some(({ key }) => typeof key !== 'string')) return false;
  if (!type) return entries.length > 0;
  if (type.kind !== 'instance') return false;
  const field = type.file.outline.classes[type.cls]?.fields[name];
  if (!field || field.values.length > 0) return false;
  // What other literals of the type have is theirs.
  const written = evaluator.project.writes.to(type, name, evaluator);
  return written !== undefined && written.every(({ isInitial }) => isInitial);
}

/** The entry of a record that has no names, but the order of its type's fields. */
function unnamedEntry(
  { entries, type }: Value & { kind: 'record' },
  name: string,
  { world }: Evaluator,
): MapEntry | undefined {
  if (type?.kind !== 'instance' || entries[0]?.key !== '0') return undefined;
  world.touch(type.file);
  const index = Object.keys(type.file.outline.classes[type.cls]?.fields ?? {}).indexOf(name);
  return index < 0 ? undefined : entries.find(({ key }) => key === String(index));
}

function memberOfClass(of: Value & { kind: 'class' }, name: string, evaluator: Evaluator): Value {
  evaluator.world.touch(of.file);
  const cls = of.file.outline.classes[of.cls];
  const value = cls?.fields[name]?.values[0];
  const method = cls?.methods[name];
  if (!value && method !== undefined) return { kind: 'function', file: of.file, fn: method };
  if (value) return evaluator.evaluate(value, { file: of.file, frame: undefined });
  const member = memberOfInstance({ kind: 'instance', file: of.file, cls: of.cls }, name, evaluator);
  return member.kind === 'unknown' || member.kind === 'method' ? { kind: 'method', of, name } : member;
}
