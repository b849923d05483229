/**
 * Routers of the libraries for services: each has a path, under which patterns are added to it. A service is a router
 * whose path is the service's name; others are mounted under it, or made as a part of it (`parent`).
 */
import type { Evaluator } from '../../evaluate/evaluator';
import { type Site, type Value, isSame, textValue, unknownValue } from '../../evaluate/value';
import { splitSubject } from '../../facts/names';
import { isFree } from '../../languages/texts';
import type { CallShape, Naming, Report } from '../library';
import { namingOf, referTo, referToAll } from '../arguments';
import { joinPaths, withoutTags } from './paths';

/** What a library's routers are. */
export interface Routers {
  /** The service or router that a value is, or whose method it is. */
  readonly of: (value: Value, evaluator: Evaluator) => Value | undefined;
  /** The service or router whose method is called. */
  readonly receiver: (callee: Value, site: Site, evaluator: Evaluator) => Value | undefined;
  /** Whether what is called makes a service. */
  readonly makesService: (callee: Value) => boolean;
  /** Whether a method takes a whole resource ID, though nothing is known of the service that it is about. */
  readonly takesIds: (callee: Value) => boolean;
  /** The methods that say what a service owns. */
  readonly owning: readonly string[];
}

/** The patterns that a service sets as its own. */
export type Owned = NonNullable<Parameters<Report['service']>[2]>;

/** The name that argument number `index`, a pattern, has on a router. */
export function namedOn(
  routers: Routers,
  router: Value,
  site: Site,
  index: number,
  evaluator: Evaluator,
): { naming: Naming; name: Value } | undefined {
  const naming = namingOf(site, index);
  const pattern = evaluator.argument(site, index);
  return naming && pattern && { naming, name: nameOn(routers, router, pattern, evaluator) };
}

/** The full name of a pattern on a router. */
export function nameOn(routers: Routers, router: Value, pattern: Value, evaluator: Evaluator): Value {
  // Of a pattern that comes from elsewhere not even the number of parts is known.
  return isFree(pattern) ? unknownValue : joinPaths(pathOf(routers, router, evaluator), withoutTags(pattern));
}

/** The patterns that a service sets as its own, if it does. */
export function ownedBy(routers: Routers, service: Value, evaluator: Evaluator): Owned | undefined {
  if (service.kind !== 'made') return undefined;
  const { file } = service.site;
  const places = routers.owning.flatMap((name) => evaluator.project.callsOf(name, file, evaluator.world));
  for (const place of places) {
    const site: Site = { ...place, frame: undefined };
    if (!isSame(service, routers.of(evaluator.callee(site), evaluator) ?? unknownValue)) continue;
    evaluator.world.touch(place.file);
    const [resources, access] = [0, 1].map((index) => evaluator.argument(site, index));
    return { ...(resources && { resources }), ...(access && { access }) };
  }
  return undefined;
}

/** `service.Reset(resources, access)`, and what says that a service owns them. */
export function resets(routers: Routers): CallShape {
  return (callee, site, evaluator, report) => {
    if (!routers.receiver(callee, site, evaluator)) return;
    for (const index of [0, 1]) referToAll(evaluator.argument(site, index), evaluator, report);
  };
}

/** `service.TokenReset("auth.session.renew", …)` uses what answers there. */
export function resetsTokens(routers: Routers): CallShape {
  return (callee, site, evaluator, report) => {
    const naming = namingOf(site, 0);
    const subject = evaluator.argument(site, 0);
    if (!naming || !subject || !routers.receiver(callee, site, evaluator)) return;
    const split = splitSubject(subject);
    if (split?.method === 'auth') report.reference(split.name, naming);
  };
}

/** `service.With(rid, …)`, `service.Resource(rid)`: what takes a whole resource ID. */
export function takesId(routers: Routers): CallShape {
  return (callee, site, evaluator, report) => {
    if (routers.takesIds(callee) || routers.receiver(callee, site, evaluator))
      referTo(site, 0, evaluator, report);
  };
}

/** The full path of a router: where it is mounted, and its own path. */
function pathOf(routers: Routers, router: Value, evaluator: Evaluator, depth = 0): Value {
  if (router.kind !== 'made' || depth > 20) return unknownValue;
  const own = withoutTags(evaluator.argument(router.site, 0) ?? textValue(''));
  if (router.parent) return joinPaths(pathOf(routers, router.parent, evaluator, depth + 1), own);
  if (routers.makesService(evaluator.callee(router.site))) return own;
  return joinPaths(mountedAt(routers, router, evaluator, depth), own);
}

/** The path under which a router is mounted. */
function mountedAt(
  routers: Routers,
  router: Value & { kind: 'made' },
  evaluator: Evaluator,
  depth: number,
): Value {
  const { project, world } = evaluator;
  const { file, call } = router.site;
  world.leaveOpen();
  const isMeant = (value: Value | undefined): boolean =>
    value !== undefined && isSame(router, routers.of(value, evaluator) ?? unknownValue);
  const mounts = project
    .callsOf('Mount', file, world)
    .map((place): Site => ({ ...place, frame: undefined }))
    .filter((site) => isMeant(evaluator.argument(site, lastOf(site))));
  const mount = mounts[mounts.length > 1 ? world.pick(`mount ${file.path} ${call}`, mounts.length) : 0];
  if (mount) {
    world.touch(mount.file);
    const parent = routers.of(evaluator.callee(mount), evaluator);
    // `parent.Mount(router)` adds no path of its own.
    const at = lastOf(mount) > 0 ? withoutTags(evaluator.argument(mount, 0) ?? unknownValue) : textValue('');
    return joinPaths(parent ? pathOf(routers, parent, evaluator, depth + 1) : unknownValue, at);
  }
  // One that is registered by itself has its own path only.
  const isRegistered = project
    .callsOf('Register', file, world)
    .some((place) => isMeant(evaluator.callee({ ...place, frame: undefined })));
  return isRegistered ? textValue('') : unknownValue;
}

function lastOf({ file, call }: Site): number {
  return file.call(call).args.length - 1;
}
