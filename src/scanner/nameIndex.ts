import path from 'node:path';
import type { Binding } from './outline';
import type { SourceFile } from './sourceFile';

/** Finds files by what stands in them, so that not all have to be looked at for each name. */
export class NameIndex {
  readonly #byName = new Map<string, Set<SourceFile>>();
  readonly #byWrite = new Map<string, Set<SourceFile>>();
  readonly #byImport = new Map<string, Set<SourceFile>>();

  add(file: SourceFile): void {
    for (const name of file.names) into(this.#byName, name, file);
    for (const name of writtenNames(file)) into(this.#byWrite, name, file);
    for (const name of importedNames(file)) into(this.#byImport, name, file);
  }

  remove(file: SourceFile): void {
    for (const name of file.names) outOf(this.#byName, name, file);
    for (const name of writtenNames(file)) outOf(this.#byWrite, name, file);
    for (const name of importedNames(file)) outOf(this.#byImport, name, file);
  }

  /** The files of the family in which the name is called, passed, written or declared. */
  under(name: string, near: SourceFile): SourceFile[] {
    return kin(this.#byName.get(name), near);
  }

  /** The file itself, and those that write to a field of the name from outside of the object. */
  writing(field: string, near: SourceFile): SourceFile[] {
    return [...new Set([near, ...kin(this.#byWrite.get(field), near)])];
  }

  /** The files of the family that may import the file, by the last part of what they import. */
  importing(file: SourceFile): SourceFile[] {
    const { dir, name } = path.parse(file.path);
    const names = [name.split('.', 1)[0] ?? name, path.basename(dir), path.basename(path.dirname(dir))];
    return [...new Set(names.flatMap((each) => kin(this.#byImport.get(each), file)))];
  }
}

function kin(files: Iterable<SourceFile> | undefined, near: SourceFile): SourceFile[] {
  return [...(files ?? [])].filter(({ language }) => language.family === near.language.family);
}

/** What code writes to objects of others. */
function writtenNames({ outline }: SourceFile): Set<string> {
  return new Set(outline.writes.filter(({ of }) => of.k !== 'self').map(({ field }) => field));
}

/** The last part of each import, without an extension: `names` of `../lib/names.js`. */
function importedNames(file: SourceFile): Set<string> {
  const { scopes, calls } = file.outline;
  const found = new Set<string>();
  const add = (from: string): void => {
    const last = from.slice(from.lastIndexOf('/') + 1);
    found.add(
      /^\.*$/.test(last)
        ? path.basename(path.resolve(path.dirname(file.path), from))
        : (last.split('.', 1)[0] ?? ''),
    );
    found.add(last.slice(last.lastIndexOf('.') + 1));
  };
  for (const binding of Object.values<Binding>(scopes[0]?.names ?? {}))
    if (binding.k === 'import') add(binding.from);
  for (const { callee, args } of calls) {
    const from = args[0]?.value;
    if (callee.k === 'name' && callee.name === 'require' && from?.k === 'text') add(from.text);
  }
  return found;
}

function into(map: Map<string, Set<SourceFile>>, key: string, file: SourceFile): void {
  const set = map.get(key);
  if (set) set.add(file);
  else map.set(key, new Set([file]));
}

function outOf(map: Map<string, Set<SourceFile>>, key: string, file: SourceFile): void {
  const set = map.get(key);
  if (set?.delete(file) && set.size === 0) map.delete(key);
}
