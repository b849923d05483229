import type { Evaluator } from '../../evaluator';
import { type Site, type Value, piecesOf, wholeText } from '../../value';
import type { CallShape, Library } from '../language';
import { usesOneOf } from '../rid';
import { namingOf } from '../subject';

const home = /^(resclient|resgate-client)$/;

/** Methods that take a resource ID or a pattern first. */
const methods = [
  'get',
  'getResource',
  'subscribe',
  'unsubscribe',
  'call',
  'auth',
  'authenticate',
  'create',
  'setModel',
  'resourceOn',
  'resourceOff',
  'registerModelType',
  'unregisterModelType',
  'registerCollectionType',
  'unregisterCollectionType',
];

/** resclient, the JavaScript client of Resgate. */
export const resclient: Library = {
  name: 'resclient',
  modules: home,
  calls: Object.fromEntries(
    methods.map((name): [string, CallShape] => [
      name,
      (callee, site, evaluator, report) => {
        const naming = namingOf(site, 0);
        const value = evaluator.argument(site, 0);
        const isMeant =
          naming && value && (isClient(callee) || seemsClient(callee, name, value, site, evaluator));
        if (isMeant) report.reference(value, naming);
      },
    ]),
  ),
  mentions: {
    rid: (value, naming, _evaluator, report) => {
      report.reference(value, naming);
    },
  },
};

function isClient(callee: Value): boolean {
  if (callee.k !== 'method' || callee.of.k !== 'external') return false;
  const { origin } = callee.of;
  // The script tag's global: `new resclient.default(…)`, `new ResClient(…)`
  return home.test(origin.split('#', 1)[0] ?? '') || /^#(resclient|ResClient)\b/.test(origin);
}

/**
 * Where it can't be told what a receiver is (injected, of a context, of another module system), it is a client if it is
 * called like one, if the workspace works with resclient, and if the text can be nothing but a resource ID.
 */
function seemsClient(callee: Value, name: string, value: Value, site: Site, evaluator: Evaluator): boolean {
  if (!isUnclear(callee) || !isCalledClient(site)) return false;
  const [first] = piecesOf(value);
  if (typeof first !== 'string' || !/^[\w$-]+(\.|\?|$)/.test(first) || !isName(value)) return false;
  if (!/^[\w$-]+\./.test(first) && !hasMethod(name, site, evaluator)) return false;
  evaluator.world.lookUp('ResClient');
  for (const file of evaluator.project.files) {
    if (file.language.family === site.file.language.family && usesOneOf(file, home)) return true;
  }
  return false;
}

function isUnclear(callee: Value): boolean {
  if (callee.k === 'function') return false;
  let root: Value = callee;
  while (root.k === 'method') root = root.of;
  if (root.k === 'external') return /^(#|react|vue|svelte|preact|@angular)/.test(root.origin);
  return callee.k === 'method' && (root.k === 'unknown' || root.k === 'instance' || root.k === 'record');
}

function isCalledClient(site: Site): boolean {
  const { callee } = site.file.call(site.call);
  const of = callee.k === 'member' ? callee.of : undefined;
  const name = of?.k === 'name' || of?.k === 'member' ? of.name : '';
  return /^[#_$]*(\w*(api|client)|res|resgate)$/i.test(name);
}

/** Paths, addresses, file names and messages are none. */
function isName(value: Value): boolean {
  const pieces = piecesOf(value);
  const text = pieces.filter((piece) => typeof piece === 'string').join('');
  if (!/^[\w$.\-*>~+@{}]*(\?.*)?$/s.test(text)) return false;
  return !/\.(js|ts|json|html?|css|png|svg|txt|md|xml|com|org|net|io)$/.test(wholeText(value) ?? '');
}

/** `client.call('core', 'reload')` has a method besides the resource ID. */
function hasMethod(name: string, site: Site, evaluator: Evaluator): boolean {
  if (name !== 'call' && !name.startsWith('auth')) return false;
  const method = evaluator.argument(site, 1);
  return method !== undefined && /^\w+$/.test(wholeText(method) ?? '');
}
