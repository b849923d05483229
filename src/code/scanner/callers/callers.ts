import { aliasesOf } from './aliases';
import { Called, type Target, isSameTarget, targetsOf } from './called';
import { superCall } from '../evaluate/hierarchy';
import { Evaluation } from '../evaluate/evaluation';
import type { Code, Evaluator } from '../evaluate/evaluator';
import { type Calling, FoundCallers, areSame } from './foundCallers';
import { implementing } from './implementing';
import type { Found } from '../linking/knownAnswers';
import type { SourceFile } from '../files/sourceFile';
import { isTestOf } from '../files/testFiles';
import type { Value } from '../evaluate/value';
import type { Answer, World } from '../evaluate/world';

const nobody = new FoundCallers();

/** Finds the places from which functions are called. */
export class Callers {
  readonly #project: Code;
  /** By how far callers are followed for them. */
  readonly #known: WeakMap<SourceFile, Map<number, Found<FoundCallers>>>[] = [];
  readonly #called: Map<string, Found<Called>>[] = [];
  readonly #calledIn: WeakMap<SourceFile, Map<string, Found<readonly Target[]>>>[] = [];

  constructor(project: Code) {
    this.#project = project;
  }

  /** The places from which a function is called, as far as they can be told. */
  of(file: SourceFile, fn: number, { world, reach }: Evaluator): FoundCallers {
    if (reach <= 0) return nobody;
    const found = this.#project.answers.ask(world, {
      known: inner((this.#known[reach] ??= new WeakMap()), file),
      key: fn,
      find: (asking) => this.#findCallers(file, fn, asking, reach - 1),
      isSame: (a, b) => a.isSame(b),
    });
    world.lookForCalls(file, found.names);
    return found;
  }

  /** Whether code of the program makes objects of a class, and not only of those that are derived from it. */
  areMade(file: SourceFile, cls: number, world: World): boolean {
    const name = file.outline.classes[cls]?.name ?? '';
    return this.#under(name, file, world, 1)
      .constructing(file, cls)
      .some((caller) => {
        const derived = caller.file.outline.functions[caller.fn ?? 0]?.cls;
        const isSuper = derived !== undefined && superCall(caller.file, derived) === caller.call;
        return !isSuper && !isTestOf(caller.file.path, file.path);
      });
  }

  /** The answers that rest on who is called in a file under some names. */
  *inFile(file: SourceFile, names: ReadonlySet<string>): Iterable<Answer> {
    for (const known of Object.values(this.#calledIn)) yield* answersTo(known.get(file), names);
  }

  #findCallers(file: SourceFile, fn: number, world: World, reach: number): FoundCallers {
    world.touch(file.signatureOf(fn));
    const passed = file.passedTo.get(fn);
    if (passed) return new FoundCallers(new Set(), [{ own: [passed], promises: [], shared: [] }]);
    const func = file.outline.functions[fn];
    if (!func || fn === 0) return new FoundCallers();
    const cls = func.cls === undefined ? undefined : file.outline.classes[func.cls];
    const isConstructor = cls?.methods.new === fn;
    const name = isConstructor ? cls.name : func.name;
    const names = new Set([name]);
    // Whoever shares names with the file may call it, even where nothing else in it matters.
    this.#project.readAround(file);
    if (!this.#project.isHidden(name, file)) world.leaveOpen();
    for (const alias of aliasesOf(name, file, this.#project, world)) names.add(alias);
    const isMeant = implementing(file, fn, this.#project, world, reach);
    const found = [...names].map((each): Calling => {
      const called = this.#under(each, file, world, reach);
      return isConstructor && func.cls !== undefined
        ? { own: called.constructing(file, func.cls), promises: [], shared: [] }
        : called.calling(file, fn, isMeant);
    });
    return new FoundCallers(
      names,
      found,
      (caller) =>
        // A function that calls itself adds nothing to what its other callers give.
        !(caller.arg === undefined && caller.file === file && caller.fn === fn) &&
        // Tests are not part of the program.
        !isTestOf(caller.file.path, file.path),
    );
  }

  /** Who is called under a name: found out once for all who bear it. */
  #under(name: string, near: SourceFile, asking: World, reach: number): Called {
    return this.#project.answers.ask(asking, {
      known: (this.#called[reach] ??= new Map<string, Found<Called>>()),
      key: `${near.language.family} ${name}`,
      find: (world) => {
        world.lookForUsers(name);
        const files = this.#project.under(name, near);
        return new Called(files.flatMap((file) => this.#inFile(name, file, world, reach)));
      },
      isSame: (a, b) => a.isSame(b),
    });
  }

  /** Who is called where a name is in one file: a change in it must not cost more where others have the name too. */
  #inFile(name: string, file: SourceFile, asking: World, reach: number): readonly Target[] {
    return this.#project.answers.askPart(asking, {
      known: inner((this.#calledIn[reach] ??= new WeakMap()), file),
      key: name,
      find: (world) => this.#findTargets(name, file, world, reach),
      isSame: (a, b) => areSame(a, b, isSameTarget),
    });
  }

  #findTargets(name: string, file: SourceFile, world: World, reach: number): readonly Target[] {
    this.#project.steps++;
    const found: Target[] = [];
    const { aside } = world;
    for (const call of file.callsByName.get(name) ?? []) {
      const site = { file, call, frame: undefined };
      const values: Value[] = [];
      for (const each of world.eachAside())
        values.push(new Evaluation(this.#project, each, reach).callee(site));
      values.push(new Evaluation(this.#project, aside, reach, true).callee(site));
      found.push(...targetsOf(values, { file, call, fn: file.call(call).fn }));
    }
    for (const place of file.argumentsByName.get(name) ?? []) {
      const site = { file, call: place.call, frame: undefined };
      const first = new Evaluation(this.#project, aside, reach).argument(site, place.arg);
      const values: (Value | undefined)[] = [first];
      // A method of one of several objects can be that of each.
      if (first?.kind === 'function' && first.self)
        for (const each of world.eachAside())
          values.push(new Evaluation(this.#project, each, reach).argument(site, place.arg));
      found.push(...targetsOf(values, place));
    }
    return found;
  }
}

function* answersTo(
  known: ReadonlyMap<string, Found<unknown>> | undefined,
  names: ReadonlySet<string>,
): Iterable<Answer> {
  for (const [name, { answer }] of known ?? []) if (names.has(name)) yield answer;
}

function inner<K, V>(map: WeakMap<SourceFile, Map<K, V>>, key: SourceFile): Map<K, V> {
  let found = map.get(key);
  if (!found) map.set(key, (found = new Map<K, V>()));
  return found;
}
