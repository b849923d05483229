import { dirname, sep } from 'node:path';
import { SetMap } from '../util/setMap';
import { Evaluator } from './evaluator';
import { mayBeImplementedBy } from './implementing';
import type { Disk } from './languages/language';
import { NameIndex } from './nameIndex';
import type { Binding, FieldWrite } from './outline';
import type { Caller } from './parameters';
import type { ArgumentPlace, CallPlace, SourceFile } from './sourceFile';
import type { Value } from './value';
import type { World } from './world';

/** A function's callers, and the names under which they were looked for. */
interface Found {
  readonly callers: readonly Caller[];
  readonly names: ReadonlySet<string>;
}

/** The files whose outlines are known, and what they have to do with each other. */
export class Project {
  readonly #files = new Map<string, SourceFile>();
  readonly #needed = new Set<string>();
  readonly #byFolder = new SetMap<string, SourceFile>();
  readonly #disk: Disk;
  readonly #load: (path: string, from: SourceFile) => SourceFile | undefined;
  /** Answers that hold until a file changes. */
  readonly #callers = new Map<SourceFile, Map<number, Found>>();
  readonly #news = new Set<string>();
  /** Where imports lead; holds until the disk changes. */
  readonly #imports = new Map<string, readonly string[] | undefined>();
  /** Imports that led nowhere, by the same keys, with a file that has them. */
  readonly #missed = new Map<string, { readonly from: string; readonly by: SourceFile }>();
  readonly #index = new NameIndex();
  readonly #searching = new Set<string>();

  /** `load` outlines a file that was not given, because another one needs it. */
  constructor(disk: Disk, load: (path: string, from: SourceFile) => SourceFile | undefined) {
    this.#disk = disk;
    this.#load = load;
  }

  get files(): Iterable<SourceFile> {
    return this.#files.values();
  }

