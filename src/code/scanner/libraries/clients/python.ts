import type { Evaluator } from '../../evaluate/evaluator';
import type { RequestKind } from '../../facts/fact';
import { type Site, type Value, concat, textValue } from '../../evaluate/value';
import { asked, clientRequest } from './clientRequest';
import type { CallShape, Library } from '../library';
import { namingOf, referTo, referToAll } from '../arguments';
import { indexOfArgument } from '../../languages/texts';

/** The packages and classes under which services reach Resgate through decorators. */
const modules = /(^|[._])(res_?client|res_?service|resgate)(_|\.|$)/i;
const classes = /^Res(Gate|gate)?(Client|Service|Server|App|Router)?$/;

const decorators = new Map<string, RequestKind>([
  ['get', 'get'],
  ['access', 'access'],
]);

/** Clients of Resgate for Python services: handlers are decorated functions. */
export const pythonResclient: Library = {
  name: 'resclient-python',
  family: 'python',
  sieve: [
    ...['resgate', 'Resgate', 'ResClient', 'resclient', 'res_client'],
    ...['@client.get(', '@client.access('],
  ],
  impliesService: true,
  calls: {
    ...Object.fromEntries(['get', 'subscribe', 'call', 'auth'].map((name) => [name, byParts(name)])),
    event_change: resource(0, 'resource_id'),
    event_delete: resource(0, 'resource_id'),
    event_remove_item_from_collection: resource(0, 'collection_resource_id'),
    event_add_rid_to_collection(callee, site, evaluator, report) {
      resource(0, 'collection_resource_id')(callee, site, evaluator, report);
      resource(1, 'added_resource_id')(callee, site, evaluator, report);
    },
    system_reset(callee, site, evaluator, report) {
      const list = evaluator.argument(site, indexOfArgument(site, 'data', 0));
      if (isClient(callee, site, evaluator)) referToAll(list, evaluator, report);
    },
  },
  mentions: {
    request: clientRequest,
    decorator({ value, in: context }, evaluator, report) {
      if (value.kind !== 'call') return;
      const site: Site = { ...context, call: value.call };
      const called = context.file.call(value.call).callee;
      const kind = called.kind === 'member' ? decorators.get(called.name) : undefined;
      const index = indexOfArgument(site, 'subject', 0);
      const naming = namingOf(site, index);
      const name = evaluator.argument(site, index);
      if (!kind || !naming || !name || !isClient(evaluator.callee(site), site, evaluator)) return;
      report.handler(name, naming, [kind]);
    },
  },
};

/**
 * A method of the workspace's own client that gathers the parts of the resource ID, as in
 * `client.call("library", "book", id, "set")`; the last part of a call is the method.
 */
function byParts(name: string): CallShape {
  return (callee, site, evaluator, report) => {
    if (callee.kind !== 'function' || !isClient(callee, site, evaluator)) return;
    const params = callee.file.outline.functions[callee.fn]?.params;
    if (!params || params.some(({ isRest }) => !isRest)) return;
    const args = site.file.call(site.call).args.filter((arg) => arg.name === undefined);
    const parts = name === 'call' || name === 'auth' ? args.slice(0, -1) : args;
    const [first] = parts;
    // How many parts an unpacked list has is not known.
    if (!first || parts.some(({ value, isSpread }) => isSpread === true || value.kind === 'unknown')) return;
    const values = parts.map(({ value }) => evaluator.evaluate(value, site));
    const dotted = values.flatMap((value, index) => (index === 0 ? [value] : [textValue('.'), value]));
    report.reference(asked(name, concat(dotted)), { value: first.value, at: first.at, in: site });
  };
}

function resource(index: number, name: string): CallShape {
  return (callee, site, evaluator, report) => {
    if (isClient(callee, site, evaluator))
      referTo(site, indexOfArgument(site, name, index), evaluator, report);
  };
}

/** Whether it is a method of such a client, of a library or of the workspace's own. */
function isClient(callee: Value, site: Site, evaluator: Evaluator): boolean {
  const called = site.file.call(site.call).callee;
  if (called.kind !== 'member') return false;
  const of = callee.kind === 'method' ? callee.of : evaluator.evaluate(called.of, site);
  if (of.kind === 'instance') return classes.test(of.file.outline.classes[of.cls]?.name ?? '');
  if (of.kind !== 'external') return false;
  const [module = '', name = ''] = of.origin.split('#');
  return modules.test(module) || classes.test(name.replace(/\(\)$/, ''));
}
