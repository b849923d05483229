import { enteredFrame } from '../evaluate/entered';
import { Evaluation } from '../evaluate/evaluation';
import type { PlacedFact } from '../facts/fact';
import type { Linked } from './links';
import type { CallShape, Library, Naming } from '../libraries/library';
import { settle } from '../facts/looseNames';
import { withoutPlainSubjects } from '../facts/plainSubjects';
import type { Project } from './project';
import { Reporter, add } from './reporter';
import type { SourceFile } from '../files/sourceFile';
import type { KnownStarts } from '../evaluate/seenStarts';
import type { Site } from '../evaluate/value';
import { type Shared, World, noDependencies } from '../evaluate/world';

/** Finds the facts that a file's code gives rise to; they can be about other files, where a name comes from there. */
export function link(file: SourceFile, project: Project): Linked {
  const seen = noDependencies();
  const giveUp = (limit: string): void => {
    project.giveUp(file, limit);
  };
  const facts = new Map<string, PlacedFact>();
  const plain = new Set<Library>();
  const starts = new Map<string, KnownStarts>();
  const shared: Shared = new Map();
  /** Calls that can be nothing but messages of no protocol that is known. */
  const others: (() => void)[] = [];
  for (const library of project.languages.librariesOf(file)) {
    for (const { index, shape } of callsOf(library, file)) {
      const look = (): void => {
        const loose: PlacedFact[] = [];
        const found = new Map<string, PlacedFact>();
        const visit = (world: World): string | undefined => {
          const evaluator = new Evaluation(project, world);
          const site: Site = { file, call: index, frame: undefined };
          const callee = evaluator.callee(site);
          const receiver = callee.kind === 'method' ? callee.of : callee;
          if (
            receiver.kind === 'unknown' &&
            receiver.follow !== undefined &&
            !world.follows(receiver.follow)
          ) {
            return receiver.follow;
          }
          const reporter = new Reporter(library, evaluator, plain);
          shape(callee, site, evaluator, reporter);
          const frame = reporter.isTelling ? enteredFrame(file, file.call(index).fn, evaluator) : undefined;
          if (!frame) return reporter.finish(found, loose);
          // What was found may be put together of what does not belong together.
          const inside = { ...site, frame };
          const again = new Reporter(library, evaluator, plain);
          shape(evaluator.callee(inside), inside, evaluator, again);
          return again.finish(found, loose);
        };
        World.explore(seen, giveUp, visit, shared);
        settle(loose, found);
        for (const placed of found.values()) add(placed, facts);
      };
      const start =
        shape.subject === undefined
          ? undefined
          : project.starts.ofArgument({ file, call: index, frame: undefined }, shape.subject, seen, shared);
      for (const [key, each] of start?.from ?? []) starts.set(key, each);
      if (!start || start.isSubject || start.isOpen) look();
      else if (start.isPlain) others.push(look);
    }
    for (const { what, value, at, fn, of } of file.outline.mentions) {
      const shape = library.mentions?.[what];
      if (!shape || fn < 0) continue;
      const visit = (world: World): string | undefined => {
        const evaluator = new Evaluation(project, world);
        const reporter = new Reporter(library, evaluator, plain);
        const naming: Naming = { value, at, in: { file, frame: undefined }, ...(of && { of }) };
        shape(naming, evaluator, reporter);
        const frame = reporter.isTelling ? enteredFrame(file, fn, evaluator) : undefined;
        if (!frame) return reporter.finish(facts);
        const again = new Reporter(library, evaluator, plain);
        shape({ ...naming, in: { file, frame } }, evaluator, again);
        return again.finish(facts);
      };
      World.explore(seen, giveUp, visit, shared);
    }
  }
  const found = withoutDoubts([...facts.values()]);
  // Whether there are other messages matters only beside those of the protocol.
  if (found.length > 0)
    for (const look of others) {
      if (plain.size > 0) break;
      look();
    }
  return {
    ...seen,
    starts: [...starts.values()],
    facts: withoutPlainSubjects(found, plain.size > 0, file, project, seen),
  };
}

/** The calls in a file that can mean something to a library, in their order. */
function callsOf({ calls = {} }: Library, file: SourceFile): { index: number; shape: CallShape }[] {
  return Object.entries(calls)
    .flatMap(([name, shape]) => (file.callsByName.get(name) ?? []).map((index) => ({ index, shape })))
    .sort((a, b) => file.rank('calls', a.index) - file.rank('calls', b.index));
}

/** What is not known in one of several ways to get to a place is no news where it is known in another. */
function withoutDoubts(facts: readonly PlacedFact[]): PlacedFact[] {
  const known = new Set(
    facts.filter(({ fact }) => fact.kind !== 'unresolved').map(({ file, start }) => `${file} ${start}`),
  );
  return facts.filter(
    ({ fact, file, start }) => fact.kind !== 'unresolved' || !known.has(`${file} ${start}`),
  );
}
