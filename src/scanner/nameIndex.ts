import path from 'node:path';
import { FilesByName } from './filesByName';
import type { Binding } from './outline';
import type { SourceFile } from './sourceFile';

/** The files of a family of languages, by what stands in them. */
class Family {
  readonly names = new FilesByName();
  readonly declared = new FilesByName();
  readonly written = new FilesByName();
  readonly imports = new FilesByName();
}

/** Finds files by what stands in them, so that not all have to be looked at for each name. */
export class NameIndex {
  readonly #families = new Map<string, Family>();

  add(file: SourceFile): void {
    const { names, declared, written, imports } = this.#of(file);
    for (const name of file.names) names.add(name, file);
    for (const name of declaredNames(file)) declared.add(name, file);
    for (const name of writtenNames(file)) written.add(name, file);
    for (const name of importedNames(file)) imports.add(name, file);
  }

  remove(file: SourceFile): void {
    const { names, declared, written, imports } = this.#of(file);
    for (const name of file.names) names.delete(name, file);
    for (const name of declaredNames(file)) declared.delete(name, file);
    for (const name of writtenNames(file)) written.delete(name, file);
    for (const name of importedNames(file)) imports.delete(name, file);
  }

  /** The files of the family in which the name is called, passed, written or declared. */
  under(name: string, near: SourceFile): readonly SourceFile[] {
    return this.#of(near).names.get(name);
  }

  /** The files of the family in which the name is declared at the top level. */
  declaring(name: string, near: SourceFile): readonly SourceFile[] {
    return this.#of(near).declared.get(name);
  }

  /** The files of the family that write to a field of the name from outside of the object. */
  writing(field: string, near: SourceFile): readonly SourceFile[] {
    return this.#of(near).written.get(field);
  }

  /** The files of the family that may import the file, by the last part of what they import. */
  importing(file: SourceFile): SourceFile[] {
    const { imports } = this.#of(file);
    return [...new Set(importableNames(file.path).flatMap((each) => imports.get(each)))];
  }

  #of({ language }: SourceFile): Family {
    let family = this.#families.get(language.family);
    if (!family) this.#families.set(language.family, (family = new Family()));
    return family;
  }
}

/** Names of which an import of a file holds one: those of the file, its folder, and the folder above. */
function importableNames(file: string): string[] {
  const { dir, name } = path.parse(file);
  return [name.split('.', 1)[0] ?? name, path.basename(dir), path.basename(path.dirname(dir))];
}

/** The names of the file itself, but for those that it imports. */
function declaredNames({ outline }: SourceFile): string[] {
  return Object.entries<Binding>(outline.scopes[0]?.names ?? {}).flatMap(([name, { k }]) =>
    k === 'import' ? [] : [name],
  );
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
