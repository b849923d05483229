import type { Fact } from '../scanner/facts/fact';
import { comparePlaces, type Place } from './place';
import { sourceOf, withNames, type FileNames, type NameSource, type ServiceName } from './serviceNames';
import { servicesOf, type KnownService } from './services';

/** A service whose name is known neither from the code nor from the settings. */
export interface UnnamedService {
  /** The workspace folder that it is in; empty for none. */
  readonly folder: string;
  readonly source: NameSource;
  /** Where the code starts it; where it serves something, if no start is known. */
  readonly places: readonly Place[];
  /** The files in which the code starts it, as their paths in the folder. */
  readonly startedIn: readonly string[];
  readonly handlers: readonly UnnamedHandler[];
}

/** What a service without a known name serves. */
export interface UnnamedHandler {
  /** With `?` for the name. */
  readonly pattern: string;
  readonly places: readonly Place[];
}

interface Collected extends Pick<UnnamedService, 'folder' | 'source'> {
  readonly starts: Place[];
  readonly startedIn: Set<string>;
  readonly handlers: Map<string, Place[]>;
}

/** The services without a known name in some files, by what sets it; in the order of their places. */
export function unnamedServices(
  files: Iterable<readonly [file: string, facts: readonly Fact[], names: Omit<FileNames, 'names'>]>,
): UnnamedService[] {
  const services = new Map<string, Collected>();
  for (const [file, facts, { folder, path }] of files) {
    for (const fact of facts) {
      const source = fact.of === 'reference' ? undefined : sourceOf(fact, facts, path);
      if (!source) continue;
      const key = JSON.stringify([folder, source]);
      let service = services.get(key);
      if (!service) {
        service = { folder, source, starts: [], startedIn: new Set(), handlers: new Map() };
        services.set(key, service);
      }
      const place = { file, line: fact.line, column: fact.column };
      if (fact.of === 'service') {
        service.starts.push(place);
        service.startedIn.add(path);
      } else {
        const places = service.handlers.get(fact.pattern) ?? [];
        service.handlers.set(fact.pattern, [...places, place]);
      }
    }
  }
  return [...services.values()].map(unnamedService).sort(byPlace);
}

/** What the service is once its source, or one of its files, has the name, by the files of which some hold its code. */
export function serviceNamed(
  { folder, places }: UnnamedService,
  entry: ServiceName,
  files: Iterable<readonly [file: string, facts: readonly Fact[], names: Omit<FileNames, 'names'>]>,
): KnownService {
  const [first = entry.name] = entry.name.split('.', 1);
  const named = [...files]
    .filter(([, , at]) => at.folder === folder)
    .map(([file, facts, { path }]) => [file, withNames(facts, { folder, path, names: [entry] })] as const);
  const found = servicesOf(named).find((service) => service.name === first);
  return found ?? { name: first, places, serves: new Set(), servesRoot: false };
}

function unnamedService({ folder, source, starts, startedIn, handlers }: Collected): UnnamedService {
  const served = [...handlers].map(([pattern, places]) => ({ pattern, places: places.sort(comparePlaces) }));
  const places = starts.length > 0 ? starts : served.flatMap((handler) => handler.places);
  return {
    folder,
    source,
    places: places.sort(comparePlaces),
    startedIn: [...startedIn].sort(),
    handlers: served.sort((a, b) => (a.pattern < b.pattern ? -1 : 1)),
  };
}

function byPlace({ places: [a] }: UnnamedService, { places: [b] }: UnnamedService): number {
  return a && b ? comparePlaces(a, b) : 0;
}
