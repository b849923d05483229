import { applied } from '../../evaluate/calls';
import type { Evaluator } from '../../evaluate/evaluator';
import { type Site, type Value, isNothing, isSame, textValue } from '../../evaluate/value';
import { casesOf, someKey, someValue } from '../../evaluate/collections/items';
import { loopAt, withItems, withSettled } from '../callbacks';
import type { Builtins } from '../builtins';
import { type ListMethods, listResult } from '../lists';
import { type TextMethods, changedText, join, listOf, named, setBy } from '../texts';
import { typeArgument } from './types';

/** What turns a value into text or bytes. */
const encoders = /#(.*\.)?(jsonEncode|(json|utf8|JSON|UTF8)\.encode|Uint8List\.fromList)$/;

const textMethods: TextMethods = {
  same: ['toString', 'trim'],
  lower: ['toLowerCase'],
  upper: ['toUpperCase'],
};

/** What makes a collection of another one. */
const copies = /^#(List|Set|Map)\.(of|from|unmodifiable)$/;

const listMethods: ListMethods = {
  same: ['toList', 'toSet', 'where', 'whereType', 'cast', 'reversed', 'skip', 'take'],
  map: ['map'],
  flatMap: ['expand'],
  concat: ['followedBy'],
};

const settled = withSettled(['then', 'whenData']);
const items = withItems(['forEach', 'map', 'expand', 'any', 'every']);

/** What Dart and its core library do with texts, lists and maps. */
export const dartBuiltins: Builtins = {
  name: 'dart',
  result(callee, site, evaluator) {
    if (callee.kind === 'external' && encoders.test(callee.origin))
      return { kind: 'made', what: 'encoded', site };
    if (callee.kind === 'external' && callee.origin === '#String.fromEnvironment')
      return setBy('env', evaluator.argument(site, 0));
    if (callee.kind === 'external' && copies.test(callee.origin)) return evaluator.argument(site, 0);
    const found = foundBy(callee, site, evaluator);
    if (found) return found;
    if (callee.kind !== 'method') return undefined;
    const { of, name } = callee;
    if (of.kind === 'class' && name === 'values') return casesOf(of, site, evaluator);
    if (of.kind === 'text') return changedText(of, name, textMethods);
    if (of.kind === 'list') {
      if (name === 'join') return join(of, evaluator.argument(site, 0) ?? textValue(''), evaluator);
      return listResult(of, name, site, evaluator, listMethods);
    }
    if (of.kind !== 'record') return undefined;
    if (name === 'entries') return of;
    return name === 'keys' || name === 'values' ? listOf(of, name) : undefined;
  },
  callback(callee, site, arg, param, evaluator) {
    // `Consumer<ResClient>(builder: (context, client, child) => …)`, `FutureBuilder(future: connect(), builder: …)`
    const isBuilder = site.file.call(site.call).args[arg]?.name === 'builder' && param === 1;
    if (isBuilder) return named(site, typeArgument, evaluator) ?? named(site, 'future', evaluator);
    const provided = callee.kind === 'method' ? providedTo(callee, site, arg, param, evaluator) : undefined;
    if (provided) return provided;
    if (callee.kind !== 'method' || callee.of.kind !== 'record')
      return items(callee, site, arg, param, evaluator) ?? settled(callee, site, arg, param, evaluator);
    if (callee.name !== 'forEach' || arg !== 0 || callee.of.entries.length === 0) return undefined;
    return (param > 0 ? someValue : someKey)(callee.of, loopAt(site), evaluator);
  },
};

/** What a provider holds, or an object that is found by its type. */
function foundBy(callee: Value, site: Site, evaluator: Evaluator): Value | undefined {
  if (callee.kind !== 'method' && callee.kind !== 'external') return undefined;
  if (
    callee.kind === 'external' &&
    /#\w*Provider(\.\w+)*$/.test(callee.origin) &&
    !/\.(maybeO|o)f$/.test(callee.origin)
  )
    return { kind: 'made', what: 'provider', site };
  const isRead = callee.kind === 'method' && /^(read|watch|refresh|listen)$/.test(callee.name);
  const provider = isRead ? providerOf(evaluator.argument(site, 0)) : undefined;
  return provider ? heldBy(provider, evaluator) : named(site, typeArgument, evaluator);
}

/** The provider that is meant, also by `provider.future` and by `family(argument)`. */
function providerOf(value: Value | undefined): (Value & { kind: 'made' }) | undefined {
  if (value?.kind === 'method') return providerOf(value.of);
  return value?.kind === 'made' && value.what === 'provider' ? value : undefined;
}

/** What the function of a provider makes, or what it is said to hold instead, or else some object of its type. */
function heldBy(provider: Value & { kind: 'made' }, evaluator: Evaluator): Value | undefined {
  const { site } = provider;
  const make = evaluator.argument(site, 0);
  const value = make?.kind === 'function' ? applied(make, site, evaluator) : undefined;
  if (value && !isNothing(value)) return value;
  return named(site, typeArgument, evaluator) ?? overriding(provider, evaluator);
}

/** `clientProvider.overrideWithValue(client)`, `clientProvider.overrideWith((ref) => client)` */
function overriding(provider: Value & { kind: 'made' }, evaluator: Evaluator): Value | undefined {
  const { project, world } = evaluator;
  for (const name of ['overrideWithValue', 'overrideWith']) {
    for (const place of project.callsOf(name, provider.site.file, world)) {
      const site: Site = { ...place, frame: undefined };
      const callee = evaluator.callee(site);
      if (callee.kind !== 'method' || !isSame(callee.of, provider)) continue;
      const given = evaluator.argument(site, 0);
      return given?.kind === 'function' ? applied(given, site, evaluator) : given;
    }
  }
  return undefined;
}

/** What a function is given that waits for what a provider holds: `found.when(data: (client) => …)`, `ref.listen(provider, …)`. */
function providedTo(
  { of, name }: Value & { kind: 'method' },
  site: Site,
  arg: number,
  param: number,
  evaluator: Evaluator,
): Value | undefined {
  const isData = site.file.call(site.call).args[arg]?.name === 'data' && param === 0;
  if (isData && /^(when|maybeWhen|whenOrNull)$/.test(name)) return of;
  const provider = name === 'listen' && arg === 1 ? providerOf(evaluator.argument(site, 0)) : undefined;
  return provider && heldBy(provider, evaluator);
}
