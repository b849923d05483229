import { splitSubject } from '../../facts/names';
import { type Site, type Value, concat, textValue, wholeText } from '../../evaluate/value';
import type { CallShape, Library } from '../library';
import { usesOneOf } from '../../files/usedModules';
import { asked } from './clientRequest';
import { ridOf } from '../rid';
import { namingOf, referTo } from '../arguments';
import { registered, written } from '../../evaluate/collections/seeds';

const modules = /^package:(res_?client|resgate_?client|resgate)\//;
const classes = /^Res(gate|Gate)?Client$/;

/** The Dart clients of Resgate. Their code is followed like any other; what they are given names resources. */
export const dartResclient: Library = {
  name: 'resclient',
  family: 'dart',
  sieve: ['ResClient', 'ResgateClient', 'res_client', 'resgate', 'Resgate'],
  modules,
  calls: {
    get: resource,
    subscribe,
    unsubscribe: resource,
    call: resource,
    getModel: resource,
    getCollection: resource,
    auth: login,
    authenticate: login,
    // `send('subscribe', 'library.books', null)`
    send(callee, site, evaluator, report) {
      const naming = namingOf(site, 1);
      const kind = evaluator.argument(site, 0);
      const name = evaluator.argument(site, 1);
      if (!naming || !kind || !name || !isClient(callee, site)) return;
      const type = wholeText(kind) ?? '';
      if (!['get', 'subscribe', 'unsubscribe', 'call', 'auth'].includes(type)) return;
      const isMethod = type === 'call' || type === 'auth';
      const value = isMethod ? withoutMethod(name) : name;
      if (value) report.reference(asked(type, value), naming);
    },
  },
  mentions: { rid: ridOf(modules) },
};

/** `subscribe('library', 'books')` subscribes to `library.books`; the second part is mostly null. */
function subscribe(...[callee, site, evaluator, report]: Parameters<CallShape>): void {
  const naming = namingOf(site, 0);
  const first = evaluator.argument(site, 0);
  const second = site.file.call(site.call).args[1]?.value;
  if (!naming || !first || !isClient(callee, site)) return;
  const isWhole = second === undefined || second.kind === 'nothing' || second.kind === 'function';
  const rest = isWhole ? [] : [textValue('.'), evaluator.evaluate(second, site)];
  report.reference(registered(concat([first, ...rest])), naming);
}

function resource(...[callee, site, evaluator, report]: Parameters<CallShape>): void {
  if (isClient(callee, site)) referTo(site, 0, evaluator, report, written);
}

/** `auth('usertoken', 'login')`, and `authenticate('usertoken.login', {…})` of the client that takes both in one. */
function login(...[callee, site, evaluator, report]: Parameters<CallShape>): void {
  const naming = namingOf(site, 0);
  const value = evaluator.argument(site, 0);
  if (!naming || !value || !isClient(callee, site)) return;
  const method = site.file.call(site.call).args[1];
  const isOwn = method !== undefined && evaluator.argument(site, 1)?.kind !== 'record';
  const name = isOwn ? value : withoutMethod(value);
  if (name) report.reference(written(name), naming);
}

function withoutMethod(value: Value): Value | undefined {
  return splitSubject(concat([textValue('call.'), value]))?.name;
}

function isClient(callee: Value, site: Site): boolean {
  // A method of a client that is in the workspace itself, or of one that is not.
  const of = awaited(
    callee.kind === 'function' ? callee.self : callee.kind === 'method' ? callee.of : callee,
  );
  if (of?.kind === 'instance') return classes.test(of.file.outline.classes[of.cls]?.name ?? '');
  if (of?.kind !== 'external') return of !== undefined && seemsClient(of, site);
  const [module = '', name = ''] = of.origin.split('#');
  // What is got by it is a resource.
  if (/\.(get\w*|subscribe|call|auth\w*)\(\)/.test(name)) return false;
  const isNamed = classes.test(name.replace(/(\.\w+)?\(\)$/, ''));
  return ((module === '' || modules.test(module)) && isNamed) || seemsClient(of, site);
}

/** What a value comes to that is not there yet. */
function awaited(of: Value | undefined): Value | undefined {
  const isHeld = of?.kind === 'method' && /^(value|valueOrNull|requireValue|data|requireData)$/.test(of.name);
  return isHeld && of.of.kind === 'external' ? of.of : of;
}

/** Where it can't be told what a receiver is, it is a client if it is called so in a file that works with one. */
function seemsClient(of: Value, { file, call }: Site): boolean {
  if (
    of.kind === 'external' ? !/^#\w+(\.\w+)?$/.test(of.origin) : of.kind !== 'unknown' && of.kind !== 'method'
  )
    return false;
  const { callee } = file.call(call);
  const receiver = callee.kind === 'member' ? callee.of : undefined;
  const name = receiver?.kind === 'name' || receiver?.kind === 'member' ? receiver.name : '';
  return /^_?(res|resgate)?_?(client|resgate)$/i.test(name) && usesOneOf(file, modules);
}
