import type { Evaluator } from '../../evaluate/evaluator';
import { type Site, type Value, piecesOf, wholeText } from '../../evaluate/value';
import { asked, clientRequest } from './clientRequest';
import type { CallShape, Library } from '../library';
import { usesOneOf } from '../../files/usedModules';
import { ridOf } from '../rid';
import { namingOf, referTo } from '../arguments';
import { natsModules } from '../nats/clients';

/** resclient, other spellings of its name, and its forks. */
export const clientModules = /^(@[\w.-]+\/)?(res-?client|resgate-?client)(-(ts|js|es|esm|typescript))?$/;

/** Methods that take a resource ID or a pattern first. */
const methods = [
  'get',
  'getResource',
  'getCached',
  'getPaginated',
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

/** How clients are called where it can't be seen what they are. */
const clientCalls = ['api', 'Api', 'client', 'Client', 'resgate'].flatMap((receiver) =>
  ['get', 'call', 'auth', 'create', 'setModel', 'resourceO', 'subscribe'].map(
    (name) => `${receiver}.${name}`,
  ),
);

/** resclient, the JavaScript client of Resgate. */
export const resclient: Library = {
  name: 'resclient',
  family: 'javascript',
  sieve: ['resclient', 'ResClient', 'resgate'],
  nearby: { modules: clientModules, words: clientCalls },
  modules: clientModules,
  calls: {
    ...Object.fromEntries(
      methods.map((name): [string, CallShape] => [
        name,
        (callee, site, evaluator, report) => {
          const naming = namingOf(site, 0);
          const value = evaluator.argument(site, 0);
          if (!naming || !value) return;
          const isSeeming = !isClient(callee) && seemsClient(callee, site, evaluator);
          // Where the code doesn't tell what it is called on, the name must tell, wherever it comes from.
          if (isSeeming && report.mustFollow(value)) return;
          const isMeant = isSeeming ? isSurelyName(name, value, site, evaluator) : isClient(callee);
          if (isMeant) report.reference(asked(name, value), naming);
        },
      ]),
    ),
    // `new ResRef(api, rid)`
    ResRef(callee, site, evaluator, report) {
      const isRef = callee.kind === 'external' && /#(default\.)?ResRef$/.test(callee.origin);
      if (isRef && isOfLibrary(callee.origin)) referTo(site, 1, evaluator, report);
    },
  },
  callback(callee, _site, arg, param) {
    if (callee.kind !== 'method' || !isClient(callee) || param !== 0) return undefined;
    // They are handed the client itself.
    const isHanded = callee.name === 'setOnConnect' ? arg === 0 : /^register\w+Type$/.test(callee.name);
    return isHanded ? callee.of : undefined;
  },
  mentions: {
    request: clientRequest,
    rid: ridOf(new RegExp(`${clientModules.source}|${natsModules.source}|^@nestjs/microservices$`)),
  },
};

/** Classes whose methods of the same names are about a resource that they are themselves. */
const resources = /#(default\.)?Res(Model|Collection|CollectionModel|Ref|Error)\b/;

function isClient(callee: Value): boolean {
  if (callee.kind !== 'method') return false;
  // `this.api` of a class that extends ResModel
  const isOfResource = callee.of.kind === 'method' && callee.of.name === 'api';
  const of = callee.of.kind === 'method' && isOfResource ? callee.of.of : callee.of;
  if (of.kind !== 'external') return false;
  const { origin } = of;
  // What is got by it is a resource.
  if (/\.(get(Resource|Cached|Paginated)?|call|auth|authenticate|create|setModel)\(\)/.test(origin))
    return false;
  if (resources.test(origin) !== isOfResource && !origin.endsWith('.getClient()')) return false;
  // The script tag's global: `new resclient.default(…)`, `new ResClient(…)`
  return isOfLibrary(origin) || /^#(resclient|ResClient)\b/.test(origin);
}

function isOfLibrary(origin: string): boolean {
  return clientModules.test(origin.split('#', 1)[0] ?? '');
}

/**
 * Where it can't be told what a receiver is (injected, of a context, of another module system), it is a client if it is
 * called like one, if the workspace works with resclient, and if the text can be nothing but a resource ID.
 */
function seemsClient(callee: Value, site: Site, evaluator: Evaluator): boolean {
  if (!isUnclear(callee) || !isCalledClient(site)) return false;
  evaluator.world.lookUp('ResClient');
  evaluator.world.lookForUses('ResClient');
  const { family } = site.file.language;
  evaluator.world.leaveOpen();
  return evaluator.project.whole.isAny(family, clientModules, (file) => usesOneOf(file, clientModules));
}

function isSurelyName(name: string, value: Value, site: Site, evaluator: Evaluator): boolean {
  const [first] = piecesOf(value);
  if (typeof first !== 'string' || !/^[\w$-]+(\.|\?|$)/.test(first) || !isName(value)) return false;
  return /^[\w$-]+\./.test(first) || hasMethod(name, site, evaluator);
}

function isUnclear(callee: Value): boolean {
  if (callee.kind === 'function') return false;
  let root: Value = callee;
  while (root.kind === 'method') root = root.of;
  if (root.kind === 'external') return /^(#|react|vue|svelte|preact|@angular)/.test(root.origin);
  return (
    callee.kind === 'method' &&
    (root.kind === 'unknown' || root.kind === 'instance' || root.kind === 'record')
  );
}

function isCalledClient(site: Site): boolean {
  const { callee } = site.file.call(site.call);
  const of = callee.kind === 'member' ? callee.of : undefined;
  const name = of?.kind === 'name' || of?.kind === 'member' ? of.name : '';
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
