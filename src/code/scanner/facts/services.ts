import type { LanguageSet } from '../languageSet';
import { type Fact, type PlacedFact, withoutServes } from './fact';

/** In order, and each only once: several files can say the same of one place. */
export function distinct(placed: readonly PlacedFact[]): PlacedFact[] {
  const byKey = new Map(placed.map((each) => [`${each.start} ${each.fact.kind} ${each.fact.pattern}`, each]));
  return [...byKey.values()].sort((a, b) => a.start - b.start || (a.fact.pattern < b.fact.pattern ? -1 : 1));
}

/** Adds the services that handlers of libraries without a notion of a service imply: at the first handler of each. */
export function withServices(placed: readonly PlacedFact[], languages: LanguageSet): Fact[] {
  const seen = new Set<string>();
  return placed.flatMap(({ fact }): Fact[] => {
    const { kind, service, library } = fact;
    const isNew =
      kind === 'handler' && service !== undefined && languages.impliesService(library) && !seen.has(service);
    if (!isNew) return [fact];
    seen.add(service);
    return [{ ...withoutServes(fact), kind: 'service', pattern: `${service}.>` }, fact];
  });
}
