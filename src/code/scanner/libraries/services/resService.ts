import type { Evaluator } from '../../evaluate/evaluator';
import { type Site, type Value, textValue, unknownValue } from '../../evaluate/value';
import { isTestOf } from '../../files/testFiles';
import type { Library, Report } from '../library';
import { namingOf, referTo } from '../arguments';
import { withoutTags } from './paths';
import { type Routers, nameOn, namedOn, ownedBy, resets, resetsTokens, takesId } from './routers';
import { indexOfArgument } from '../../languages/texts';
import { servesOf } from './resServiceHandlers';
import { csharpResName } from '../resgateIo';

const chained = new Set([
  'SetQueryDuration',
  'SetLogger',
  'SetGlobalRequestErrorHandler',
  'SetOwnedResources',
  'SetSerializerSettings',
]);

const routers: Routers = {
  of: routerOf,
  receiver: receiverOf,
  makesService: (callee) => csharpResName(callee) === 'ResService',
  takesIds: isRequest,
  owning: ['SetOwnedResources'],
};

/** ResgateIO.Service, the .NET library for RES services. A service is a router whose path is the service's name. */
export const resService: Library = {
  name: 'ResgateIO.Service',
  family: 'csharp',
  sieve: ['Resgate', 'ResService', 'ResourcePattern'],
  modules: /^ResgateIO\.Service$/,

  result(callee, site, evaluator) {
    const { isNew } = site.file.call(site.call);
    const name = csharpResName(callee);
    if (isNew && (name === 'ResService' || name === 'Router')) return { kind: 'made', what: 'router', site };
    if (isNew && name === 'DynamicHandler') return { kind: 'made', what: 'handler', site };
    if (isNew && (name === 'Ref' || name === 'SoftRef')) return evaluator.argument(site, 0);
    if (callee.kind !== 'method') return undefined;
    if (callee.of.kind === 'made' && callee.of.what === 'handler')
      return { kind: 'made', what: 'handler', site, parent: callee.of };
    return chained.has(callee.name) ? routerOf(callee, evaluator) : undefined;
  },

  calls: {
    ResService(callee, site, evaluator, report) {
      if (csharpResName(callee) !== 'ResService') return;
      const owned = ownedBy(routers, { kind: 'made', what: 'router', site }, evaluator);
      const { at, callee: type, isNew } = site.file.call(site.call);
      const naming = namingOf(site, 0) ?? { value: type, at, in: site };
      if (isNew) report.service(withoutTags(evaluator.argument(site, 0) ?? textValue('')), naming, owned);
    },
    AddHandler: addHandler,
    AddEventListener(callee, site, evaluator, report) {
      const router = receiverOf(callee, site, evaluator);
      const index = indexOfArgument(site, 'subpattern', 0);
      const named = router && namedOn(routers, router, site, index, evaluator);
      if (named) report.reference(named.name, named.naming);
    },
    With: takesId(routers),
    Resource: takesId(routers),
    Reset: resets(routers),
    SetOwnedResources: resets(routers),
    TokenReset: resetsTokens(routers),
    Ref: reference,
    SoftRef: reference,
  },
};

function reference(callee: Value, site: Site, evaluator: Evaluator, report: Report): void {
  const name = csharpResName(callee);
  const isRef = (name === 'Ref' || name === 'SoftRef') && site.file.call(site.call).isNew;
  if (isRef) referTo(site, 0, evaluator, report);
}

/** A request that is answered with a resource: `request.Resource(rid)` */
function isRequest(callee: Value): boolean {
  return callee.kind === 'method' && /^I(Call|Auth|New)Request$/.test(csharpResName(callee.of) ?? '');
}

/** `AddHandler(handler)`, `AddHandler(pattern, handler)`, `AddHandler(pattern, group, handler)` */
function addHandler(callee: Value, site: Site, evaluator: Evaluator, report: Report): void {
  const receiver = receiverOf(callee, site, evaluator);
  const { args } = site.file.call(site.call);
  if (!receiver || args.length === 0) return;
  const router = onlyService(receiver, site, evaluator);
  const index = indexOfArgument(site, 'handler', args.length - 1);
  const handler = evaluator.argument(site, index);
  const serves = servesOf(handler, args[index]?.value ?? { kind: 'unknown' }, evaluator);
  if (args.length > 1) {
    const at = indexOfArgument(site, 'subpattern', 0);
    const named = namedOn(routers, router, site, at, evaluator);
    if (named) report.handler(named.name, named.naming, serves);
  } else addByAttribute(router, handler, site, evaluator, report, serves);
  addListeners(router, handler, evaluator, report);
}

