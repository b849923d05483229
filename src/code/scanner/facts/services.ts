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
    const { kind, service, library, of, namedBy } = fact;
    const setter = namedBy && `set ${JSON.stringify(namedBy)}`;
    const key = kind === 'handler' ? service : of === 'handler' ? setter : undefined;
    if (key === undefined || !languages.impliesService(library) || seen.has(key)) return [fact];
    seen.add(key);
    const implied = withoutServes(fact);
    return service === undefined
      ? [{ ...implied, of: 'service', pattern: '?.>' }, fact]
      : [{ ...implied, kind: 'service', pattern: `${service}.>` }, fact];
  });
}
