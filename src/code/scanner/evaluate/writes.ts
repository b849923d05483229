import { Evaluation } from './evaluation';
import type { Code, Evaluator, Written } from './evaluator';
import { areSame, areSameMaps } from '../callers/foundCallers';
import type { Found as Kept } from '../linking/knownAnswers';
import type { FieldWrite } from '../outline/outline';
import type { SourceFile } from '../files/sourceFile';
import { isTestOf } from '../files/testFiles';
import { type Frame, type Value, isSame } from './value';
import type { Answer, World } from './world';

/** A field that is written in more places than this can hold anything. */
const maxWrites = 200;

/** A place where something is written to a field. */
interface Place {
  readonly file: SourceFile;
  readonly index: number;
}

/** A place, and the class of the object that is written to there. */
interface Target extends Place {
  readonly of: SourceFile;
  readonly cls: number;
}

/** The places where fields of one name are written, by the class of the object. */
type ByClass = Map<SourceFile, Map<number, Place[]>>;

interface Found {
  readonly byClass: ByClass;
  /** The same in their order. */
  readonly ordered: Map<readonly Place[], readonly Place[]>;
}

const none: readonly Place[] = [];

/** Finds what code writes to fields of objects. */
export class Writes {
  readonly #project: Code;
  readonly #known = new Map<string, Kept<Found>>();
  readonly #inFiles = new WeakMap<SourceFile, Map<string, Kept<readonly Target[]>>>();

  constructor(project: Code) {
    this.#project = project;
  }

  /**
   * What is written to a field of instances of a class: by its own file first, then by others, but for its tests. Undefined
   * where it can be anything.
   */
  to(of: Value & { kind: 'instance' }, field: string, evaluator: Evaluator): readonly Written[] | undefined {
    const { byClass, ordered } = this.#find(field, of.file, evaluator);
    const places = byClass.get(of.file)?.get(of.cls) ?? none;
    evaluator.world.touch(of.file);
    if (!this.#project.isHidden(field, of.file)) evaluator.world.leaveOpen();
    for (const { file, index } of places) evaluator.world.touch(file.codeOf(writeAt(file, index)?.fn ?? 0));
    if (places.length > maxWrites) {
      this.#project.giveUp(
        of.file,
        `has fields that are written in more than ${maxWrites} places: they are not known`,
      );
      return undefined;
    }
    const constructor = of.made && of.file.outline.classes[of.cls]?.methods.new;
    if (constructor === undefined) {
      const all = ordered.get(places) ?? [...places].sort(nearestFirst(of.file));
      ordered.set(places, all);
      return valuesOf(all, ({ file, index }) =>
        of.made?.isOpen ? openFrame(file, writeAt(file, index)?.fn ?? 0, evaluator) : undefined,
      );
    }
    const making = this.#making(of, constructor, field, evaluator);
    const others = places.filter(
      ({ file, index }) => file !== of.file || writeAt(file, index)?.fn !== constructor,
    );
    return valuesOf([...making, ...others].sort(nearestFirst(of.file)), ({ file, index }) =>
      file === of.file && writeAt(file, index)?.fn === constructor ? of.made : undefined,
    );
  }

  /** The answers that rest on what is written in a file to some fields. */
  *inFile(file: SourceFile, fields: ReadonlySet<string>): Iterable<Answer> {
    for (const [key, { answer }] of this.#inFiles.get(file) ?? [])
      if (fields.has(key.slice(0, key.indexOf(' ')))) yield answer;
  }

  /** The places in a constructor where the object that it makes is written to, with what it was called with. */
  #making(
    of: Value & { kind: 'instance' },
    constructor: number,
    field: string,
    evaluator: Evaluator,
  ): readonly Place[] {
    const { file, cls, made } = of;
    evaluator.world.touch(file.codeOf(constructor));
    return file.writesIn(constructor).flatMap((index) => {
      const write = writeAt(file, index);
      if (write?.field !== field) return [];
      const isMeant =
        write.of.kind === 'self'
          ? write.of.cls === cls
          : isSame(evaluator.evaluate(write.of, { file, frame: made }), { kind: 'instance', file, cls });
      return isMeant ? [{ file, index }] : [];
    });
  }

