import type { Evaluator } from '../../evaluate/evaluator';
import { type Site, type Value, isSame, textValue, unknownValue } from '../../evaluate/value';
import type { Library, Report } from '../library';
import { joinPaths, untagged } from './paths';
import { namingOf } from '../nats/subject';
import { indexOfArgument, isFree } from '../../languages/texts';
import { servesOf } from './resServiceHandlers';
import { csharpResName } from '../resgateIo';

const chained = new Set([
  'SetQueryDuration',
  'SetLogger',
  'SetGlobalRequestErrorHandler',
  'SetOwnedResources',
  'SetSerializerSettings',
]);

/** ResgateIO.Service, the .NET library for RES services. A service is a router whose path is the service's name. */
export const resService: Library = {
  name: 'ResgateIO.Service',
  modules: /^ResgateIO\.Service$/,

  result(callee, site, evaluator) {
    const { isNew } = site.file.call(site.call);
    const name = csharpResName(callee);
    if (isNew && (name === 'ResService' || name === 'Router')) return { k: 'made', what: 'router', site };
    if (isNew && name === 'DynamicHandler') return { k: 'made', what: 'handler', site };
    if (isNew && (name === 'Ref' || name === 'SoftRef')) return evaluator.argument(site, 0);
    if (callee.k !== 'method') return undefined;
    if (callee.of.k === 'made' && callee.of.what === 'handler')
      return { k: 'made', what: 'handler', site, parent: callee.of };
    return chained.has(callee.name) ? routerOf(callee, evaluator) : undefined;
  },

  calls: {
    ResService(callee, site, evaluator, report) {
      if (csharpResName(callee) !== 'ResService') return;
      const owned = ownedBy({ k: 'made', what: 'router', site }, evaluator);
      const { args, at, callee: type, isNew } = site.file.call(site.call);
      const naming = namingOf(site, 0) ?? { value: type, at, in: site };
      if (isNew) report.service(args.length === 0 ? textValue('') : nameOf(site, evaluator), naming, owned);
    },
    AddHandler: addHandler,
    AddEventListener(callee, site, evaluator, report) {
      const router = receiverOf(callee, site, evaluator);
      const index = indexOfArgument(site, 'subpattern', 0);
      const naming = namingOf(site, index);
      const pattern = evaluator.argument(site, index);
      if (router && naming && pattern) report.reference(under(router, pattern, evaluator), naming);
    },
    With: ofService,
    Resource: ofService,
    Reset(callee, site, evaluator, report) {
      if (!receiverOf(callee, site, evaluator)) return;
      for (const index of [0, 1]) {
        const list = evaluator.argument(site, index);
        for (const item of list?.k === 'list' ? list.items : [])
          if (list?.k === 'list')
            report.reference(evaluator.evaluate(item.value, list.in), { ...item, in: list.in });
      }
    },
    Ref: reference,
    SoftRef: reference,
  },
};

function reference(callee: Value, site: Site, evaluator: Evaluator, report: Report): void {
  const name = csharpResName(callee);
  const naming = namingOf(site, 0);
  const value = evaluator.argument(site, 0);
  const isRef = (name === 'Ref' || name === 'SoftRef') && site.file.call(site.call).isNew;
  if (isRef && naming && value) report.reference(value, naming);
}

/** `service.With(rid, …)` and `service.Resource(rid)` take a whole resource ID. */
function ofService(callee: Value, site: Site, evaluator: Evaluator, report: Report): void {
  const naming = namingOf(site, 0);
  const value = evaluator.argument(site, 0);
  const isMeant = receiverOf(callee, site, evaluator) ?? (isRequest(callee) || undefined);
  if (isMeant && naming && value?.k === 'text') report.reference(value, naming);
}

/** A request that is answered with a resource: `request.Resource(rid)` */
function isRequest(callee: Value): boolean {
  return callee.k === 'method' && /^I(Call|Auth|New)Request$/.test(csharpResName(callee.of) ?? '');
}

