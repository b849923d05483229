import { applied } from '../../evaluate/calls';
import type { Evaluator } from '../../evaluate/evaluator';
import { type Site, type Value, isSame, unknownValue } from '../../evaluate/value';
import type { Library, Naming, Report } from '../library';
import { joinPaths, untagged } from './paths';
import { namingOf, requests } from '../nats/subject';
import { isFree } from '../../languages/texts';
import { servesOf } from './goResOptions';

/** The name of a member of the package itself, or of a type of it: `NewService`, `Service`, `resprot.SendRequest`. */
export function goResName(value: Value): string | undefined {
  if (value.k !== 'external') return undefined;
  const [, folder = '', name] =
    /^github\.com\/jirenius\/go-res(?:\/v\d+)?(?:\/([\w/]+))?#(.+)$/.exec(value.origin) ?? [];
  return name === undefined ? undefined : folder === '' ? name : `${folder}.${name}`;
}

/** Whether a text at the place is turned into a reference: Go does that with constants only. */
function isLiteral({ value }: Naming): boolean {
  return value.k === 'text' || value.k === 'concat';
}

function isRefType(type: Value): boolean {
  const name = goResName(type);
  return name === 'Ref' || name === 'SoftRef';
}

/** Some service. */
const serviceType: Value = { k: 'external', origin: 'github.com/jirenius/go-res#Service', instance: true };

/** Methods that give back the service that they are called on. */
const chained = new Set([
  'SetLogger',
  'SetQueryEventDuration',
  'SetWorkerCount',
  'SetInChannelSize',
  'SetQueueGroup',
  'SetReset',
  'SetOwnedResources',
]);

/** go-res, the Go library for RES services. A service is a mux that has the service's name for a path. */
export const goRes: Library = {
  name: 'go-res',
  modules: /^github\.com\/jirenius\/go-res(\/|$)/,

  result(callee, site, evaluator) {
    const name = goResName(callee);
    if (name === 'NewService' || name === 'NewMux') return { k: 'made', what: 'mux', site };
    if (name === 'Ref' || name === 'SoftRef' || name === 'Pattern') return evaluator.argument(site, 0);
    if (callee.k !== 'method') return undefined;
    // The service that a request was sent to, or that a resource is of.
    if (callee.name === 'Service' && isOfGoRes(callee)) return serviceType;
    const mux = muxOf(callee);
    if (!mux) return undefined;
    if (callee.name === 'Route') return { k: 'made', what: 'mux', site, parent: mux };
    return chained.has(callee.name) ? mux : undefined;
  },

  callback(callee, site, arg, param) {
    const mux = muxOf(callee);
    if (!mux || callee.k !== 'method' || param !== 0) return undefined;
    if (callee.name === 'Route' && arg === 1) return { k: 'made', what: 'mux', site, parent: mux };
    return callee.name === 'SetOnServe' || callee.name === 'WithGroup' ? mux : undefined;
  },

  mentions: {
    field(naming, evaluator, report) {
      if (!naming.of || !isLiteral(naming)) return;
      const type = evaluator.evaluate(naming.of.type, naming.in);
      const cls = type.k === 'class' ? type.file.outline.classes[type.cls] : undefined;
      const declared = cls?.fields[naming.of.field]?.type;
      if (type.k !== 'class' || !declared) return;
      if (isRefType(evaluator.evaluate(declared, { file: type.file, frame: undefined })))
        report.reference(evaluator.evaluate(naming.value, naming.in), naming);
    },
    element(naming, evaluator, report) {
      if (naming.of && isRefType(evaluator.evaluate(naming.of.type, naming.in)))
        report.reference(evaluator.evaluate(naming.value, naming.in), naming);
    },
  },

  calls: {
    NewService(callee, site, evaluator, report) {
      const naming = namingOf(site, 0);
      const name = evaluator.argument(site, 0);
      if (goResName(callee) !== 'NewService' || !naming || !name) return;
      report.service(name, naming, ownedBy({ k: 'made', what: 'mux', site }, evaluator));
    },
    Handle: handle,
    AddHandler: handle,
    AddListener(callee, site, evaluator, report) {
      const mux = muxOf(callee);
      const named = mux && nameIn(mux, site, evaluator);
      if (named) report.reference(named.name, named.naming);
    },
    With: ofService,
    Resource: ofService,
    IDToRIDCollectionTransformer: ridsOf,
    IDToRIDModelTransformer: ridsOf,
    Reset(callee, site, evaluator, report) {
      if (!muxOf(callee)) return;
      for (const index of [0, 1]) {
        const list = evaluator.argument(site, index);
        if (list?.k !== 'list') continue;
        for (const item of list.items)
          report.reference(evaluator.evaluate(item.value, list.in), { ...item, in: list.in });
      }
    },
    Ref: reference,
    SoftRef: reference,
    SendRequest: requests((callee) => goResName(callee) === 'resprot.SendRequest', 1),
  },
};

/** The mux or service that is meant, or whose method it is. */
export function muxOf(value: Value): Value | undefined {
  if (value.k === 'method') {
    const mux = muxOf(value.of);
    return mux ?? undefined;
  }
  if (value.k === 'made') return value.what === 'mux' ? value : undefined;
  const name = value.k === 'external' && value.instance ? goResName(value) : undefined;
  return name === 'Service' || name === 'Mux' ? value : undefined;
}

