import { Evaluator } from './evaluator';
import { implementing } from './implementing';
import { type Calling, FoundCallers, type FunctionValue } from './foundCallers';
import type { Caller } from './parameters';
import type { Project } from './project';
import { renamedImports } from './renamedImports';
import type { SourceFile } from './sourceFile';
import { isTestOf } from './testFiles';
import type { Value } from './value';
import type { Answer, World } from './world';

/** Who is called where a name is. */
class Called {
  readonly #functions = new Map<SourceFile, Map<number, Caller[]>>();
  readonly #classes = new Map<SourceFile, Map<number, Caller[]>>();
  /** Methods that only say what others have. */
  readonly #promised = new Map<SourceFile, Map<number, FunctionValue>>();

  readonly answer: Answer;

  constructor(answer: Answer) {
    this.answer = answer;
  }

  add(values: readonly Value[], caller: Caller): void {
    for (const value of values) {
      const of = value.k === 'function' ? value.fn : value.k === 'class' ? value.cls : undefined;
      if (of === undefined || !('file' in value)) continue;
      const callers = listIn(value.k === 'class' ? this.#classes : this.#functions, value.file, of);
      if (callers.at(-1) !== caller) callers.push(caller);
      if (value.k === 'function' && isPromise(value)) inner(this.#promised, value.file).set(value.fn, value);
    }
  }

  /** The places where a class is constructed. */
  constructing(file: SourceFile, cls: number): readonly Caller[] {
    return this.#classes.get(file)?.get(cls) ?? [];
  }

  /** The places where a function is called, or a method that it may be the one meant by. */
  calling(file: SourceFile, fn: number, isMeant: (promise: FunctionValue) => boolean): Calling {
    const own = this.#functions.get(file)?.get(fn) ?? [];
    const promised = [...this.#promised.values()].flatMap((each) => [...each.values()]);
    const promises = promised.filter((each) => !(each.file === file && each.fn === fn) && isMeant(each));
    const shared = promises.map((each) => this.#functions.get(each.file)?.get(each.fn) ?? []);
    return { own, promises, shared };
  }
}

const nobody = new FoundCallers({ files: new Set(), names: new Set(), answers: new Set() });

/** Finds the places from which functions are called. */
export class Callers {
  readonly #project: Project;
  /** By how far callers are followed for them. */
  readonly #known: WeakMap<SourceFile, Map<number, FoundCallers>>[] = [];
  readonly #called: Map<string, Called>[] = [];

  constructor(project: Project) {
    this.#project = project;
  }

  /** The places from which a function is called, as far as they can be told. */
  of(file: SourceFile, fn: number, { world, reach }: Evaluator): FoundCallers {
    if (reach <= 0) return nobody;
    const known = inner((this.#known[reach] ??= new WeakMap<SourceFile, Map<number, FoundCallers>>()), file);
    let found = known.get(fn);
    if (!found) {
      const begun = this.#project.answers.begin();
      known.set(fn, (found = this.#findCallers(file, fn, world, reach - 1)));
      this.#project.answers.keep(found.answer, begun, () => known.delete(fn));
    }
    world.restOn(found.answer);
    world.lookForCalls(file, found.names);
    return found;
  }

  #findCallers(file: SourceFile, fn: number, asking: World, reach: number): FoundCallers {
    const { world, answer } = asking.question;
    world.touch(file);
    const passed = file.passedTo.get(fn);
    if (passed) return new FoundCallers(answer, new Set(), [{ own: [passed], promises: [], shared: [] }]);
    const func = file.outline.functions[fn];
    if (!func || fn === 0) return new FoundCallers(answer);
    const cls = func.cls === undefined ? undefined : file.outline.classes[func.cls];
    const isConstructor = cls?.methods.new === fn;
    const name = isConstructor ? cls.name : func.name;
    const names = new Set([name]);
    // Whoever shares names with the file may call it, even where nothing else in it matters.
    this.#project.readAround(file);
    for (const alias of this.#aliases(name, file, world)) names.add(alias);
    const isMeant = implementing(file, fn, this.#project, world, reach);
    const found = [...names].map((each): Calling => {
      const called = this.#under(each, file, world, reach);
      return isConstructor && func.cls !== undefined
        ? { own: called.constructing(file, func.cls), promises: [], shared: [] }
        : called.calling(file, fn, isMeant);
    });
    return new FoundCallers(
      answer,
      names,
      found,
      (caller) =>
        // A function that calls itself adds nothing to what its other callers give.
        !(caller.arg === undefined && caller.file === file && file.call(caller.call).fn === fn) &&
        // What tests do with the code is not what the program does.
        !isTestOf(caller.file.path, file.path),
    );
  }

  /** Who is called under a name: found out once for all who bear it. */
  #under(name: string, near: SourceFile, asking: World, reach: number): Called {
    const all = (this.#called[reach] ??= new Map<string, Called>());
    const key = `${near.language.family} ${name}`;
    const known = all.get(key);
    if (known) {
      asking.restOn(known.answer);
      return known;
    }
    const { world, answer } = asking.question;
    const begun = this.#project.answers.begin();
    asking.restOn(answer);
    const called = new Called(answer);
    all.set(key, called);
    world.lookUp(name);
    for (const file of this.#project.under(name, near)) {
      this.#project.steps++;
      for (const call of file.callsByName.get(name) ?? []) {
        const site = { file, call, frame: undefined };
        const values = [false, true].map((byType) =>
          new Evaluator(this.#project, world.aside, reach, byType).callee(site),
        );
        called.add(values, { file, call });
      }
      for (const place of file.argumentsByName.get(name) ?? []) {
        const site = { file, call: place.call, frame: undefined };
        const value = new Evaluator(this.#project, world.aside, reach).argument(site, place.arg);
        if (value) called.add([value], place);
      }
    }
    this.#project.answers.keep(answer, begun, () => all.delete(key));
    return called;
  }

  /** The other names under which files know `name` of `file`. */
  #aliases(name: string, file: SourceFile, world: World): string[] {
    if (file.outline.unit !== undefined) return [];
    const aliases: string[] = [];
    const members = file.outline.exports['='] ? ['default', '=', name] : ['default', name];
    for (const member of members) {
      for (const importer of this.#project.renaming(member, file)) {
        if (importer === file) continue;
        for (const { local, from, member: renamed } of renamedImports(importer)) {
          if (renamed !== member || local === name) continue;
          if (this.#project.resolve(from, importer, world)?.includes(file)) aliases.push(local);
        }
      }
    }
    return aliases;
  }
}

function isPromise({ file, fn }: FunctionValue): boolean {
  const cls = file.outline.functions[fn]?.cls;
  return cls !== undefined && file.outline.classes[cls]?.isAbstract === true;
}

function inner<V>(
  map: Pick<WeakMap<SourceFile, Map<number, V>>, 'get' | 'set'>,
  key: SourceFile,
): Map<number, V> {
  let found = map.get(key);
  if (!found) map.set(key, (found = new Map<number, V>()));
  return found;
}

function listIn<V>(map: Map<SourceFile, Map<number, V[]>>, key: SourceFile, of: number): V[] {
  const lists = inner(map, key);
  let list = lists.get(of);
  if (!list) lists.set(of, (list = []));
  return list;
}