/** `AddHandler(handler)`, `AddHandler(pattern, handler)`, `AddHandler(pattern, group, handler)` */
function addHandler(callee: Value, site: Site, evaluator: Evaluator, report: Report): void {
  const router = receiverOf(callee, site, evaluator);
  const { args } = site.file.call(site.call);
  if (!router || args.length === 0) return;
  const index = indexOfArgument(site, 'handler', args.length - 1);
  const handler = evaluator.argument(site, index);
  const serves = servesOf(handler, args[index]?.value ?? { k: 'unknown' }, evaluator);
  if (args.length > 1) {
    const at = indexOfArgument(site, 'subpattern', 0);
    const naming = namingOf(site, at);
    const pattern = evaluator.argument(site, at);
    if (naming && pattern) report.handler(under(router, pattern, evaluator), naming, serves);
  } else addByAttribute(router, handler, site, evaluator, report, serves);
  addListeners(router, handler, evaluator, report);
}

/** The pattern stands in `[ResourcePattern("…")]` of the handler's class; without it the handler is the router's root. */
function addByAttribute(
  router: Value,
  handler: Value | undefined,
  site: Site,
  evaluator: Evaluator,
  report: Report,
  serves: ReturnType<typeof servesOf>,
): void {
  if (handler?.k !== 'instance') {
    const naming = namingOf(site, 0);
    if (naming) report.handler(under(router, unknownValue, evaluator), naming, serves);
    return;
  }
  const attribute = attributesOf(handler, '[ResourcePattern]', evaluator)[0];
  const naming = attribute ? namingOf(attribute, 0) : namingOf(site, 0);
  const pattern = attribute ? evaluator.argument(attribute, 0) : textValue('');
  if (naming && pattern) report.handler(under(router, pattern, evaluator), naming, serves);
}

/** `[EventListener("…")]` on methods of the handler's class */
function addListeners(router: Value, handler: Value | undefined, evaluator: Evaluator, report: Report): void {
  if (handler?.k !== 'instance') return;
  for (const attribute of attributesOf(handler, '[EventListener]', evaluator)) {
    const naming = namingOf(attribute, 0);
    const pattern = evaluator.argument(attribute, 0);
    if (naming && pattern) report.reference(under(router, pattern, evaluator), naming);
  }
}

/** The attributes of a class or its methods whose name starts so. */
function attributesOf({ file, cls }: Value & { k: 'instance' }, name: string, evaluator: Evaluator): Site[] {
  evaluator.world.touch(file);
  return Object.entries(file.outline.classes[cls]?.fields ?? {}).flatMap(([key, { values }]) => {
    const [value] = values;
    return key.startsWith(name) && value?.k === 'call' ? [{ file, call: value.call, frame: undefined }] : [];
  });
}

/** The router or service whose method is called: an object of the code's own knows its path. */
function receiverOf(callee: Value, site: Site, evaluator: Evaluator): Value | undefined {
  const { callee: expr } = site.file.call(site.call);
  const of = expr.k === 'member' ? evaluator.evaluate(expr.of, site) : undefined;
  if (!of) return routerOf(callee, evaluator);
  return (of.k === 'instance' ? routerOf(of, evaluator) : serviceOf(of)) ?? routerOf(callee, evaluator);
}

/** The router or service whose method it is. */
function routerOf(value: Value, evaluator: Evaluator, depth = 0): Value | undefined {
  if (value.k === 'method') return routerOf(value.of, evaluator, depth) ?? serviceOf(value);
  if (value.k === 'made') return value.what === 'router' ? value : undefined;
  if (value.k === 'external') {
    const name = csharpResName(value);
    // `Service` is what a handler calls the service that it belongs to.
    return value.instance === true && (name === 'ResService' || name === 'Router') ? value : serviceOf(value);
  }
  if (value.k !== 'instance' || depth > 5) return undefined;
  // A class of the code's own that is a service or router.
  for (const base of value.file.outline.classes[value.cls]?.bases ?? []) {
    const of = evaluator.evaluate(base, { file: value.file, frame: undefined });
    const isRouter = ['ResService', 'Router'].includes(csharpResName(of) ?? '');
    if (isRouter) return madeBy(value) ?? { k: 'external', origin: '#ResService', instance: true };
    const further = of.k === 'class' && routerOf({ ...of, k: 'instance' }, evaluator, depth + 1);
    if (further) return further;
  }
  return undefined;
}

