import type { RequestKind } from '../../facts/fact';
import { splitSubject } from '../../facts/names';
import { type Site, type Value, concat } from '../../evaluate/value';
import { indexOfArgument } from '../../languages/texts';
import type { Library } from '../library';
import { namingOf } from '../arguments';

const modules = /^(LoungeUp|LU)\\(NatsSdk|Nats)(\\|$)/;

/** The router of the NATS SDK for services behind Resgate: `{id}` in a route matches one part. */
export const phpRouter: Library = {
  name: 'nats-sdk',
  family: 'php',
  sieve: ['Resgate', 'resgate'],
  modules,
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

/** A route's file gets its `$router` from whoever requires it. */
function isRouter(callee: Value, site: Site): boolean {
  const of = callee.kind === 'method' ? callee.of : callee;
  if (of.kind !== 'external') return false;
  const [module = ''] = of.origin.split('#');
  if (module !== '') return modules.test(module);
  const action = site.file.call(site.call).args[1]?.value;
  return receiverOf(site) === '$router' && of.origin.startsWith('#$router') && isAction(action?.kind);
}

/** `[Controller::class, 'method']` */
function isAction(kind: string | undefined): boolean {
  return kind === 'list' || kind === 'name' || kind === 'member';
}

function receiverOf({ file, call }: Site): string {
  const { callee } = file.call(call);
  const of = callee.kind === 'member' ? callee.of : undefined;
  return of?.kind === 'name' || of?.kind === 'member' ? of.name : '';
}

/** The text with `{name}` parts, which match any one part. */
function withoutPlaceholders(value: Value): Value {
  if (value.kind !== 'text') return value;
  return concat([{ ...value, pieces: value.pieces.map((piece) => replaced(piece)) }]);
}

function replaced<T>(piece: T | string): T | string {
  return typeof piece === 'string' ? piece.replaceAll(/\{[^{}.]*\}/g, '*') : piece;
}