  /** All writes to fields of a name, found out once for all classes. */
  #find(field: string, near: SourceFile, { world: asking, reach, byType }: Evaluator): Found {
    return this.#project.answers.ask(asking, {
      known: this.#known,
      key: `${near.language.family} ${field} ${byType} ${reach}`,
      find: (world): Found => {
        world.lookForUsers(field);
        const byClass: ByClass = new Map();
        for (const file of this.#project.writing(field, near))
          for (const { of, cls, index } of this.#inFile(field, file, world, reach, byType))
            add(byClass, of, cls, { file, index });
        return { byClass, ordered: new Map() };
      },
      isSame: (a, b) => isSameByClass(a.byClass, b.byClass),
    });
  }

  /** Those in one file: a change in it must not cost more where others write to the field too. */
  #inFile(field: string, file: SourceFile, asking: World, reach: number, byType: boolean): readonly Target[] {
    let known = this.#inFiles.get(file);
    if (!known) this.#inFiles.set(file, (known = new Map<string, Kept<readonly Target[]>>()));
    return this.#project.answers.askPart(asking, {
      known,
      key: `${field} ${byType} ${reach}`,
      find: (world) => this.#findTargets(field, file, world, reach, byType),
      isSame: (a, b) => areSame(a, b, isSameTarget),
    });
  }

  #findTargets(
    field: string,
    file: SourceFile,
    world: World,
    reach: number,
    byType: boolean,
  ): readonly Target[] {
    const found: Target[] = [];
    const { aside } = world;
    this.#project.steps++;
    for (const index of file.writesByField.get(field) ?? []) {
      const write = writeAt(file, index);
      if (!write) continue;
      const { of, fn } = write;
      world.touch(file.codeOf(fn));
      if (of.kind === 'self') found.push({ of: file, cls: of.cls, file, index });
      else if (reach > 0) {
        const evaluator = new Evaluation(this.#project, aside, reach - 1, byType);
        const target = evaluator.evaluate(of, { file, frame: undefined });
        // Tests are not part of the program.
        if (target.kind === 'instance' && !isTestOf(file.path, target.file.path))
          found.push({ of: target.file, cls: target.cls, file, index });
      }
    }
    return found;
  }
}

function isSameTarget(a: Target, b: Target): boolean {
  return a.index === b.index && a.of === b.of && a.cls === b.cls;
}

function isSameByClass(a: ByClass, b: ByClass): boolean {
  const isSame = (one: Place, other: Place): boolean => one.file === other.file && one.index === other.index;
  return areSameMaps(a, b, (classes, others) =>
    areSameMaps(classes, others, (places, more) => areSame(places, more, isSame)),
  );
}

function writeAt(file: SourceFile, index: number): FieldWrite | undefined {
  return file.outline.writes[index];
}

function valuesOf(
  places: readonly Place[],
  frameOf: (place: Place) => Written['in']['frame'],
): readonly Written[] {
  return places.flatMap((place) => {
    const write = writeAt(place.file, place.index);
    if (!write) return [];
    const frame = frameOf(place);
    const isInitial = write.of.kind === 'typed' && !write.of.isSelf;
    return [
      {
        value: write.value,
        in: { file: place.file, frame },
        ...(isInitial && { isInitial }),
        ...(!frame && { fn: write.fn }),
      },
    ];
  });
}

function add(all: ByClass, of: SourceFile, cls: number, place: Place): void {
  let classes = all.get(of);
  if (!classes) all.set(of, (classes = new Map<number, Place[]>()));
  const places = classes.get(cls);
  if (places) places.push(place);
  else classes.set(cls, [place]);
}

function nearestFirst(near: SourceFile): (a: Place, b: Place) => number {
  return (a, b) => {
    if (a.file === b.file) return a.file.rank('writes', a.index) - b.file.rank('writes', b.index);
    if (a.file === near || b.file === near) return a.file === near ? -1 : 1;
    return a.file.path < b.file.path ? -1 : 1;
  };
}

/** A run of a function that several call, of which it can't be told which it is. */
function openFrame(file: SourceFile, fn: number, evaluator: Evaluator): Frame | undefined {
  const areSeveral = fn !== 0 && evaluator.project.callersOf(file, fn, evaluator).areSeveral;
  return areSeveral ? { file, fn, outer: undefined, isOpen: true } : undefined;
}
