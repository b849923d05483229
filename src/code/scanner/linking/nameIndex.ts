import { FilesByName } from './filesByName';
import { lastName } from '../evaluate/expressions';
import type { Binding } from '../outline/outline';
import { keysOfImports, keysOfMember } from './renamedImports';
import type { SourceFile } from '../files/sourceFile';

/** The files of a family of languages, by what stands in them. */
class Family {
  readonly called = new FilesByName();
  readonly declared = new FilesByName();
  readonly written = new FilesByName();
  readonly imports = new FilesByName();
  readonly derived = new FilesByName();
}

/** Finds files by what stands in them, so that not all have to be looked at for each name. */
export class NameIndex {
  readonly #families = new Map<string, Family>();

  add(file: SourceFile): void {
    const { called, declared, written, imports, derived } = this.#of(file);
    for (const name of file.called) called.add(name, file);
    for (const name of declaredNames(file)) declared.add(name, file);
    for (const name of file.writesByField.keys()) written.add(name, file);
    for (const name of keysOfImports(file)) imports.add(name, file);
    for (const { base } of file.derivations) derived.add(lastName(base), file);
  }

  remove(file: SourceFile): void {
    const { called, declared, written, imports, derived } = this.#of(file);
    for (const name of file.called) called.delete(name, file);
    for (const name of declaredNames(file)) declared.delete(name, file);
    for (const name of file.writesByField.keys()) written.delete(name, file);
    for (const name of keysOfImports(file)) imports.delete(name, file);
    for (const { base } of file.derivations) derived.delete(lastName(base), file);
  }

  /** To be called with the names that a file called and wrote to before its code changed. */
  update(file: SourceFile, before: Pick<SourceFile, 'called'> & { written: ReadonlySet<string> }): void {
    const { called, written } = this.#of(file);
    move(file, called, before.called, file.called);
    move(file, written, before.written, new Set(file.writesByField.keys()));
  }

  /** The files of the family in which the name is called or passed. */
  under(name: string, near: SourceFile): readonly SourceFile[] {
    return this.#of(near).called.get(name);
  }

  /** The files of the family in which the name is declared at the top level. */
  declaring(name: string, near: SourceFile): readonly SourceFile[] {
    return this.#of(near).declared.get(name);
  }

  /** The files of the family that write to a field of the name. */
  writing(field: string, near: SourceFile): readonly SourceFile[] {
    return this.#of(near).written.get(field);
  }

  /** The files of the family in which classes are derived from one of the name. */
  deriving(name: string, near: SourceFile): readonly SourceFile[] {
    return this.#of(near).derived.get(name);
  }

  /** The files of the family that may import a member of the file under another name. */
  renaming(member: string, file: SourceFile): SourceFile[] {
    const { imports } = this.#of(file);
    return [...new Set(keysOfMember(file.path, member).flatMap((key) => imports.get(key)))];
  }

  #of({ language }: SourceFile): Family {
    let family = this.#families.get(language.family);
    if (!family) this.#families.set(language.family, (family = new Family()));
    return family;
  }
}

function move(
  file: SourceFile,
  index: FilesByName,
  before: ReadonlySet<string>,
  now: ReadonlySet<string>,
): void {
  for (const name of before) if (!now.has(name)) index.delete(name, file);
  for (const name of now) if (!before.has(name)) index.add(name, file);
}

/** The names of the file itself, but for those that it imports. */
function declaredNames({ outline }: SourceFile): string[] {
  return Object.entries<Binding>(outline.scopes[0]?.names ?? {}).flatMap(([name, { kind }]) =>
    kind === 'import' ? [] : [name],
  );
}
