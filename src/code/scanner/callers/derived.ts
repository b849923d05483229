import { Evaluation } from '../evaluate/evaluation';
import type { Code, Derived } from '../evaluate/evaluator';
import { lastName } from '../evaluate/expressions';
import { type Value, isSame } from '../evaluate/value';
import type { World } from '../evaluate/world';
import type { SourceFile } from '../files/sourceFile';
import { isTestOf } from '../files/testFiles';
import { asBase } from '../files/usedNames';
import type { Found } from '../linking/knownAnswers';
import { aliasesOf } from './aliases';
import { areSame } from './foundCallers';

type ClassValue = Value & { kind: 'class' };

/** A class, and one that is derived from it. */
interface Derivation {
  readonly base: ClassValue;
  readonly derived: ClassValue;
}

/** How far down classes are looked for. */
const maxDepth = 10;

/** How far callers are followed to find out what a class is derived from. */
const reach = 1;

const none: Derived = { kinds: [], names: new Set() };

/** Finds the classes that are derived from others. */
export class DerivedClasses {
  readonly #project: Code;
  readonly #known = new Map<string, Found<Derived>>();
  readonly #named = new Map<string, Found<readonly Derivation[]>>();
  readonly #namedIn = new Map<string, Found<readonly Derivation[]>>();
  readonly #open = new Set<string>();

  constructor(project: Code) {
    this.#project = project;
  }

  /** The classes of which an object of a class can be, where others are derived from it. */
  of(file: SourceFile, cls: number, asking: World): Derived {
    const key = `${file.path} ${cls}`;
    // What a class is derived from can depend on a member of its own.
    if (this.#open.has(key)) return none;
    this.#open.add(key);
    try {
      return this.#project.answers.ask(asking, {
        known: this.#known,
        key,
        find: (world) => this.#find({ kind: 'class', file, cls }, world),
        isSame: (a, b) => areSame(a.kinds, b.kinds, isSame) && areSame([...a.names], [...b.names], Object.is),
      });
    } finally {
      this.#open.delete(key);
    }
  }

  #find(top: ClassValue, world: World): Derived {
    const below = new Map<string, Derivation>();
    this.#addBelow(top, world, below, 0);
    if (below.size === 0) return none;
    const all = [...below.values()];
    const derived = all.map((each) => each.derived);
    const made = [top, ...derived].filter((each) => this.#project.isMade(each.file, each.cls, world));
    const isLeaf = (cls: ClassValue): boolean => !all.some(({ base }) => isSame(base, cls));
    // Where others make all objects, those of classes that promise nothing can be made.
    const isWhole = (cls: ClassValue): boolean => made.length === 0 && cls !== top && !isPromising(cls);
    return {
      kinds: [top, ...derived].filter((each) => isLeaf(each) || made.includes(each) || isWhole(each)),
      names: new Set(derived.flatMap(({ file, cls }) => membersOf(file, cls))),
    };
  }

  #addBelow(base: ClassValue, world: World, found: Map<string, Derivation>, depth: number): void {
    const name = base.file.outline.classes[base.cls]?.name ?? '';
    if (name === '' || depth > maxDepth) return;
    world.touch(base.file);
    for (const alias of [name, ...aliasesOf(name, base.file, this.#project, world)]) {
      for (const each of this.#under(alias, base.file, world)) {
        const { file, cls } = each.derived;
        const key = `${file.path} ${cls}`;
        // What tests derive is no part of the program.
        if (!isSame(each.base, base) || found.has(key) || isTestOf(file.path, base.file.path)) continue;
        found.set(key, each);
        world.touch(file);
        this.#addBelow(each.derived, world, found, depth + 1);
      }
    }
  }

  /** What is derived from anything of a name: found out once for all who bear it. */
  #under(name: string, near: SourceFile, asking: World): readonly Derivation[] {
    return this.#project.answers.ask(asking, {
      known: this.#named,
      key: `${near.language.family} ${name}`,
      find: (world) => {
        world.lookUp(asBase(name));
        return this.#project.deriving(name, near).flatMap((file) => this.#inFile(name, file, world));
      },
      isSame: (a, b) => areSame(a, b, isSameDerivation),
    });
  }

  #inFile(name: string, file: SourceFile, asking: World): readonly Derivation[] {
    return this.#project.answers.askPart(asking, {
      known: this.#namedIn,
      key: `${file.path} ${name}`,
      find: (world) => {
        this.#project.steps++;
        world.touch(file);
        const evaluator = new Evaluation(this.#project, world.aside, reach);
        return file.derivations.flatMap(({ base, derived }): Derivation[] => {
          if (lastName(base) !== name) return [];
          const [of, what] = [base, derived].map((each) =>
            evaluator.evaluate(each, { file, frame: undefined }),
          );
          return of?.kind === 'class' && what?.kind === 'class' ? [{ base: of, derived: what }] : [];
        });
      },
      isSame: (a, b) => areSame(a, b, isSameDerivation),
    });
  }
}

function isPromising({ file, cls }: ClassValue): boolean {
  const { classes, functions } = file.outline;
  const { isAbstract, methods = {} } = classes[cls] ?? {};
  return isAbstract === true || Object.values(methods).some((fn) => functions[fn]?.isAbstract === true);
}

function isSameDerivation(a: Derivation, b: Derivation): boolean {
  return isSame(a.base, b.base) && isSame(a.derived, b.derived);
}

/** The names of the members that a class itself has. */
function membersOf({ outline: { classes, writes, exports } }: SourceFile, cls: number): string[] {
  const { name = '', fields = {}, methods = {} } = classes[cls] ?? {};
  const written = writes.flatMap(({ of, field }) => {
    const isOwn = of.kind === 'self' ? of.cls === cls : of.kind === 'typed' && lastName(of.type) === name;
    return isOwn ? [field] : [];
  });
  const outside = Object.keys(exports).flatMap((key) =>
    key.startsWith(`${name}.`) ? [key.slice(name.length + 1)] : [],
  );
  const own = Object.keys(methods).filter((method) => method !== 'new');
  return [...Object.keys(fields), ...own, ...written, ...outside];
}
