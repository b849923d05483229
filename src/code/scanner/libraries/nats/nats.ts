import { type Site, type Value, unknownValue } from '../../evaluate/value';
import { indexOfArgument } from '../../languages/texts';
import type { CallShape, Library, Usage } from '../library';
import { usesOneOf } from '../../files/usedModules';
import { ridOf } from '../rid';
import { type IsNats, publishes, requests, subscribes } from './subject';

/** What differs between the NATS clients of one language and those of others. */
interface NatsClients extends Usage {
  /** The library's name in the facts. */
  readonly name: string;
  readonly modules: RegExp;
  /** Where something comes from that is a connection, besides what the modules make. */
  readonly connections?: RegExp;
  /** Objects of the modules that are no connections: a stream stores messages, and nobody answers there. */
  readonly others?: RegExp;
  /** The methods, each with the number of the argument that is the subject, where that isn't the first. */
  readonly subscribes: Methods;
  readonly publishes: Methods;
  readonly requests: Methods;
  /** The names under which a subject can be passed. */
  readonly subjects?: readonly string[];
  /** Modules of which an import says that a `rid` key of the file names a resource. */
  readonly rid?: RegExp;
  /** What else is called to send or receive something. */
  readonly more?: (isNats: IsNats) => Readonly<Record<string, CallShape>>;
}

type Shape = (isNats: IsNats, subject: number, mayBe: IsNats) => CallShape;

type Methods = readonly (string | readonly [name: string, subject: number])[];

/** The NATS clients of a language, used without a RES library: the subjects are the protocol's own. */
export function natsOf(clients: NatsClients): Library {
  const isNats: IsNats = (callee, site) => isConnection(callee, site, clients);
  const mayBe: IsNats = (callee) => isAnything(callee, clients);
  const calls = (methods: Methods, shape: Shape): Record<string, CallShape> =>
    Object.fromEntries(
      methods.map((method) => {
        const [name, subject] = typeof method === 'string' ? [method, 0] : method;
        return [name, shapeOf((at) => shape(isNats, at, mayBe), subject, clients.subjects)];
      }),
    );
  return {
    name: clients.name,
    family: clients.family,
    sieve: clients.sieve,
    nearby: clients.nearby,
    modules: clients.modules,
    impliesService: true,
    isPlain: true,
    calls: {
      ...calls(clients.subscribes, subscribes),
      ...calls(clients.publishes, publishes),
      ...calls(clients.requests, requests),
      ...clients.more?.(isNats),
    },
    ...(clients.rid && { mentions: { rid: ridOf(clients.rid) } }),
  };
}

/** A call whose subject is an argument at its place, or passed by one of the names. */
function shapeOf(
  shape: (subject: number) => CallShape,
  subject: number,
  names: readonly string[] | undefined,
): CallShape {
  if (!names) return shape(subject);
  return (callee, site, evaluator, report) => {
    const byName = names.map((name) => indexOfArgument(site, name, -1)).find((index) => index >= 0);
    shape(byName ?? subject)(callee, site, evaluator, report);
  };
}

/** Whether a call is one of a connection. */
function isConnection(callee: Value, site: Site, { modules, connections, others }: NatsClients): boolean {
  const of = callee.kind === 'method' ? callee.of : callee;
  if (of.kind !== 'external') return seemsNats(callee, site, modules);
  const [module = '', name = ''] = of.origin.split('#');
  if (others?.test(`${module}.${name}`)) return false;
  if (modules.test(module) || connections?.test(of.origin) === true) return true;
  return isCalledNats(module, name) || seemsNats(callee, site, modules);
}

/** What a function of somebody's own package gives that is called after NATS: `natsConnection()` of `@acme/nats`. */
function isCalledNats(module: string, name: string): boolean {
  return module !== '' && /^[\w.]*nats[\w.]*\(\)$/i.test(name);
}

/**
 * Where it can't be told what a receiver is (a parameter nobody passes, a field nobody sets), it is a NATS connection
 * if it is called like one, or if the file works with NATS at all.
 */
function seemsNats(callee: Value, site: Site, modules: RegExp): boolean {
  const receiver = receiverOf(callee);
  if (!receiver) return false;
  if (receiver.kind === 'external' ? !receiver.origin.startsWith('#') : !isOpen(receiver)) return false;
  const call = site.file.call(site.call);
  const of = call.callee.kind === 'member' ? call.callee.of : undefined;
  const name = of?.kind === 'name' || of?.kind === 'member' ? of.name : '';
  return /^[#$]?_?m?_?(nc|nats|nats_?(client|conn(ection)?))$/i.test(name) || usesOneOf(site.file, modules);
}

/** Whether nothing tells that a method is not one of a connection: it is of some package, or of what is not known. */
function isAnything(callee: Value, { others }: NatsClients): boolean {
  const receiver = callee.kind === 'external' ? callee : receiverOf(callee);
  if (receiver?.kind === 'external')
    return receiver.origin.includes('#') && others?.test(receiver.origin) !== true;
  return receiver !== undefined && isOpen(receiver);
}

/** What a method is called on; of an interface's method nothing but the interface is known. */
function receiverOf(callee: Value): Value | undefined {
  if (callee.kind === 'method') return callee.of;
  if (callee.kind !== 'function') return undefined;
  return callee.file.outline.functions[callee.fn]?.isAbstract ? unknownValue : undefined;
}

function isOpen(receiver: Value): boolean {
  return receiver.kind === 'unknown' || receiver.kind === 'method';
}
