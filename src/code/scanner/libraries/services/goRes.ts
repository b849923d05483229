import { applied } from '../../evaluate/calls';
import type { Evaluator } from '../../evaluate/evaluator';
import { type Site, type Value, unknownValue } from '../../evaluate/value';
import type { Library, Naming, Report } from '../library';
import { namingOf, referTo } from '../arguments';
import { requests } from '../nats/subject';
import { goResName } from './goResNames';
import { servesOf } from './goResOptions';
import { type Routers, namedOn, ownedBy, resets, resetsTokens, takesId } from './routers';

/** Whether a text at the place is turned into a reference: Go does that with constants only. */
function isLiteral({ value }: Naming): boolean {
  return value.kind === 'text' || value.kind === 'concat';
}

function isRefType(type: Value): boolean {
  const name = goResName(type);
  return name === 'Ref' || name === 'SoftRef';
}

/** Some service. */
const serviceType: Value = { kind: 'external', origin: 'github.com/jirenius/go-res#Service', instance: true };

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

const muxes: Routers = {
  of: muxOf,
  receiver: muxOf,
  makesService: (callee) => goResName(callee) === 'NewService',
  // A request can be answered with a resource.
  takesIds: isOfGoRes,
  owning: ['SetOwnedResources', 'SetReset'],
};

/** go-res, the Go library for RES services. A service is a mux that has the service's name for a path. */
export const goRes: Library = {
  name: 'go-res',
  family: 'go',
  sieve: ['jirenius/go-res'],
  nearby: {
    modules: /^github\.com\/jirenius\/go-res/,
    words: [
      ...['Handle', 'AddHandler', 'AddListener', 'Route', 'Mount', 'With', 'Resource', 'Reset'],
      'SetOwnedResources',
    ].map((name) => `.${name}(`),
  },
  modules: /^github\.com\/jirenius\/go-res(\/|$)/,

  result(callee, site, evaluator) {
    const name = goResName(callee);
    if (name === 'NewService' || name === 'NewMux') return { kind: 'made', what: 'mux', site };
    if (name === 'Ref' || name === 'SoftRef' || name === 'Pattern') return evaluator.argument(site, 0);
    if (callee.kind !== 'method') return undefined;
    // The service that a request was sent to, or that a resource is of.
    if (callee.name === 'Service' && isOfGoRes(callee)) return serviceType;
    const mux = muxOf(callee);
    if (!mux) return undefined;
    if (callee.name === 'Route') return { kind: 'made', what: 'mux', site, parent: mux };
    return chained.has(callee.name) ? mux : undefined;
  },

  callback(callee, site, arg, param) {
    const mux = muxOf(callee);
    if (!mux || callee.kind !== 'method' || param !== 0) return undefined;
    if (callee.name === 'Route' && arg === 1) return { kind: 'made', what: 'mux', site, parent: mux };
    return callee.name === 'SetOnServe' || callee.name === 'WithGroup' ? mux : undefined;
  },

  mentions: {
    field(naming, evaluator, report) {
      if (!naming.of || !isLiteral(naming)) return;
      const type = evaluator.evaluate(naming.of.type, naming.in);
      const cls = type.kind === 'class' ? type.file.outline.classes[type.cls] : undefined;
      const declared = cls?.fields[naming.of.field]?.type;
      if (type.kind !== 'class' || !declared) return;
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
      report.service(name, naming, ownedBy(muxes, { kind: 'made', what: 'mux', site }, evaluator));
    },
    Handle: handle,
    AddHandler: handle,
    AddListener(callee, site, evaluator, report) {
      const mux = muxOf(callee);
      const named = mux && namedOn(muxes, mux, site, 0, evaluator);
      if (named) report.reference(named.name, named.naming);
    },
    With: takesId(muxes),
    Resource: takesId(muxes),
    IDToRIDCollectionTransformer: ridsOf,
    IDToRIDModelTransformer: ridsOf,
    Reset: resets(muxes),
    SetOwnedResources: resets(muxes),
    SetReset: resets(muxes),
    TokenReset: resetsTokens(muxes),
    Ref: reference,
    SoftRef: reference,
    SendRequest: requests((callee) => goResName(callee) === 'resprot.SendRequest', 1),
  },
};

/** The mux or service that is meant, or whose method it is. */
function muxOf(value: Value): Value | undefined {
  if (value.kind === 'method') {
    return muxOf(value.of);
  }
  if (value.kind === 'made') return value.what === 'mux' ? value : undefined;
  const name = value.kind === 'external' && value.instance ? goResName(value) : undefined;
  return name === 'Service' || name === 'Mux' ? value : undefined;
}

function reference(callee: Value, site: Site, evaluator: Evaluator, report: Report): void {
  const name = goResName(callee);
  if (name === 'Ref' || name === 'SoftRef') referTo(site, 0, evaluator, report);
}

/** Whether something is the library's own, such as a request that a handler gets. */
function isOfGoRes(callee: Value): boolean {
  return callee.kind === 'method' && callee.of.kind === 'external' && goResName(callee.of) !== undefined;
}

/** A store's transformer, which makes resource IDs of its own ones. */
function ridsOf(callee: Value, site: Site, evaluator: Evaluator, report: Report): void {
  const made = evaluator.argument(site, 0);
  if (!goResName(callee)?.startsWith('store.') || made?.kind !== 'function') return;
  const { file, fn } = made;
  const [value] = file.outline.functions[fn]?.returns ?? [];
  const naming = namingOf(site, 0);
  if (value && naming) report.reference(applied(made, undefined, evaluator), naming);
}

function handle(callee: Value, site: Site, evaluator: Evaluator, report: Report): void {
  const serves = servesOf(site, evaluator);
  // What takes options of the library is a service or mux, though nothing more is known of it.
  const mux = muxOf(callee) ?? (serves && serves.length > 0 ? unknownValue : undefined);
  const named = mux && namedOn(muxes, mux, site, 0, evaluator);
  if (named) report.handler(named.name, named.naming, serves);
}
