import type { Evaluator } from '../evaluate/evaluator';
import { valueAt } from '../evaluate/collections/mapped';
import { referred, registered } from '../evaluate/collections/seeds';
import { type Value, wholeText } from '../evaluate/value';
import { type Fact, type PlacedFact, type RequestKind, withoutServes } from '../facts/fact';
import { type ReadName, partFollow, readName, startFollow } from '../facts/names';
import { placeOfName } from '../facts/naming';
import type { Library, Naming, Report } from '../libraries/library';

/** Takes the facts of one world. */
export class Reporter implements Report {
  readonly #library: Library;
  readonly #evaluator: Evaluator;
  readonly #plain: Set<Library>;
  readonly #loose: PlacedFact[] = [];
  readonly #facts: PlacedFact[] = [];
  #follow: string | undefined;

  /** `plain` are libraries that carry other messages too. */
  constructor(library: Library, evaluator: Evaluator, plain: Set<Library>) {
    this.#library = library;
    this.#evaluator = evaluator;
    this.#plain = plain;
  }

  mustFollow(text: Value): boolean {
    return this.#follows(startFollow(text));
  }

  service(name: Value, naming: Naming, owned?: { resources?: Value; access?: Value }): void {
    if (wholeText(name) === '') {
      this.#add('service', '>', placeOf(name, naming), owned && { owned: this.#owned(owned) });
      return;
    }
    const read = readName(name);
    if (!read) return;
    if (!this.#follows(read.follow)) {
      const kind = read.isOpen ? 'unresolved' : 'service';
      this.#add(kind, `${read.pattern}.>`, placeOf(name, naming), {
        ...unresolved(read, 'service'),
        ...(owned && { owned: this.#owned(owned, read) }),
      });
    }
  }

  handler(given: Value, naming: Naming, serves?: readonly RequestKind[]): void {
    const name = registered(given);
    const read = readName(name);
    if (!read || this.#follows(read.follow)) return;
    this.#add(read.isOpen ? 'unresolved' : 'handler', read.pattern, placeOf(name, naming), {
      ...unresolved(read, 'handler'),
      ...(serves && { serves }),
    });
    this.#loosen(name, naming);
  }

  reference(given: Value, naming: Naming): void {
    const name = referred(given);
    const read = readName(name);
    // Of a use of just any resource there is nothing to say.
    if (!read || this.#follows(read.follow) || isNothing(read.pattern)) return;
    // Where callers give all but the service, only they say what is used.
    if (/^[^.?]+\.\*$/.test(read.pattern) && this.#follows(partFollow(name))) return;
    const kind = read.isOpen ? 'unresolved' : 'reference';
    this.#add(kind, read.pattern, placeOf(name, naming), unresolved(read, 'reference'));
    this.#loosen(name, naming);
  }

  /** One that is named by what a caller gives stands there for that caller alone. */
  #loosen(name: Value, naming: Naming): void {
    const placed = this.#facts.at(-1);
    const isOwn = placed?.file === naming.in.file.path && placed.start === naming.at.start;
    if (placed && this.#follows(partFollow(name)) && isOwn) this.#loose.push(placed);
  }

  isBesideWords(name: Value, naming: Naming): boolean {
    const { in: context } = placeOfName(placeOf(name, naming), this.#evaluator);
    return [naming.in.file, context.file].some(({ outline }) => outline.isSpeaking);
  }

  plainMessage(): void {
    this.#plain.add(this.#library);
  }

  /** Whether there are facts, or would be if it were known more. */
  get isTelling(): boolean {
    return this.#facts.length > 0 || this.#follow !== undefined;
  }

  /**
   * Hands the facts over, or says whose callers must be told apart first. Facts of which callers give a part of the name
   * go to `loose`.
   */
  finish(facts: Map<string, PlacedFact>, loose: PlacedFact[] = []): string | undefined {
    loose.push(...this.#loose);
    if (this.#follow !== undefined) return this.#follow;
    for (const placed of this.#facts) add(placed, facts);
    return undefined;
  }

  #follows(follow: string | undefined): boolean {
    if (follow === undefined || this.#evaluator.world.follows(follow)) return false;
    this.#follow = follow;
    return true;
  }

  #add(kind: Fact['kind'], pattern: string, naming: Naming, more?: Partial<Fact>): void {
    const { at, in: context } = placeOfName(naming, this.#evaluator);
    const [service = ''] = pattern.split('.', 1);
    const fact: Fact = {
      kind,
      pattern,
      ...(!['?', '*', '>'].includes(service) && { service }),
      line: at.line,
      column: at.column,
      language: context.file.language.name,
      library: this.#library.name,
      ...more,
    };
    this.#facts.push({ file: context.file.path, fact, start: at.start, length: at.length });
  }

  #owned(owned: { resources?: Value; access?: Value }, name?: ReadName): NonNullable<Fact['owned']> {
    const resources = this.#patterns(owned.resources, name);
    const access = this.#patterns(owned.access, name);
    return { ...(resources && { resources }), ...(access && { access }) };
  }

  /** Of patterns with an unknown start, those that start as the service's own name does. */
  #patterns(list: Value | undefined, name?: ReadName): string[] | undefined {
    if (list?.kind !== 'list') return undefined;
    const isOwn = ({ by }: ReadName): boolean =>
      by !== undefined && JSON.stringify(by) === JSON.stringify(name?.by);
    return list.items.flatMap((item) => {
      const read = readName(valueAt(item, list.in, this.#evaluator));
      return read && (!read.isOpen || isOwn(read)) ? [read.pattern] : [];
    });
  }
}

/** What is reported of a place whose name isn't known. */
function unresolved({ isOpen, by }: ReadName, of: NonNullable<Fact['of']>): Partial<Fact> {
  return isOpen ? { of, ...(by && { namedBy: by }) } : {};
}

/** Adds a fact to others; the same of one place counts once. */
export function add(placed: PlacedFact, facts: Map<string, PlacedFact>): void {
  const { kind, pattern } = placed.fact;
  const key = [kind, pattern, placed.file, placed.start].join(' ');
  const known = facts.get(key);
  facts.set(key, known ? { ...known, fact: merged(known.fact, placed.fact) } : placed);
}

/** Whether no part of a pattern is known, or it stands for everything. */
function isNothing(pattern: string): boolean {
  return /^\?(\.\*)*$|^>$/.test(pattern);
}

/** A name out of a list or map stands there. */
function placeOf(name: Value, naming: Naming): Naming {
  return (name.kind === 'text' && name.from) || naming;
}

/** Two facts of the same thing: what either says is served is served; if one can't tell, nobody can. */
function merged(a: Fact, b: Fact): Fact {
  if (a.serves && b.serves) return { ...a, serves: [...new Set([...a.serves, ...b.serves])] };
  return withoutServes(a);
}
