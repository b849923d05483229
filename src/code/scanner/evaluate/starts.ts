import { SetMap } from '../../../util/setMap';
import { Evaluation } from './evaluation';
import type { Code, Evaluator } from './evaluator';
import type { Caller } from '../callers/foundCallers';
import type { Found, Question } from '../linking/knownAnswers';
import { fromCaller } from './parameters';
import { type KnownStarts, type Mark, Seen, type Starts, keyOf, marks } from './seenStarts';
import type { Parameter, Site, Value } from './value';
import { type Answer, type Dependencies, type Shared, World } from './world';

/**
 * Finds out how texts can start that come to a place. What comes to a parameter is found out once for all who ask, and
 * callers are not told apart for it: most subjects of a program have nothing to do with the protocol.
 */
export class StartFinder {
  readonly #project: Code;
  readonly #seen = new Map<string, Found<Seen>>();
  readonly #seenIn = new Map<string, Found<Seen>>();
  /** What is known of each parameter, and to which others it goes on; holds until one of them is looked at again. */
  #marks = new SetMap<string, Mark>();
  #goesTo = new SetMap<string, string>();
  #known = new Set<string>();
  readonly #byFile = new SetMap<string, Dependencies['called']>();
  #isNew = false;
  readonly #news = new Set<string>();

  constructor(project: Code) {
    this.#project = project;
  }

