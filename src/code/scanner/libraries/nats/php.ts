import { splitSubject } from '../../facts/names';
import type { RequestKind } from '../../facts/fact';
import { type Site, type Value, concat } from '../../evaluate/value';
import type { CallShape, Library } from '../library';
import { ridOf, usesOneOf } from '../rid';
import { type IsNats, namingOf, publishes, requests, subscribes } from './subject';
import { indexOfArgument } from '../../languages/texts';

/** The clients for PHP: repejota/phpnats, basis-company/nats, and those that came of them. */
const modules = /^(Nats|NatsStreaming|Basis\\Nats|LoungeUp\\Nats|LU\\Nats|IDCT\\NATS)(\\|$)/;
const sdk = /^(LoungeUp|LU)\\(NatsSdk|Nats)(\\|$)/;

/** A NATS client, used without a RES library: the subjects are the protocol's own. */
export const phpNats: Library = {
  name: 'nats.php',
  modules,
  impliesService: true,
  isPlain: true,
  calls: {
    subscribe: bySubject(subscribes),
    subscribeQueue: bySubject(subscribes),
    queueSubscribe: bySubject(subscribes),
    publish: bySubject(publishes),
    request: bySubject(requests),
    dispatch: bySubject(requests),
  },
  mentions: { rid: ridOf(/^(Nats|Basis\\Nats|IDCT\\NATS|(LoungeUp|LU)\\\w+)(\\|$)|resgate/i) },
};

/** The router of the NATS SDK for services behind Resgate: `{id}` in a route matches one part. */
export const phpRouter: Library = {
  name: 'nats-sdk',
  modules: sdk,
  impliesService: true,
  calls: {
    add(callee, site, evaluator, report) {
      const index = indexOfArgument(site, '$eventRoute', 0);
      const naming = namingOf(site, index);
      const route = evaluator.argument(site, index);
      if (!naming || !route || report.mustFollow(route) || !isRouter(callee, site)) return;
      const split = splitSubject(withoutPlaceholders(route));
      if (!split) return;
      if (split.method === 'event') report.reference(split.name, naming);
      else report.handler(split.name, naming, [split.method as RequestKind]);
    },
  },
};

/** The subject is the first argument, or passed by its name. */
function bySubject(shape: (isNats: IsNats, index?: number) => CallShape): CallShape {
  return (callee, site, evaluator, report) => {
    const names = ['$subject', '$name', '$subj'];
    const index = names.map((name) => indexOfArgument(site, name, 0)).find((found) => found > 0) ?? 0;
    shape(isNats, index)(callee, site, evaluator, report);
  };
}

function isNats(callee: Value, site: Site): boolean {
  const of = callee.k === 'method' ? callee.of : callee;
  if (of.k !== 'external') return isOpen(of) && seemsNats(site);
  const [module = '', name = ''] = of.origin.split('#');
  if (module === '') return /^\$?\w+(\.\w+)?$/.test(name) && seemsNats(site);
  return modules.test(module) && !/getApi|getStream|getBucket/.test(name);
}

function isOpen(of: Value): boolean {
  return of.k === 'unknown' || of.k === 'method';
}

/** Where it can't be told what a receiver is: a connection if it is called like one, or the file works with NATS. */
function seemsNats(site: Site): boolean {
  return (
    /^\$?(nc|nats|nats_?(client|conn(ection)?))$/i.test(receiverOf(site)) || usesOneOf(site.file, modules)
  );
}

/** A route's file gets its `$router` from whoever requires it. */
function isRouter(callee: Value, site: Site): boolean {
  const of = callee.k === 'method' ? callee.of : callee;
  if (of.k !== 'external') return false;
  const [module = ''] = of.origin.split('#');
  if (module !== '') return sdk.test(module);
  const action = site.file.call(site.call).args[1]?.value;
  return receiverOf(site) === '$router' && of.origin.startsWith('#$router') && isAction(action?.k);
}

/** `[Controller::class, 'method']` */
function isAction(kind: string | undefined): boolean {
  return kind === 'list' || kind === 'name' || kind === 'member';
}

function receiverOf({ file, call }: Site): string {
  const { callee } = file.call(call);
  const of = callee.k === 'member' ? callee.of : undefined;
  return of?.k === 'name' || of?.k === 'member' ? of.name : '';
}

/** The text with `{name}` parts, which match any one part. */
function withoutPlaceholders(value: Value): Value {
  if (value.k !== 'text') return value;
  return concat([{ ...value, pieces: value.pieces.map((piece) => replaced(piece)) }]);
}

function replaced<T>(piece: T | string): T | string {
  return typeof piece === 'string' ? piece.replaceAll(/\{[^{}.]*\}/g, '*') : piece;
}
