import type { Evaluator } from './evaluator';
import { nestedNamed } from './expressions';
import type { SourceFile } from '../files/sourceFile';
import { type Context, type Value, unknownValue } from './value';

/** The class that an import names by its path; where no file is found for that, the one of this name in the package. */
function typeAt(path: string, context: Context, evaluator: Evaluator): Value {
  const dot = path.lastIndexOf('.');
  const name = path.slice(dot + 1);
  const own = context.file.outline.scopes[0]?.names[name];
  if (own) return evaluator.binding(own, `0 ${name}`, { file: context.file, frame: undefined });
  const type = imported(path.slice(0, Math.max(0, dot)), name, context.file, evaluator);
  return type.kind === 'class' ? type : (declaredElsewhere(name, context.file, evaluator) ?? unknownValue);
}

/** What another file of the package declares. */
function declaredElsewhere(name: string, file: SourceFile, evaluator: Evaluator): Value | undefined {
  for (const other of evaluator.project.declaring(name, file)) {
    const binding = other.outline.scopes[0]?.names[name];
    // What another file imports is its own affair.
    if (!binding || binding.kind === 'import') continue;
    evaluator.world.touch(other);
    return evaluator.binding(binding, `0 ${name}`, { file: other, frame: undefined });
  }
  return undefined;
}

/** A name that the file doesn't declare: of another file of the package, or the language's own. */
export function foreignName(name: string, context: Context, evaluator: Evaluator): Value {
  const { file } = context;
  evaluator.world.lookUp(name);
  if (file.language.isOneUnit) evaluator.world.leaveOpen();
  const others: string[] = [];
  for (const from of file.outline.opened) {
    const isType = from.startsWith('static ');
    if (!isType) others.push(from);
    const owner = isType ? typeAt(from.slice('static '.length), context, evaluator) : undefined;
    if (owner?.kind === 'class' && hasMember(owner, name)) return evaluator.member(owner, name);
  }
  const declared = declaredElsewhere(name, file, evaluator);
  if (declared) return declared;
  for (const from of others) {
    const files = evaluator.project.resolve(from, file, evaluator.world);
    const value = files?.length
      ? exported(files, name, evaluator)
      : memberOfOuter(from, name, file, evaluator);
    if (value && value.kind !== 'unknown' && value.kind !== 'method') return value;
  }
  const nested = file.language.isOneUnit && nestedNamed(name);
  const own = nested && file.outline.scopes[0]?.names[nested];
  if (own) return evaluator.binding(own, `0 ${nested}`, { file, frame: undefined });
  return (nested && declaredElsewhere(nested, file, evaluator)) || { kind: 'external', origin: `#${name}` };
}

/** A member of a class or object inside a file, or inside another such one, where an import's path names it. */
function memberOfOuter(
  path: string,
  member: string,
  file: SourceFile,
  evaluator: Evaluator,
): Value | undefined {
  const outer = file.language.outer?.(path);
  const owner = outer && imported(outer.from, outer.member, file, evaluator);
  if (owner?.kind !== 'class' && owner?.kind !== 'record' && owner?.kind !== 'module') return undefined;
  return evaluator.member(owner, member);
}

/** A type by its name with the namespace, where that is one of the workspace. */
export function qualifiedName(
  value: Value & { kind: 'external' },
  name: string,
  { file }: Context,
  evaluator: Evaluator,
): Value {
  const namespace = value.origin.slice(1, -name.length - 1);
  if (!file.language.isOneUnit || !value.origin.startsWith('#') || namespace === '') return value;
  evaluator.world.lookUp(name);
  for (const other of evaluator.project.declaring(name, file)) {
    const binding = other.outline.namespace === namespace ? other.outline.scopes[0]?.names[name] : undefined;
    if (!binding || binding.kind === 'import') continue;
    evaluator.world.touch(other);
    return evaluator.binding(binding, `0 ${name}`, { file: other, frame: undefined });
  }
  return value;
}

/** What an import brings: a module, or one of its exports. */
export function imported(
  from: string,
  member: string | undefined,
  file: SourceFile,
  evaluator: Evaluator,
): Value {
  const found = evaluator.project.resolve(from, file, evaluator.world);
  if (!found?.length) {
    const inner = member === undefined ? undefined : importedInner(from, member, file, evaluator);
    if (inner) return inner;
  }
  if (!found) return { kind: 'external', origin: member === undefined ? from : `${from}#${member}` };
  const module: Value = { kind: 'module', files: found };
  if (member === undefined) return module;
  const value = evaluator.member(module, member);
  const inner = value.kind === 'unknown' && file.language.submodule?.(from, member);
  const files = inner ? evaluator.project.resolve(inner, file, evaluator.world) : undefined;
  return files && files.length > 0 ? { kind: 'module', files } : value;
}

/**
 * What an import brings that leads to no file: a type of a namespace, or a member of a class or object inside a file.
 */
function importedInner(
  from: string,
  member: string,
  file: SourceFile,
  evaluator: Evaluator,
): Value | undefined {
  const path: Value & { kind: 'external' } = { kind: 'external', origin: `#${from}.${member}` };
  const type = qualifiedName(path, member, { file, frame: undefined }, evaluator);
  return type === path ? memberOfOuter(from, member, file, evaluator) : type;
}

/** What files export under a name. */
export function exported(files: readonly SourceFile[], name: string, evaluator: Evaluator): Value {
  // Modules can export each other's names in circles.
  const key = `${files[0]?.path ?? ''} ${name}`;
  if (evaluator.exporting.has(key)) {
    evaluator.cut();
    return unknownValue;
  }
  evaluator.exporting.add(key);
  try {
    return findExported(files, name, evaluator);
  } finally {
    evaluator.exporting.delete(key);
  }
}

function findExported(files: readonly SourceFile[], name: string, evaluator: Evaluator): Value {
  // A file that comes later may have it.
  evaluator.world.lookUp(name);
  for (const file of evaluator.project.exporting(name, files)) {
    evaluator.world.touch(file);
    const context: Context = { file, frame: undefined };
    const { exports, scopes } = file.outline;
    const exported = exports[name];
    if (exported) return evaluator.evaluate(exported, context);
    const whole = exports['='];
    if (whole) {
      const value = evaluator.evaluate(whole, context);
      return name === 'default' ? value : evaluator.member(value, name);
    }
    // A package's files have no list of exports: all that is declared in them can be imported.
    const binding = file.outline.unit === undefined ? undefined : scopes[0]?.names[name];
    if (binding && binding.kind !== 'import') return evaluator.binding(binding, `0 ${name}`, context);
    for (const [key, star] of Object.entries(exports)) {
      if (!key.startsWith('* ')) continue;
      const value = evaluator.member(evaluator.evaluate(star, context), name);
      if (value.kind !== 'unknown') return value;
    }
  }
  return unknownValue;
}

function hasMember({ file, cls }: Value & { kind: 'class' }, name: string): boolean {
  const found = file.outline.classes[cls];
  return found?.fields[name] !== undefined || found?.methods[name] !== undefined;
}
