import path from 'node:path';
import { SetMap } from '../util/setMap';
import type { Binding } from './outline';
import type { SourceFile } from './sourceFile';

/** Finds files by what stands in them, so that not all have to be looked at for each name. */
export class NameIndex {
  readonly #byName = new SetMap<string, SourceFile>();
  readonly #byWrite = new SetMap<string, SourceFile>();
  readonly #byImport = new SetMap<string, SourceFile>();

  add(file: SourceFile): void {
    for (const name of file.names) this.#byName.add(name, file);
    for (const name of writtenNames(file)) this.#byWrite.add(name, file);
    for (const name of importedNames(file)) this.#byImport.add(name, file);
  }

  remove(file: SourceFile): void {
    for (const name of file.names) this.#byName.delete(name, file);
    for (const name of writtenNames(file)) this.#byWrite.delete(name, file);
    for (const name of importedNames(file)) this.#byImport.delete(name, file);
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
    const names = importableNames(file.path);
    return [...new Set(names.flatMap((each) => kin(this.#byImport.get(each), file)))];
  }
}

/** Names of which an import of a file holds one: those of the file, its folder, and the folder above. */
function importableNames(file: string): string[] {
  const { dir, name } = path.parse(file);
  return [name.split('.', 1)[0] ?? name, path.basename(dir), path.basename(path.dirname(dir))];
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
