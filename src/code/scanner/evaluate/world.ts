import type { Expr } from '../outline/outline';
import type { Part, SourceFile } from '../files/sourceFile';
import { asUsed, asUser } from '../files/usedNames';
import type { Value } from './value';

/** How many ways in which one call can come about are looked at. */
const maxWorlds = 300;

/** How many alternatives a question on the side has. */
const maxAside = 8;

/** An answer that is found once for all who ask the same, and the parts of the code on which it rests. */
export interface Answer {
  readonly parts: Set<Part>;
  readonly names: Set<string>;
  readonly answers: Set<Answer>;
  /** Whether files that come later can say more, wherever they are: known files that share names with it are all read. */
  isOpen: boolean;
}

/** What an evaluation looked at outside of its own file. */
export interface Dependencies extends Answer {
  /** The files of functions whose callers were looked for, and under which names: files that come later may hold some. */
  readonly called: Map<SourceFile, Set<string>>;
}

/** Dependencies to be filled. */
export function noDependencies(): Dependencies {
  return { parts: new Set(), names: new Set(), answers: new Set(), isOpen: false, called: new Map() };
}

/** The value of an expression, and which functions' callers were asked for on the way. */
export interface Evaluated {
  readonly value: Value;
  readonly asked: readonly string[];
  /** Whether choices counted, which other worlds make otherwise. */
  readonly isChosen: boolean;
}

/** What was evaluated outside of any call that is followed. */
export type Shared = Map<SourceFile, Map<Expr, Evaluated>>;

/** What was evaluated in a file. */
export function ofFile(known: Shared, file: SourceFile): Map<Expr, Evaluated> {
  let found = known.get(file);
  if (!found) known.set(file, (found = new Map<Expr, Evaluated>()));
  return found;
}

/**
 * One way in which things can have come about: which caller, which alternative, which item of a list. A choice that is
 * met for the first time goes to the first alternative, and the others are noted as further worlds.
 */
export class World {
  readonly #choices: Map<string, number>;
  readonly #followed: ReadonlySet<string>;
  readonly #others: World[];
  readonly #seen: Dependencies;
  /** What is the same in all worlds of a question in which the same callers are told apart. */
  readonly shared: Shared;
  /** The functions whose callers were asked for and are not told apart, and how many choices counted. */
  readonly asked: string[] = [];
  chosenCount = 0;

  private constructor(
    choices: Map<string, number>,
    followed: ReadonlySet<string>,
    others: World[],
    seen: Dependencies,
    shared: Shared = new Map(),
  ) {
    this.shared = shared;
    this.#choices = choices;
    this.#followed = followed;
    this.#others = others;
    this.#seen = seen;
  }

  /**
   * Runs `visit` in every possible world. Where it answers with the key of a function, that function's callers are told
   * apart, and it is run again for each of them. `giveUp` is told if there are too many worlds. What is `shared` with other
   * questions must rest on the same `seen`.
   */
  static explore(
    seen: Dependencies,
    giveUp: (limit: string) => void,
    visit: (world: World) => string | undefined,
    shared: Shared = new Map(),
  ): void {
    const worlds: World[] = [];
    worlds.push(new World(new Map(), new Set(), worlds, seen, shared));
    for (let count = 0; count < maxWorlds; count++) {
      const world = worlds.shift();
      if (!world) return;
      const start = new Map(world.#choices);
      const before = worlds.length;
      const follow = visit(world);
      if (follow === undefined || world.#followed.has(follow)) continue;
      // Alternatives that were met on the way will be met again.
      worlds.length = before;
      worlds.unshift(new World(start, new Set([...world.#followed, follow]), worlds, seen, shared));
    }
    if (worlds.length > 0)
      giveUp(`has calls to which more than ${maxWorlds} ways lead: the others are not looked at`);
  }

  /** A world for a side question, in which each choice takes its first alternative. */
  get aside(): World {
    return new World(new Map(), new Set(), [], this.#seen);
  }

  /** The same for each alternative, up to a limit. */
  *eachAside(): Iterable<World> {
    const worlds: World[] = [];
    worlds.push(new World(new Map(), new Set(), worlds, this.#seen));
    for (let count = 0; count < maxAside; count++) {
      const world = worlds.shift();
      if (!world) return;
      yield world;
    }
  }

  /** A world for a question that others may ask too; what the answer rests on is noted in `seen`. */
  static of(seen: Dependencies): World {
    return new World(new Map(), new Set(), [], seen);
  }

  /** The functions whose callers were looked for so far; see `Dependencies`. */
  get called(): Dependencies['called'] {
    return this.#seen.called;
  }

  /** Notes that the answer depends on one that was found out for all. */
  restOn(answer: Answer): void {
    this.#seen.answers.add(answer);
  }

  /** Which of `count` alternatives it is. */
  pick(key: string, count: number): number {
    this.chosenCount++;
    const known = this.#choices.get(key);
    if (known !== undefined) return Math.min(known, count - 1);
    for (let other = 1; other < count && this.#others.length < maxWorlds; other++) {
      this.#others.push(
        new World(
          new Map(this.#choices).set(key, other),
          this.#followed,
          this.#others,
          this.#seen,
          this.shared,
        ),
      );
    }
    this.#choices.set(key, 0);
    return 0;
  }

  /** The alternative that was chosen, if there was a choice. */
  chosen(key: string): number | undefined {
    return this.#choices.get(key);
  }

  /** Whether the callers of the function with this key are told apart. */
  follows(key: string): boolean {
    const isFollowed = this.#followed.has(key);
    if (isFollowed) this.chosenCount++;
    else this.asked.push(key);
    return isFollowed;
  }

  /** Whether there are any whose callers are told apart. */
  get isFollowing(): boolean {
    return this.#followed.size > 0;
  }

  /** The same as `follows`, without noting that it was asked. */
  isFollowed(key: string): boolean {
    return this.#followed.has(key);
  }

  /** Whether something that was evaluated in another world of the question is the same in this one. */
  shares({ asked }: Evaluated): boolean {
    return !asked.some((key) => this.#followed.has(key));
  }

  /** Notes that the answer depends on a part of a file; the file itself stands for what it declares. */
  touch(part: Part): void {
    this.#seen.parts.add(part);
  }

  /** Notes that any file that comes later can say more. */
  leaveOpen(): void {
    this.#seen.isOpen = true;
  }

  /** Notes that the answer depends on what other files declare under the name. */
  lookUp(name: string): void {
    this.#seen.names.add(name);
  }

  /** Notes that the answer depends on what is called, passed or written to under the name. */
  lookForUses(name: string): void {
    this.#seen.names.add(asUsed(name));
  }

  /** Notes that the answer depends on which files use the name in this way. */
  lookForUsers(name: string): void {
    this.#seen.names.add(asUser(name));
  }

  /** Notes that the answer depends on who calls, under the names, functions of a file. */
  lookForCalls(file: SourceFile, names: Iterable<string>): void {
    const known = this.#seen.called.get(file) ?? new Set();
    this.#seen.called.set(file, known);
    for (const name of names) known.add(name);
  }
}
