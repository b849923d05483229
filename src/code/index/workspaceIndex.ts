import { hasWildcard } from '../../res/pattern';
import type { Fact } from '../scanner/facts/fact';
import { Emitter } from '../../util/emitter';
import { NameTrie, type NextPart } from './nameTrie';
import { type Place, withPlace } from './place';
import { type FileNames, type ServiceName, isSameSource, sourceOf, withNames } from './serviceNames';
import { type KnownService, servicesOf } from './services';
import { SortedNames } from './sortedNames';
import { serviceNamed, type UnnamedService, unnamedServices } from './unnamedServices';

export type { Place } from './place';
export type { KnownService } from './services';
export type { UnnamedService } from './unnamedServices';

/** A pattern or name that is served or used somewhere. */
export interface Known {
  readonly pattern: string;
  /** Where the code serves it. */
  readonly handlers: readonly Place[];
  /** Where the code uses it. */
  readonly references: readonly Place[];
}

const none: readonly Place[] = [];

/** The facts of the whole workspace, kept current by file, and the questions that the features ask of them. */
export class WorkspaceIndex {
  readonly #files = new Map<string, readonly Fact[]>();
  readonly #aside = new Set<string>();
  #isAside: (file: string) => boolean = () => false;
  /** The facts as the code says them, of files in which some have no name. */
  readonly #nameless = new Map<string, readonly Fact[]>();
  #namesOf: (file: string) => FileNames = (file) => ({ folder: '', path: file, names: [] });
  readonly #known = new Map<string, Known>();
  readonly #patterns = new NameTrie();
  readonly #wild = new SortedNames();
  readonly #names = new SortedNames();
  /** Texts that many facts have in common. */
  readonly #texts = new Map<string, string>();
  readonly #changed = new Emitter<readonly string[]>();
  #services: readonly KnownService[] | undefined;
  #unnamed: readonly UnnamedService[] | undefined;
  #sorted: { readonly wild: readonly Known[]; readonly concrete: readonly Known[] } | undefined;

  /** Fires with the files whose facts changed. */
  readonly onDidChange = this.#changed.event;

