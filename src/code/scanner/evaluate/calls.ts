import { isGiven } from './deciding';
import type { Evaluator } from './evaluator';
import type { Expr } from '../outline/outline';
import { methodOfInstance } from './instances';
import { extensionOf } from './extensions';
import { overriding } from './hierarchy';
import { type Context, type Frame, type Site, type Value, isNothing, unknownValue } from './value';

/** What a call calls. */
export function calleeOf(site: Site, evaluator: Evaluator): Value {
  const { callee, fn } = site.file.call(site.call);
  evaluator.world.touch(site.file.codeOf(fn));
  const value = evaluator.evaluate(callee, site);
  if (callee.kind !== 'member' || value.kind === 'function') return value;
  const of = evaluator.evaluate(callee.of, site);
  const method = of.kind === 'instance' ? methodOfInstance(of, callee.name, evaluator) : undefined;
  const extension = method ?? extensionOf(of, callee.name, site, evaluator);
  if (extension || of.kind === 'instance') return extension ?? value;
  // `map.set`: a method of the map itself, and none of its entries.
  if (value.kind !== 'unknown' || value.follow !== undefined) return value;
  return of.kind === 'record' ? { kind: 'method', of, name: callee.name } : value;
}

/** What a call gives. */
export function resultOf(site: Site, evaluator: Evaluator): Value {
  const called = evaluator.callee(site);
  const callee = called.kind === 'function' ? overriding(called, evaluator) : called;
  const known = evaluator.project.languages.result(callee, site, evaluator);
  if (known) return known;
  switch (callee.kind) {
    case 'function':
      return applied(callee, site, evaluator);
    case 'class': {
      evaluator.world.touch(callee.file);
      const constructor = callee.file.outline.classes[callee.cls]?.methods.new;
      const made: Frame = { file: callee.file, fn: constructor ?? -1, site, outer: undefined };
      return { kind: 'instance', file: callee.file, cls: callee.cls, made };
    }
    case 'external':
      return { kind: 'external', origin: `${callee.origin}()`, instance: true };
    case 'method':
      // Once a caller tells what the object is, its method is known too.
      if (callee.of.kind === 'unknown') {
        const { follow } = callee.of;
        return { kind: 'unknown', ...(follow !== undefined && { follow }) };
      }
      if (callee.of.kind !== 'external') return unknownValue;
      return { kind: 'external', origin: `${callee.of.origin}.${callee.name}()`, instance: true };
    case 'unknown':
      return callee.follow === undefined ? unknownValue : callee;
    default:
      return unknownValue;
  }
}

/** What a function gives if it is called at the site. */
export function applied(
  { file, fn, outer, self }: Value & { kind: 'function' },
  site: Site | undefined,
  evaluator: Evaluator,
  args?: readonly Value[],
): Value {
  const func = file.outline.functions[fn];
  if (!func) return unknownValue;
  evaluator.world.touch(file.codeOf(fn));
  evaluator.world.touch(file.signatureOf(fn));
  const frame: Frame = {
    file,
    fn,
    outer,
    ...(site && { site }),
    ...(self && { self }),
    ...(args && { args }),
  };
  const context: Context = { file, frame };
  const returned = returnsOf(func.returns, context, evaluator);
  const index = returned.length > 1 ? evaluator.world.pick(`return ${file.path} ${fn}`, returned.length) : 0;
  const expr = returned[index];
  const value = expr ? evaluator.evaluate(expr, context) : unknownValue;
  if (!isNothing(value) || !func.result) return value;
  return evaluator.instanceOf(evaluator.evaluate(func.result, { file, frame: undefined }));
}

/** What a function can give, of what it gives on conditions. */
function returnsOf(returns: readonly Expr[], context: Context, evaluator: Evaluator): readonly Expr[] {
  const found: Expr[] = [];
  const known = returns.filter(({ kind }) => kind !== 'nothing' && kind !== 'unknown');
  if (known.length < 2) return known;
  for (const each of known) {
    const is = isGiven(each, (test) => evaluator.decide(test, context));
    if (is !== false) found.push(each);
    if (is) break;
  }
  return found;
}