  /** How the text can start that is an argument of a call; see `World.explore` for what is `shared`. */
  ofArgument(
    site: Site,
    index: number,
    asking: Dependencies,
    shared: Shared,
  ): Starts & { from: ReadonlyMap<string, KnownStarts> } {
    const seen = new Seen();
    let isCalleeOpen = false as boolean;
    const visit = (world: World): undefined => {
      const evaluator = new Evaluation(this.#project, world);
      evaluator.callee(site);
      isCalleeOpen ||= world.asked.length > 0;
      const value = evaluator.argument(site, index);
      if (value) seen.add(value, world.asked);
    };
    World.explore(asking, this.#giveUp(site), visit, shared);
    const from = new Map([...seen.from].map(([key, of]) => [key, { of, starts: this.of(of) }]));
    const is = (mark: Mark): boolean =>
      seen.marks.has(mark) || [...from.values()].some(({ starts }) => starts[mark]);
    return {
      isSubject: is('isSubject'),
      isPlain: is('isPlain'),
      // The callers of the function are told apart only if more than the text depends on them.
      isOpen: isCalleeOpen && is('isOpen'),
      from,
    };
  }

  /** Whether something else is known of a parameter now. */
  hasChanged({ of, starts }: KnownStarts): boolean {
    const file = this.#project.get(of.file.path);
    const now = file && this.of({ ...of, file });
    return !now || marks.some((mark) => now[mark] !== starts[mark]);
  }

  /** The answers on which it rests what is known of a parameter. */
  *answersOn({ of }: KnownStarts): Iterable<Answer> {
    const keys = new Set([keyOf(of)]);
    for (const key of keys) {
      const seen = this.#seen.get(key);
      if (!seen) continue;
      yield seen.answer;
      for (const from of seen.value.from.keys()) keys.add(from);
    }
  }

  /** The functions whose callers were looked for, because of parameters in a file; see `Dependencies`. */
  calledFrom(file: string): Iterable<Dependencies['called']> {
    return this.#byFile.get(file) ?? [];
  }

  /** The files of which `calledFrom` may have changed since this was asked last. */
  takeNews(): string[] {
    const news = [...this.#news];
    this.#news.clear();
    return news;
  }

  /** How the text can start that a parameter holds. */
  of(parameter: Parameter): Starts {
    const key = keyOf(parameter);
    // Files that are read on the way can make earlier findings untrue.
    for (let known; known !== this.#known;) {
      known = this.#known;
      this.#find(key, parameter);
    }
    const [isSubject, isPlain, isOpen] = marks.map((mark) => this.#marks.get(key)?.has(mark) ?? false);
    return { isSubject: isSubject ?? false, isPlain: isPlain ?? false, isOpen: isOpen ?? false };
  }

  /** Looks at all parameters from which the text can come, and hands on what each says of itself. */
  #find(key: string, parameter: Parameter): void {
    const open: [string, Parameter][] = [[key, parameter]];
    for (let next = open.pop(); next; next = open.pop()) {
      const [at, of] = next;
      if (this.#known.has(at)) continue;
      this.#known.add(at);
      const seen = this.#look(at, of);
      for (const [from, source] of seen.from) {
        this.#goesTo.add(from, at);
        open.push([from, source]);
        for (const mark of this.#marks.get(from) ?? []) this.#mark(at, mark);
      }
      for (const mark of seen.marks) this.#mark(at, mark);
    }
  }

  #mark(key: string, mark: Mark): void {
    const open = [key];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (this.#marks.get(at)?.has(mark)) continue;
      this.#marks.add(at, mark);
      open.push(...(this.#goesTo.get(at) ?? []));
    }
  }

  /** Whether something else may be known of any parameter than when this was asked last. */
  takeChanged(): boolean {
    const isNew = this.#isNew;
    this.#isNew = false;
    return isNew;
  }

  /** What the callers of the parameter's own function give. */
  #look(key: string, parameter: Parameter): Seen {
    const { file } = parameter;
    const called: Dependencies['called'] = new Map();
    const question: Question<string, Seen> = {
      known: this.#seen,
      key,
      find: (_, seen) => this.#lookAt(key, parameter, seen),
      isSame: (a, b) => a.isSame(b),
      isWanted: true,
      forget: () => {
        if (!this.#seen.has(key)) this.#byFile.delete(file.path, called);
        this.#news.add(file.path);
        this.#isNew = true;
        this.#known = new Set();
        this.#marks = new SetMap();
        this.#goesTo = new SetMap();
      },
    };
    if (!this.#seen.has(key)) {
      this.#byFile.add(file.path, called);
      this.#news.add(file.path);
    }
    return this.#project.answers.look(question, called).value;
  }

  #lookAt(key: string, parameter: Parameter, dependencies: Dependencies): Seen {
    const { file, fn, index } = parameter;
    const seen = new Seen();
    dependencies.parts.add(file.signatureOf(fn));
    const { params = [] } = file.outline.functions[fn] ?? {};
    const param = params[index];
    const explore = (visit: (evaluator: Evaluator) => Value | undefined): void => {
      this.#explore(parameter, dependencies, seen, visit);
    };
    const inside = { file, frame: undefined };
    const { fallback } = param ?? {};
    if (fallback) explore((evaluator) => evaluator.evaluate(fallback, inside));
    explore((evaluator) => {
      const { own, promises } = this.#project.callersOf(file, fn, evaluator);
      for (const promise of promises) {
        const from = { file: promise.file, fn: promise.fn, index };
        seen.from.set(keyOf(from), from);
      }
      for (const callers of byFile(own)) seen.addAll(this.#fromFile(key, parameter, callers, evaluator));
      return undefined;
    });
    return seen;
  }

  /** What the callers in one file give: a change in it must not cost more where others call the function too. */
  #fromFile(key: string, parameter: Parameter, callers: readonly Caller[], { world }: Evaluator): Seen {
    const places = callers.map(({ call, arg }) => `${call}:${arg}`).join();
    return this.#project.answers.askPart(world, {
      known: this.#seenIn,
      key: `${key} ${callers[0]?.file.path} ${places}`,
      find: (_, dependencies) => {
        const seen = new Seen();
        const shared: Shared = new Map();
        for (const caller of callers) {
          const visit = (each: Evaluator): Value | undefined => fromCaller(caller, parameter, each);
          this.#explore(parameter, dependencies, seen, visit, shared);
        }
        return seen;
      },
      isSame: (a, b) => a.isSame(b),
    });
  }

  #explore(
    parameter: Parameter,
    dependencies: Dependencies,
    seen: Seen,
    visit: (evaluator: Evaluator) => Value | undefined,
    shared?: Shared,
  ): void {
    const look = (world: World): undefined => {
      const value = visit(new Evaluation(this.#project, world));
      if (value) seen.add(value, world.asked);
    };
    World.explore(dependencies, this.#giveUp(parameter), look, shared);
  }

  #giveUp({ file }: { file: Site['file'] }): (limit: string) => void {
    return (limit) => {
      this.#project.giveUp(file, limit);
    };
  }
}

function byFile(callers: readonly Caller[]): Iterable<readonly Caller[]> {
  const found = new Map<Caller['file'], Caller[]>();
  for (const caller of callers) {
    const list = found.get(caller.file);
    if (list) list.push(caller);
    else found.set(caller.file, [caller]);
  }
  return found.values();
}