  /** Takes in the new facts of some files; an empty list forgets the file. */
  update(results: readonly { readonly file: string; readonly facts: readonly Fact[] }[]): void {
    if (results.length === 0) return;
    for (const { file, facts: found } of results) {
      const facts = this.#withNames(file, found);
      if (!this.#aside.delete(file)) for (const fact of this.#files.get(file) ?? []) this.#remove(file, fact);
      if (facts.length === 0) this.#files.delete(file);
      else if (this.#isAside(file)) {
        this.#aside.add(file);
        this.#files.set(file, facts);
      } else {
        this.#files.set(
          file,
          facts.map((fact) => this.#add(file, fact)),
        );
      }
    }
    this.#services = undefined;
    this.#unnamed = undefined;
    this.#sorted = undefined;
    this.#changed.fire(results.map(({ file }) => file));
  }

  /** Sets which files count for nothing but what is shown in them: their facts are known, and nobody's place. */
  setAside(isAside: (file: string) => boolean): void {
    this.#isAside = isAside;
    const changed = [...this.#files].filter(([file]) => isAside(file) !== this.#aside.has(file));
    this.update(changed.map(([file, facts]) => ({ file, facts: this.#nameless.get(file) ?? facts })));
  }

  /** Sets how what the code gives no name is called. To be called again when that may be another matter. */
  setNames(namesOf: (file: string) => FileNames): void {
    this.#namesOf = namesOf;
    this.update([...this.#nameless].map(([file, facts]) => ({ file, facts })));
  }

  clear(): void {
    this.update([...this.#files.keys()].map((file) => ({ file, facts: [] })));
  }

  /** Whether the code serves and uses nothing. */
  get isEmpty(): boolean {
    return this.#known.size === 0 && this.services().length + this.unnamed().length === 0;
  }

  files(): IterableIterator<string> {
    return this.#files.keys();
  }

  factsOf(file: string): readonly Fact[] {
    return this.#files.get(file) ?? [];
  }

  /** All services, sorted by name. */
  services(): readonly KnownService[] {
    return (this.#services ??= servicesOf([...this.#files].filter(([file]) => !this.#aside.has(file))));
  }

  /** The services that have no name, in the order of their places. */
  unnamed(): readonly UnnamedService[] {
    return (this.#unnamed ??= unnamedServices(this.#withPaths(this.#nameless.keys())));
  }

  /** What a service that has no name is once its source, or one of its files, has this one. */
  named(service: UnnamedService, name: ServiceName): KnownService {
    return serviceNamed(service, name, this.#withPaths(this.#files.keys()));
  }

  /** The service without a name to which a fact of a file belongs, by what counts, or by that file alone. */
  unnamedAt(file: string, fact: Fact): UnnamedService | undefined {
    const facts = this.factsOf(file);
    const names = this.#namesOf(file);
    const source = fact.of === 'reference' ? undefined : sourceOf(fact, facts, names.path);
    if (!source) return undefined;
    const isIts = (service: UnnamedService): boolean =>
      service.folder === names.folder && isSameSource(service.source, source);
    return this.unnamed().find(isIts) ?? unnamedServices([[file, facts, names]]).find(isIts);
  }

  service(name: string): KnownService | undefined {
    return this.services().find((service) => service.name === name);
  }

  /** The service of a fact in a file, by what counts, or by that file alone if no other one starts the service. */
  serviceAt(file: string, name: string): KnownService | undefined {
    const own = (): readonly KnownService[] => servicesOf([[file, this.factsOf(file)]]);
    return this.service(name) ?? own().find((service) => service.name === name);
  }

  /** All served and used patterns that hold a wildcard, in order. */
  get patterns(): SortedNames {
    return this.#wild;
  }

  /** All served and used concrete names, in order. */
  get names(): SortedNames {
    return this.#names;
  }

  /** The same with their places. */
  known(): { readonly wild: readonly Known[]; readonly concrete: readonly Known[] } {
    return (this.#sorted ??= { wild: this.#knownOf(this.#wild), concrete: this.#knownOf(this.#names) });
  }

  get(pattern: string): Known | undefined {
    return this.#known.get(pattern);
  }

  /** The known concrete names that the pattern matches, at most `limit`. */
  namesMatching(pattern: string, limit?: number): string[] {
    return this.#patterns.coveredBy(pattern, limit);
  }

  countNamesMatching(pattern: string): number {
    return this.#patterns.countCoveredBy(pattern);
  }

  /** The parts that can follow in the known patterns and names; see `NameTrie.nextParts`. */
  nextParts(leading: readonly string[], start?: string, limit?: number): NextPart[] {
    return this.#patterns.nextParts(leading, start, limit);
  }

  /** What counts of some files, and where each of them is. */
  #withPaths(files: Iterable<string>): (readonly [string, readonly Fact[], FileNames])[] {
    return [...files]
      .filter((file) => !this.#aside.has(file))
      .map((file) => [file, this.factsOf(file), this.#namesOf(file)]);
  }

  #withNames(file: string, facts: readonly Fact[]): readonly Fact[] {
    const isNameless = facts.some(({ kind }) => kind === 'unresolved');
    if (isNameless) this.#nameless.set(file, facts);
    else this.#nameless.delete(file);
    return isNameless ? withNames(facts, this.#namesOf(file)) : facts;
  }

  /** Takes a fact in, and hands it back with texts of which there is one each, however often they are used. */
  #add(file: string, fact: Fact): Fact {
    const pattern = isOfName(fact) ? this.#addPlace(file, fact) : fact.pattern;
    return {
      ...fact,
      kind: this.#shared(fact.kind),
      pattern,
      ...(fact.service !== undefined && { service: this.#shared(fact.service) }),
      language: this.#shared(fact.language),
      library: this.#shared(fact.library),
    };
  }

  /** Adds the place of a name, and hands back the name. */
  #addPlace(file: string, fact: Fact): string {
    const known = this.#known.get(fact.pattern);
    if (!known) {
      this.#patterns.add(fact.pattern);
      this.#listOf(fact.pattern).add(fact.pattern);
    }
    const { pattern } = known ?? fact;
    const { handlers = none, references = none } = known ?? {};
    const place = { file, line: fact.line, column: fact.column };
    const added: Known =
      fact.kind === 'handler'
        ? { pattern, handlers: withPlace(handlers, place), references }
        : { pattern, handlers, references: withPlace(references, place) };
    this.#known.set(pattern, added);
    return pattern;
  }

  #remove(file: string, fact: Fact): void {
    const known = isOfName(fact) ? this.#known.get(fact.pattern) : undefined;
    if (!known) return;
    const others = (places: readonly Place[]): readonly Place[] => {
      const at = places.findIndex((p) => p.file === file && p.line === fact.line && p.column === fact.column);
      return at < 0 ? places : places.toSpliced(at, 1);
    };
    const { pattern } = known;
    const handlers = fact.kind === 'handler' ? others(known.handlers) : known.handlers;
    const references = fact.kind === 'reference' ? others(known.references) : known.references;
    if (handlers.length + references.length > 0) {
      this.#known.set(pattern, { pattern, handlers, references });
      return;
    }
    this.#known.delete(pattern);
    this.#patterns.delete(pattern);
    this.#listOf(pattern).delete(pattern);
  }

  #listOf(pattern: string): SortedNames {
    return hasWildcard(pattern) ? this.#wild : this.#names;
  }

  #shared<T extends string>(text: T): T {
    const known = this.#texts.get(text);
    if (known === undefined) this.#texts.set(text, text);
    return (known ?? text) as T;
  }

  #knownOf(names: SortedNames): Known[] {
    return [...names].flatMap((name) => this.#known.get(name) ?? []);
  }
}

function isOfName({ kind }: Fact): boolean {
  return kind === 'handler' || kind === 'reference';
}