  /** The files that were not only read because others need them, which comes about by chance. */
  get given(): Iterable<SourceFile> {
    return [...this.#files.values()].filter(({ path }) => !this.#needed.has(path));
  }

  get(path: string): SourceFile | undefined {
    return this.#files.get(path);
  }

  /** A file that needs another one, or that sees its names without an import if it is there. */
  whoNeeds(path: string): SourceFile | undefined {
    if (this.#needed.has(path)) return this.#files.get(path);
    const others = [...(this.#byFolder.get(dirname(path)) ?? [])];
    return others.find((other) => other.language.siblings(other.path, this.#disk).includes(path));
  }

  /** Outlines a file that was not given, because another one needs it. */
  load(path: string, from: SourceFile): SourceFile | undefined {
    const loaded = this.#load(path, from);
    if (loaded) {
      this.set(loaded);
      this.#needed.add(path);
    }
    return loaded;
  }

  /** Files may have come or gone: imports can lead elsewhere, and packages can start elsewhere. */
  diskChanged(packages: boolean): void {
    this.#imports.clear();
    if (packages) for (const file of this.#files.keys()) this.#news.add(file);
  }

  set(file: SourceFile): void {
    this.remove(file.path);
    this.#files.set(file.path, file);
    this.#byFolder.add(dirname(file.path), file);
    this.#index.add(file);
    this.#news.add(file.path);
  }

  remove(path: string): void {
    const file = this.#files.get(path);
    if (file) {
      this.#byFolder.delete(dirname(path), file);
      this.#index.remove(file);
      this.#news.add(path);
    }
    this.#files.delete(path);
    this.#needed.delete(path);
    this.#callers.clear();
  }

  /** The files whose top-level names the file sees without an import, itself included. */
  unit(file: SourceFile): SourceFile[] {
    const unit = [file];
    for (const path of file.language.siblings(file.path, this.#disk)) {
      const other = path === file.path ? undefined : this.#outlined(path, file);
      if (other && other.outline.unit === file.outline.unit) unit.push(other);
    }
    return unit;
  }

  /** The files that can declare a name for the file without an import. */
  declaring(name: string, file: SourceFile): SourceFile[] {
    const unit = this.unit(file);
    if (!file.language.isOneUnit) return unit;
    const all = [...new Set([...unit, ...this.#index.under(name, file)])];
    return all.filter(({ outline }) => !isLibrary(outline.namespace, file));
  }

  /** The files that an import means; undefined if they are not of the workspace. */
  resolve(from: string, file: SourceFile, world: World): readonly SourceFile[] | undefined {
    if (file.language.libraries.some((library) => library.modules?.test(from))) return undefined;
    const key = `${dirname(file.path)} ${from}`;
    if (!this.#imports.has(key)) this.#imports.set(key, file.language.resolve(from, file.path, this.#disk));
    const paths = this.#imports.get(key);
    const files = paths?.map((path) => this.#outlined(path, file)).filter((found) => found !== undefined);
    if (!files || files.length === 0) {
      this.#missed.set(key, { from, by: file });
      world.lookUp(missedName(key));
    }
    return files;
  }

  /** The names under which files were looked for in vain that have come now. */
  noLongerMissed(files: ReadonlySet<string>): string[] {
    if (files.size === 0) return [];
    const names: string[] = [];
    for (const [key, { from, by }] of this.#missed) {
      if (!by.language.resolve(from, by.path, this.#disk)?.some((path) => files.has(path))) continue;
      this.#missed.delete(key);
      names.push(missedName(key));
    }
    return names;
  }

  /** The files that came, changed or went, and those whose package may have, since this was asked last. */
  takeNews(): Set<string> {
    const news = new Set(this.#news);
    this.#news.clear();
    return news;
  }

  /** Every call under the name in files of the language's family. */
  callsOf(name: string, near: SourceFile, world: World): CallPlace[] {
    world.lookUp(name);
    return this.#index
      .under(name, near)
      .flatMap((file) => (file.callsByName.get(name) ?? []).map((call) => ({ file, call })));
  }

  /** Every value that is written to a field of the name. */
  writesOf(field: string, near: SourceFile, world: World): { file: SourceFile; write: FieldWrite }[] {
    world.lookUp(field);
    return this.#index.writing(field, near).flatMap((file) =>
      (file.writesByField.get(field) ?? []).flatMap((index) => {
        const write = file.outline.writes[index];
        // An object of another file writes to itself only; what tests write is not what the program writes.
        if (!write || (file !== near && write.of.k === 'self') || isTestOf(file.path, near.path)) return [];
        return [{ file, write }];
      }),
    );
  }

  /** A method that is written outside of its class. */
  methodOf(
    file: SourceFile,
    cls: string,
    name: string,
    world: World,
  ): { file: SourceFile; fn: number } | undefined {
    if (file.outline.unit === undefined) return undefined;
    const key = `${cls}.${name}`;
    const own = file.outline.exports[key];
    if (own?.k === 'function') return { file, fn: own.fn };
    world.lookUp(key);
    for (const other of this.unit(file)) {
      const found = other.outline.exports[key];
      if (found?.k === 'function') return { file: other, fn: found.fn };
    }
    return undefined;
  }

  /** The places from which a function is called, as far as they can be told. */
  callersOf(file: SourceFile, fn: number, world: World): readonly Caller[] {
    const known = this.#callers.get(file)?.get(fn);
    if (known) {
      world.lookForCalls(file, known.names);
      return known.callers;
    }
    const key = `${file.path} ${fn}`;
    // A function that calls itself adds nothing to what its other callers give.
    if (this.#searching.has(key)) return [];
    this.#searching.add(key);
    try {
      const found = this.#findCallers(file, fn, world);
      world.lookForCalls(file, found.names);
      let ofFile = this.#callers.get(file);
      if (!ofFile) this.#callers.set(file, (ofFile = new Map<number, Found>()));
      ofFile.set(fn, found);
      return found.callers;
    } finally {
      this.#searching.delete(key);
    }
  }

  #findCallers(file: SourceFile, fn: number, world: World): Found {
    const passed = file.passedTo.get(fn);
    if (passed) return { callers: [passed], names: new Set() };
    const func = file.outline.functions[fn];
    if (!func || fn === 0) return { callers: [], names: new Set() };
    const cls = func.cls === undefined ? undefined : file.outline.classes[func.cls];
    const isConstructor = cls?.methods.new === fn;
    const name = isConstructor ? cls.name : func.name;
    const names = new Set([name]);
    const isMeant = (value: Value): boolean =>
      isConstructor
        ? value.k === 'class' && value.file === file && value.cls === func.cls
        : (value.k === 'function' && value.file === file && value.fn === fn) ||
          mayBeImplementedBy(value, file, fn, this, world);
    // Whoever shares names with the file may call it, even where nothing else in it matters.
    this.unit(file);
    const callers: Caller[] = [];
    for (const other of this.#index.importing(file))
      for (const alias of this.#aliases(other, name, file, world)) names.add(alias);
    for (const each of names) {
      for (const other of this.#index.under(each, file)) {
        for (const call of other.callsByName.get(each) ?? []) {
          if (other === file && file.call(call).fn === fn) continue;
          const site = { file: other, call, frame: undefined };
          const isCaller = [false, true].some((byType) =>
            isMeant(new Evaluator(this, world.aside, byType).callee(site)),
          );
          if (isCaller) callers.push({ file: other, call });
        }
        for (const place of other.argumentsByName.get(each) ?? []) {
          if (this.#isArgument(place, isMeant, world)) callers.push(place);
        }
      }
    }
    // What tests do with the code is not what the program does.
    return { callers: callers.filter((caller) => !isTestOf(caller.file.path, file.path)), names };
  }

  #isArgument({ file, call, arg }: ArgumentPlace, isMeant: (value: Value) => boolean, world: World): boolean {
    const value = new Evaluator(this, world.aside).argument({ file, call, frame: undefined }, arg);
    return value !== undefined && isMeant(value);
  }

  /** The other names under which `importer` knows `name` of `file`. */
  #aliases(importer: SourceFile, name: string, file: SourceFile, world: World): string[] {
    if (importer === file || file.outline.unit !== undefined) return [];
    const aliases: string[] = [];
    for (const [local, binding] of Object.entries<Binding>(importer.outline.scopes[0]?.names ?? {})) {
      if (local === name) continue;
      if (binding.k === 'import' && (binding.member === 'default' || binding.member === name)) {
        if (this.resolve(binding.from, importer, world)?.includes(file)) aliases.push(local);
      } else if (binding.k === 'values' && binding.values[0]?.k === 'call' && file.outline.exports['=']) {
        const call = importer.outline.calls[binding.values[0].call];
        const from = call?.args[0]?.value;
        if (call?.callee.k !== 'name' || call.callee.name !== 'require' || from?.k !== 'text') continue;
        if (this.resolve(from.text, importer, world)?.includes(file)) aliases.push(local);
      }
    }
    return aliases;
  }

  #outlined(path: string, from: SourceFile): SourceFile | undefined {
    return this.#files.get(path) ?? this.load(path, from);
  }
}

/** Nothing that code declares has such a name. */
function missedName(key: string): string {
  return `import ${key}`;
}

/** Whether a namespace is that of a library, whose code is not followed. */
function isLibrary(namespace: string | undefined, { language }: SourceFile): boolean {
  return namespace !== undefined && language.libraries.some(({ modules }) => modules?.test(namespace));
}

/** Whether `caller` holds tests of code in `file`, as their names or folders tell. */
function isTestOf(caller: string, file: string): boolean {
  let common = 0;
  while (common < caller.length && caller[common] === file[common]) common++;
  common = caller.lastIndexOf(sep, common - 1);
  return isTest(caller.slice(common)) && !isTest(file.slice(common));
}

function isTest(name: string): boolean {
  return (
    /(_test|[.-](test|spec))\.\w+$|Tests?\.(cs|java|php)$/.test(name) ||
    /[\\/](tests?|__tests__|testdata|[\w.]+\.Tests?)[\\/]/i.test(name)
  );
}
