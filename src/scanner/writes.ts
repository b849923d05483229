import { Evaluator } from './evaluator';
import type { Expr, FieldWrite } from './outline';
import type { Project } from './project';
import type { SourceFile } from './sourceFile';
import { isTestOf } from './testFiles';
import { type Context, type Value, isSame } from './value';
import type { Answer } from './world';

/** A field that is written in more places than this can hold anything. */
const maxWrites = 200;

/** A value that is written to a field, and where. */
export interface Written {
  readonly value: Expr;
  readonly in: Context;
}

/** A place where something is written to a field. */
interface Place {
  readonly file: SourceFile;
  readonly index: number;
}

/** The places where fields of one name are written, by the class of the object. */
type ByClass = Map<SourceFile, Map<number, Place[]>>;

interface Found {
  readonly byClass: ByClass;
  readonly answer: Answer;
  /** The same in their order, which is known once all places are. */
  ordered: Map<readonly Place[], readonly Place[]> | undefined;
}

const none: readonly Place[] = [];

/** Finds what code writes to fields of objects. */
export class Writes {
  readonly #project: Project;
  readonly #known = new Map<string, Found>();

  constructor(project: Project) {
    this.#project = project;
  }

  /**
   * What is written to a field of instances of a class: by its own file first, then by others, but for its tests. Undefined
   * where it can be anything.
   */
  to(of: Value & { k: 'instance' }, field: string, evaluator: Evaluator): readonly Written[] | undefined {
    evaluator.world.lookUp(field);
    const { byClass, ordered } = this.#find(field, of.file, evaluator);
    const places = byClass.get(of.file)?.get(of.cls) ?? none;
    if (places.length > maxWrites) {
      this.#project.giveUp(
        of.file,
        `has fields that are written in more than ${maxWrites} places: they are not known`,
      );
      return undefined;
    }
    const constructor = of.made && of.file.outline.classes[of.cls]?.methods.new;
    if (constructor === undefined) {
      const all = ordered?.get(places) ?? [...places].sort(nearestFirst(of.file));
      ordered?.set(places, all);
      return valuesOf(all, () => undefined);
    }
    const making = this.#making(of, constructor, field, evaluator);
    const others = places.filter(
      ({ file, index }) => file !== of.file || writeAt(file, index)?.fn !== constructor,
    );
    return valuesOf([...making, ...others].sort(nearestFirst(of.file)), ({ file, index }) =>
      file === of.file && writeAt(file, index)?.fn === constructor ? of.made : undefined,
    );
  }

  /** The places in a constructor where the object that it makes is written to, with what it was called with. */
  #making(
    of: Value & { k: 'instance' },
    constructor: number,
    field: string,
    evaluator: Evaluator,
  ): readonly Place[] {
    const { file, cls, made } = of;
    return file.writesIn(constructor).flatMap((index) => {
      const write = writeAt(file, index);
      if (write?.field !== field) return [];
      const isMeant =
        write.of.k === 'self'
          ? write.of.cls === cls
          : isSame(evaluator.evaluate(write.of, { file, frame: made }), { k: 'instance', file, cls });
      return isMeant ? [{ file, index }] : [];
    });
  }

  /** All writes to fields of a name, found out once for all classes. */
  #find(field: string, near: SourceFile, { world: asking, reach, byType }: Evaluator): Found {
    const key = `${near.language.family} ${field} ${byType} ${reach}`;
    const known = this.#known.get(key);
    if (known) {
      asking.restOn(known.answer);
      return known;
    }
    const begun = this.#project.answers.begin();
    const { world, answer } = asking.question;
    asking.restOn(answer);
    const found: ByClass = new Map();
    const all: Found = { byClass: found, answer, ordered: undefined };
    this.#known.set(key, all);
    world.lookUp(field);
    for (const file of this.#project.writing(field, near)) {
      world.touch(file);
      this.#project.steps++;
      for (const index of file.writesByField.get(field) ?? []) {
        const of = writeAt(file, index)?.of;
        if (!of) continue;
        if (of.k === 'self') add(found, file, of.cls, { file, index });
        else if (reach > 0) {
          const target = new Evaluator(this.#project, world.aside, reach - 1, byType).evaluate(of, {
            file,
            frame: undefined,
          });
          // What tests write is not what the program writes.
          if (target.k === 'instance' && !isTestOf(file.path, target.file.path))
            add(found, target.file, target.cls, { file, index });
        }
      }
    }
    this.#project.answers.keep(answer, begun, () => this.#known.delete(key));
    all.ordered = new Map();
    return all;
  }
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
    return write ? [{ value: write.value, in: { file: place.file, frame: frameOf(place) } }] : [];
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
    if (a.file === b.file) return a.index - b.index;
    if (a.file === near || b.file === near) return a.file === near ? -1 : 1;
    return a.file.path < b.file.path ? -1 : 1;
  };
}
