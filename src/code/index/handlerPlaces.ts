import { matches } from '../../res/pattern';
import type { RequestKind } from '../scanner/facts/fact';
import type { Known, Place, WorkspaceIndex } from './workspaceIndex';

/** Where the code answers such a request for a resource, the best place first; where it serves the resource at all, if no place is known to answer it. */
export function handlerPlaces(index: WorkspaceIndex, name: string, kind: RequestKind): readonly Place[] {
  const own = index.get(name);
  const wild = index.known().wild.filter(({ pattern }) => matches(pattern, name));
  const all = [...(own ? [own] : []), ...wild.sort((a, b) => fixedParts(b) - fixedParts(a))];
  const places = all.flatMap(({ handlers }) => handlers);
  const answers = places.map((place) => servesAt(index, place)?.includes(kind));
  const surely = places.filter((_, at) => answers[at] === true);
  const perhaps = places.filter((_, at) => answers[at] === undefined);
  const best = [...surely, ...perhaps];
  return best.length > 0 ? best : places;
}

/** How many parts of a pattern are no wildcards: the more, the closer it is to what it matches. */
function fixedParts({ pattern }: Known): number {
  return pattern.split('.').filter((part) => part !== '*' && part !== '>').length;
}

/** The kinds of requests that the handler at a place answers; none where the code does not show it. */
function servesAt(index: WorkspaceIndex, { file, line, column }: Place): readonly RequestKind[] | undefined {
  return index
    .factsOf(file)
    .find((fact) => fact.kind === 'handler' && fact.line === line && fact.column === column)?.serves;
}