/** `request.Service`, `resource.Service`, and a handler's own `Service`: the service that is at work. */
function serviceOf(value: Value): Value | undefined {
  const isService =
    value.k === 'external'
      ? /[#.]Service$/.test(value.origin)
      : value.k === 'method' &&
        (value.name === 'Service' || (value.of.k === 'method' && value.of.name === 'Service'));
  return isService ? { k: 'external', origin: '#ResService', instance: true } : undefined;
}

/** The call of the base's constructor, where the class has its name from. */
function madeBy({ file, cls }: Value & { k: 'instance' }): Value | undefined {
  const constructor = file.outline.classes[cls]?.methods.new;
  const [call] =
    [...file.calls()].find(
      ([, { fn, isNew, callee }]) =>
        fn === constructor &&
        isNew === true &&
        callee.k !== 'call' &&
        /^(ResService|Router)$/.test('name' in callee ? callee.name : ''),
    ) ?? [];
  return call === undefined
    ? undefined
    : { k: 'made', what: 'router', site: { file, call, frame: undefined } };
}

function nameOf(site: Site, evaluator: Evaluator): Value {
  return withoutTags(evaluator.argument(site, 0) ?? textValue(''));
}

/** The full name of a pattern on a router. */
function under(router: Value, pattern: Value, evaluator: Evaluator): Value {
  // Of a pattern that comes from elsewhere not even the number of parts is known.
  return isFree(pattern) ? unknownValue : joinPaths(pathOf(router, evaluator), withoutTags(pattern));
}

function pathOf(router: Value, evaluator: Evaluator, depth = 0): Value {
  if (router.k !== 'made' || depth > 20) return unknownValue;
  const own = nameOf(router.site, evaluator);
  if (csharpResName(evaluator.callee(router.site)) === 'ResService') return own;
  return mountedPath(router, own, evaluator, depth);
}

/** `parent.Mount(router)`, `parent.Mount("sub", router)` */
function mountedPath(router: Value & { k: 'made' }, own: Value, evaluator: Evaluator, depth: number): Value {
  const { project, world } = evaluator;
  for (const place of project.callsOf('Mount', router.site.file, world)) {
    const site: Site = { ...place, frame: undefined };
    const last = site.file.call(site.call).args.length - 1;
    const mounted = routerOf(evaluator.argument(site, last) ?? unknownValue, evaluator);
    if (!mounted || !isSame(router, mounted)) continue;
    world.touch(place.file);
    const parent = routerOf(evaluator.callee(site), evaluator);
    const at = last > 0 ? withoutTags(evaluator.argument(site, 0) ?? unknownValue) : textValue('');
    return joinPaths(joinPaths(parent ? pathOf(parent, evaluator, depth + 1) : unknownValue, at), own);
  }
  return joinPaths(unknownValue, own);
}

/** What a service was told to own, if it was. */
function ownedBy(service: Value, evaluator: Evaluator): { resources?: Value; access?: Value } | undefined {
  if (service.k !== 'made') return undefined;
  for (const place of evaluator.project.callsOf('SetOwnedResources', service.site.file, evaluator.world)) {
    const site: Site = { ...place, frame: undefined };
    const of = routerOf(evaluator.callee(site), evaluator);
    if (!of || !isSame(service, of)) continue;
    evaluator.world.touch(place.file);
    const [resources, access] = [0, 1].map((index) => evaluator.argument(site, index));
    return { ...(resources && { resources }), ...(access && { access }) };
  }
  return undefined;
}

/** `$tag` parts match one part each. */
function withoutTags(pattern: Value): Value {
  return pattern.k === 'text' ? { ...pattern, pieces: untagged(pattern.pieces) } : pattern;
}