/** The service that is meant where only its type is known, of one that is injected: if the code makes a single one, it is that. */
function onlyService(service: Value, site: Site, evaluator: Evaluator): Value {
  if (service.kind !== 'external' || csharpResName(service) !== 'ResService') return service;
  const { project, world } = evaluator;
  world.leaveOpen();
  const made = project
    .callsOf('ResService', site.file, world)
    .filter((place) => !isTestOf(place.file.path, site.file.path))
    .map((place): Site => ({ ...place, frame: undefined }))
    .filter((each) => routers.makesService(evaluator.callee(each)));
  const [only] = made;
  if (!only || made.length > 1) return service;
  world.touch(only.file);
  return { kind: 'made', what: 'router', site: only };
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
  if (handler?.kind !== 'instance') {
    const naming = namingOf(site, 0);
    // A handler that is put together here has no pattern: it serves the router's own path.
    const isDynamic = handler?.kind === 'made' && handler.what === 'handler';
    const pattern = isDynamic ? textValue('') : unknownValue;
    if (naming) report.handler(nameOn(routers, router, pattern, evaluator), naming, serves);
    return;
  }
  const attribute = attributesOf(handler, '[ResourcePattern]', evaluator)[0];
  const naming = attribute ? namingOf(attribute, 0) : namingOf(site, 0);
  const pattern = attribute ? evaluator.argument(attribute, 0) : textValue('');
  if (naming && pattern) report.handler(nameOn(routers, router, pattern, evaluator), naming, serves);
}

/** `[EventListener("…")]` on methods of the handler's class */
function addListeners(router: Value, handler: Value | undefined, evaluator: Evaluator, report: Report): void {
  if (handler?.kind !== 'instance') return;
  for (const attribute of attributesOf(handler, '[EventListener]', evaluator)) {
    const named = namedOn(routers, router, attribute, 0, evaluator);
    if (named) report.reference(named.name, named.naming);
  }
}

/** The attributes of a class or its methods whose name starts so. */
function attributesOf(
  { file, cls }: Value & { kind: 'instance' },
  name: string,
  evaluator: Evaluator,
): Site[] {
  evaluator.world.touch(file);
  return Object.entries(file.outline.classes[cls]?.fields ?? {}).flatMap(([key, { values }]) => {
    const [value] = values;
    return key.startsWith(name) && value?.kind === 'call'
      ? [{ file, call: value.call, frame: undefined }]
      : [];
  });
}

/** The router or service whose method is called: an object of the code's own knows its path. */
function receiverOf(callee: Value, site: Site, evaluator: Evaluator): Value | undefined {
  const { callee: expr } = site.file.call(site.call);
  const of = expr.kind === 'member' ? evaluator.evaluate(expr.of, site) : undefined;
  if (!of) return routerOf(callee, evaluator);
  return (of.kind === 'instance' ? routerOf(of, evaluator) : serviceOf(of)) ?? routerOf(callee, evaluator);
}

/** The router or service whose method it is. */
function routerOf(value: Value, evaluator: Evaluator, depth = 0): Value | undefined {
  if (value.kind === 'method') return routerOf(value.of, evaluator, depth) ?? serviceOf(value);
  if (value.kind === 'made') return value.what === 'router' ? value : undefined;
  if (value.kind === 'external') {
    const name = csharpResName(value);
    // `Service` is what a handler calls the service that it belongs to.
    return value.instance === true && (name === 'ResService' || name === 'Router') ? value : serviceOf(value);
  }
  if (value.kind !== 'instance' || depth > 5) return undefined;
  // A class of the code's own that is a service or router.
  for (const base of value.file.outline.classes[value.cls]?.bases ?? []) {
    const of = evaluator.evaluate(base, { file: value.file, frame: undefined });
    const isRouter = ['ResService', 'Router'].includes(csharpResName(of) ?? '');
    if (isRouter) return madeBy(value) ?? { kind: 'external', origin: '#ResService', instance: true };
    const further = of.kind === 'class' && routerOf({ ...of, kind: 'instance' }, evaluator, depth + 1);
    if (further) return further;
  }
  return undefined;
}

/** `request.Service`, `resource.Service`, and a handler's own `Service`: the service that is at work. */
function serviceOf(value: Value): Value | undefined {
  const isService =
    value.kind === 'external'
      ? /[#.]Service$/.test(value.origin)
      : value.kind === 'method' &&
        (value.name === 'Service' || (value.of.kind === 'method' && value.of.name === 'Service'));
  return isService ? { kind: 'external', origin: '#ResService', instance: true } : undefined;
}

/** The call of the base's constructor, where the class has its name from. */
function madeBy({ file, cls }: Value & { kind: 'instance' }): Value | undefined {
  const constructor = file.outline.classes[cls]?.methods.new;
  const [call] =
    [...file.calls()].find(
      ([, { fn, isNew, callee }]) =>
        fn === constructor &&
        isNew === true &&
        callee.kind !== 'call' &&
        /^(ResService|Router)$/.test('name' in callee ? callee.name : ''),
    ) ?? [];
  return call === undefined
    ? undefined
    : { kind: 'made', what: 'router', site: { file, call, frame: undefined } };
}
