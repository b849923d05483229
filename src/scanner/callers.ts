import { Evaluator } from './evaluator';
import { mayBeImplementedBy } from './implementing';
import type { Binding } from './outline';
import type { Caller } from './parameters';
import type { Project } from './project';
import type { ArgumentPlace, SourceFile } from './sourceFile';
import { isTestOf } from './testFiles';
import type { Value } from './value';
import type { World } from './world';

/** A function's callers, and the names under which they were looked for. */
interface Found {
  readonly callers: readonly Caller[];
  readonly names: ReadonlySet<string>;
}

/** Finds the places from which functions are called. */
export class Callers {
  readonly #project: Project;
  /** Answers that hold until a file changes. */
  readonly #known = new Map<SourceFile, Map<number, Found>>();
  readonly #searching = new Set<string>();

  constructor(project: Project) {
    this.#project = project;
  }

  /** Files have changed. */
  clear(): void {
    this.#known.clear();
  }

  /** The places from which a function is called, as far as they can be told. */
  of(file: SourceFile, fn: number, world: World): readonly Caller[] {
    const known = this.#known.get(file)?.get(fn);
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
      let ofFile = this.#known.get(file);
      if (!ofFile) this.#known.set(file, (ofFile = new Map<number, Found>()));
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
          mayBeImplementedBy(value, file, fn, this.#project, world);
    // Whoever shares names with the file may call it, even where nothing else in it matters.
    this.#project.readAround(file);
    const callers: Caller[] = [];
    for (const other of this.#project.importing(file))
      for (const alias of this.#aliases(other, name, file, world)) names.add(alias);
    for (const each of names) {
      for (const other of this.#project.under(each, file)) {
        for (const call of other.callsByName.get(each) ?? []) {
          if (other === file && file.call(call).fn === fn) continue;
          const site = { file: other, call, frame: undefined };
          const isCaller = [false, true].some((byType) =>
            isMeant(new Evaluator(this.#project, world.aside, byType).callee(site)),
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
    const value = new Evaluator(this.#project, world.aside).argument({ file, call, frame: undefined }, arg);
    return value !== undefined && isMeant(value);
  }

  /** The other names under which `importer` knows `name` of `file`. */
  #aliases(importer: SourceFile, name: string, file: SourceFile, world: World): string[] {
    if (importer === file || file.outline.unit !== undefined) return [];
    const aliases: string[] = [];
    for (const [local, binding] of Object.entries<Binding>(importer.outline.scopes[0]?.names ?? {})) {
      if (local === name) continue;
      if (binding.k === 'import' && (binding.member === 'default' || binding.member === name)) {
        if (this.#project.resolve(binding.from, importer, world)?.includes(file)) aliases.push(local);
      } else if (binding.k === 'values' && binding.values[0]?.k === 'call' && file.outline.exports['=']) {
        const call = importer.outline.calls[binding.values[0].call];
        const from = call?.args[0]?.value;
        if (call?.callee.k !== 'name' || call.callee.name !== 'require' || from?.k !== 'text') continue;
        if (this.#project.resolve(from.text, importer, world)?.includes(file)) aliases.push(local);
      }
    }
    return aliases;
  }
}