function reference(callee: Value, site: Site, evaluator: Evaluator, report: Report): void {
  const name = goResName(callee);
  const naming = namingOf(site, 0);
  const value = evaluator.argument(site, 0);
  if ((name === 'Ref' || name === 'SoftRef') && naming && value) report.reference(value, naming);
}

/** Whether something is the library's own, such as a request that a handler gets. */
function isOfGoRes(callee: Value): boolean {
  return callee.k === 'method' && callee.of.k === 'external' && goResName(callee.of) !== undefined;
}

/** A store's transformer, which makes resource IDs of its own ones. */
function ridsOf(callee: Value, site: Site, evaluator: Evaluator, report: Report): void {
  const made = evaluator.argument(site, 0);
  if (!goResName(callee)?.startsWith('store.') || made?.k !== 'function') return;
  const { file, fn } = made;
  const [value] = file.outline.functions[fn]?.returns ?? [];
  const naming = namingOf(site, 0);
  if (value && naming) report.reference(applied(made, undefined, evaluator), naming);
}

/**
 * `service.With(rid, …)`, `service.Resource(rid)`, and `request.Resource(rid)`, which answers with a resource, take a
 * whole resource ID.
 */
function ofService(callee: Value, site: Site, evaluator: Evaluator, report: Report): void {
  const naming = namingOf(site, 0);
  const value = evaluator.argument(site, 0);
  if ((muxOf(callee) || isOfGoRes(callee)) && naming && value) report.reference(value, naming);
}

function handle(callee: Value, site: Site, evaluator: Evaluator, report: Report): void {
  const serves = servesOf(site, evaluator);
  // What takes options of the library is a service or mux, though nothing more is known of it.
  const mux = muxOf(callee) ?? (serves && serves.length > 0 ? unknownValue : undefined);
  const named = mux && nameIn(mux, site, evaluator);
  if (named) report.handler(named.name, named.naming, serves);
}

/** The name that the pattern in a call of a mux's method has there. */
function nameIn(mux: Value, site: Site, evaluator: Evaluator): { naming: Naming; name: Value } | undefined {
  const naming = namingOf(site, 0);
  const pattern = evaluator.argument(site, 0);
  if (!naming || !pattern) return undefined;
  // Of a pattern that comes from elsewhere not even the number of parts is known.
  const name = isFree(pattern) ? unknownValue : joinPaths(pathOf(mux, evaluator), withoutTags(pattern));
  return { naming, name };
}

/** The full path of a mux: where it is mounted, and its own path. */
function pathOf(mux: Value, evaluator: Evaluator, depth = 0): Value {
  if (mux.k !== 'made' || depth > 20) return unknownValue;
  const given = withoutTags(evaluator.argument(mux.site, 0) ?? unknownValue);
  if (mux.parent) return joinPaths(pathOf(mux.parent, evaluator, depth + 1), given);
  if (goResName(evaluator.callee(mux.site)) === 'NewService') return given;
  return mountedPath(mux, given, evaluator, depth);
}

function mountedPath(mux: Value & { k: 'made' }, own: Value, evaluator: Evaluator, depth: number): Value {
  const { project, world } = evaluator;
  const mounts: Site[] = [];
  for (const place of project.callsOf('Mount', mux.site.file, world)) {
    const site: Site = { ...place, frame: undefined };
    const mounted = evaluator.argument(site, 1);
    if (mounted && isSame(mux, muxOf(mounted) ?? unknownValue)) mounts.push(site);
  }
  const mount =
    mounts[mounts.length > 1 ? world.pick(`mount ${mux.site.file.path} ${mux.site.call}`, mounts.length) : 0];
  if (mount) {
    world.touch(mount.file);
    const parent = muxOf(evaluator.callee(mount));
    const at = withoutTags(evaluator.argument(mount, 0) ?? unknownValue);
    return joinPaths(joinPaths(parent ? pathOf(parent, evaluator, depth + 1) : unknownValue, at), own);
  }
  for (const place of project.callsOf('Register', mux.site.file, world)) {
    const callee = evaluator.callee({ ...place, frame: undefined });
    // A mux that is registered by itself has its own path only.
    if (isSame(mux, muxOf(callee) ?? unknownValue)) return own;
  }
  return joinPaths(unknownValue, own);
}

/** What a service was told to own, if it was. */
function ownedBy(service: Value, evaluator: Evaluator): { resources?: Value; access?: Value } | undefined {
  if (service.k !== 'made') return undefined;
  for (const name of ['SetOwnedResources', 'SetReset']) {
    for (const place of evaluator.project.callsOf(name, service.site.file, evaluator.world)) {
      const site: Site = { ...place, frame: undefined };
      if (!isSame(service, muxOf(evaluator.callee(site)) ?? unknownValue)) continue;
      evaluator.world.touch(place.file);
      const [resources, access] = [0, 1].map((index) => evaluator.argument(site, index));
      return { ...(resources && { resources }), ...(access && { access }) };
    }
  }
  return undefined;
}

/** `$tag` parts match one part each. */
function withoutTags(pattern: Value): Value {
  return pattern.k === 'text' ? { k: 'text', pieces: untagged(pattern.pieces) } : pattern;
}
