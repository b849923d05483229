import { serviceOf } from '../../res/pattern';
import type { Fact, RequestKind } from '../scanner/facts/fact';
import { comparePlaces, type Place } from './place';

/** A service, merged over all the places that start it or serve a part of it. */
export interface KnownService {
  /** Empty for a service without a name. */
  readonly name: string;
  readonly places: readonly Place[];
  /** What its handlers answer; a handler of which the code does not tell counts as one that answers get. */
  readonly serves: ReadonlySet<RequestKind>;
  readonly servesRoot: boolean;
  readonly owned?: Fact['owned'];
}

const usualRequests: readonly RequestKind[] = ['get'];

interface Collected {
  readonly starts: (Place & Pick<Fact, 'owned'>)[];
  readonly serves: Set<RequestKind>;
  servesRoot: boolean;
}

/** The services that some files start, sorted by name; what a service without a known one serves goes to that without a name. */
export function servicesOf(files: Iterable<readonly [file: string, facts: readonly Fact[]]>): KnownService[] {
  const services = new Map<string, Collected>();
  const all = [...files];
  for (const [file, facts] of all) {
    for (const { kind, service: name = '', line, column, owned } of facts) {
      if (kind !== 'service') continue;
      let service = services.get(name);
      if (!service) services.set(name, (service = { starts: [], serves: new Set(), servesRoot: false }));
      service.starts.push({ file, line, column, owned });
    }
  }
  for (const [, facts] of all) {
    for (const fact of facts) {
      if (fact.kind !== 'handler') continue;
      const service = services.get(fact.service ?? serviceOf(fact.pattern) ?? '') ?? services.get('');
      // Where the code does not tell, it most likely answers get; a reset must never be too narrow.
      for (const kind of fact.serves ?? usualRequests) service?.serves.add(kind);
      if (service && fact.pattern === fact.service) service.servesRoot = true;
    }
  }
  return [...services]
    .map(([name, { starts, serves, servesRoot }]) => {
      const places = starts.sort(comparePlaces);
      const owned = places.find((place) => place.owned)?.owned;
      return {
        name,
        places: places.map(({ file, line, column }) => ({ file, line, column })),
        serves,
        servesRoot,
        owned,
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
