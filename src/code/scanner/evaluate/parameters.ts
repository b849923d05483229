import type { Evaluator } from './evaluator';
import type { Caller } from '../callers/foundCallers';
import { receiverOf } from './extensions';
import { spreadOut } from './collections/spread';
import type { Argument, Expr, Located, Param } from '../outline/outline';
import type { CallPlace, SourceFile } from '../files/sourceFile';
import {
  type Context,
  type Parameter,
  type Site,
  type Value,
  absentValue,
  isNothing,
  unknownValue,
} from './value';

/** The value of a parameter: the argument of the call for which its function runs, or else of a caller. */
export function parameter(fn: number, index: number, context: Context, evaluator: Evaluator): Value {
  const param = context.file.outline.functions[fn]?.params[index];
  if (!param) return unknownValue;
  evaluator.world.touch(context.file.signatureOf(fn));
  const inside: Context = { file: context.file, frame: undefined };
  const declared = evaluator.declared(param.type, inside);
  if (declared) return declared;
  const fallback = (): Value => (param.fallback ? evaluator.evaluate(param.fallback, inside) : unknownValue);
  // Who leaves an argument out gives none.
  const leftOut = (args: readonly Argument[]): Value =>
    param.fallback || param.isRest || args.some(({ isSpread }) => isSpread) ? fallback() : absentValue;
  for (let frame = context.frame; frame; frame = frame.outer) {
    if (frame.file !== context.file || frame.fn !== fn) continue;
    if (frame.isOpen) return orTyped(unknownValue, param.type, inside, evaluator);
    if (frame.args) return orTyped(frame.args[index] ?? fallback(), param.type, inside, evaluator);
    const value =
      frame.site && given(frame.site, index, context.file.outline.functions[fn]?.params ?? [], evaluator);
    const { args = [] } = frame.site?.file.call(frame.site.call) ?? {};
    return orTyped(value ?? (frame.site ? leftOut(args) : fallback()), param.type, inside, evaluator);
  }
  const value = fromCallers(fn, index, inside, evaluator) ?? fallback();
  return orTyped(value, param.type, inside, evaluator);
}

/** Where a parameter's value stands if its function was reached from a caller chosen by the world. */
export function callerArgument(
  file: SourceFile,
  fn: number,
  index: number,
  evaluator: Evaluator,
): (Located & { in: Context }) | undefined {
  const { all: callers } = evaluator.project.callersOf(file, fn, evaluator);
  const caller = callers[evaluator.world.chosen(followKey(file, fn)) ?? 0];
  if (!caller || caller.arg !== undefined) return undefined;
  const name = file.outline.functions[fn]?.params[index]?.name ?? '';
  const { params = [] } = file.outline.functions[fn] ?? {};
  const shift = params[0]?.isReceiver && receiverOf(caller, evaluator) ? 1 : 0;
  const arg = argumentFor(caller, index - shift, name, evaluator);
  return arg && { ...arg, in: { file: caller.file, frame: undefined } };
}

/** The place from which a function is called, if there is one only, or the world has chosen one of several. */
export function chosenCaller(file: SourceFile, fn: number, evaluator: Evaluator): CallPlace | undefined {
  const { project, world } = evaluator;
  const callers = project.callersOf(file, fn, evaluator);
  const key = followKey(file, fn);
  if (callers.areSeveral && !world.isFollowed(key)) return undefined;
  const { all } = callers;
  const caller = all[callers.areSeveral ? world.pick(key, all.length) : 0];
  return caller && caller.arg === undefined ? { file: caller.file, call: caller.call } : undefined;
}

/** What a call passes for one of the parameters, by its name or its place. */
function given(site: Site, index: number, params: readonly Param[], evaluator: Evaluator): Value | undefined {
  const receiver = params[0]?.isReceiver ? receiverOf(site, evaluator) : undefined;
  if (receiver && index === 0) return receiver;
  const at = receiver ? index - 1 : index;
  const { name = '', isRest } = params[index] ?? {};
  if (isRest) return restOf(site, at, evaluator);
  const arg = argumentFor(site, at, name, evaluator);
  return arg && evaluator.evaluate(arg.value, site);
}

/** What a call passes from a place on; a single list can be passed as it is. */
function restOf(site: Site, index: number, evaluator: Evaluator): Value {
  const { args, fn } = site.file.call(site.call);
  evaluator.world.touch(site.file.codeOf(fn));
  const rest = args.slice(index).filter(({ name }) => name === undefined);
  const [only] = rest;
  const whole = only && rest.length === 1 ? evaluator.evaluate(only.value, site) : undefined;
  if (whole?.kind === 'list' || (whole?.kind === 'unknown' && whole.follow !== undefined)) return whole;
  return { kind: 'list', items: spreadOut(rest, site, evaluator), in: site };
}

/** The argument that a call has for a parameter: the one with its name, or the one at its place. */
function argumentFor(
  { file, call }: CallPlace,
  index: number,
  name: string,
  { world }: Evaluator,
): Argument | undefined {
  const { args, fn } = file.call(call);
  world.touch(file.codeOf(fn));
  const byName = args.find((arg) => arg.name === name);
  const atPlace = args[index];
  return byName ?? (atPlace?.name === undefined ? atPlace : undefined);
}

/** What a caller gives; if there are several that are not told apart yet, a hole that says so. */
function fromCallers(fn: number, index: number, { file }: Context, evaluator: Evaluator): Value | undefined {
  const { project, world } = evaluator;
  const callers = project.callersOf(file, fn, evaluator);
  const key = followKey(file, fn);
  if (callers.areSeveral && !world.follows(key))
    return { kind: 'unknown', follow: key, of: { file, fn, index } };
  const caller = callers.all[callers.areSeveral ? world.pick(key, callers.all.length) : 0];
  return caller && fromCaller(caller, { file, fn, index }, evaluator);
}

/** What a caller gives for one of a function's parameters. */
export function fromCaller(
  caller: Caller,
  { file, fn, index }: Parameter,
  evaluator: Evaluator,
): Value | undefined {
  const site: Site = { file: caller.file, call: caller.call, frame: undefined };
  const params = file.outline.functions[fn]?.params ?? [];
  if (caller.arg === undefined) return given(site, index, params, evaluator);
  // What is passed can be one of several functions.
  const passed = evaluator.argument(site, caller.arg);
  if (passed?.kind === 'function' && !(passed.file === file && passed.fn === fn)) return undefined;
  const callee = evaluator.callee(site);
  return evaluator.project.languages.callback(callee, site, caller.arg, index, evaluator);
}

/** The name of the choice between a function's callers. */
function followKey(file: SourceFile, fn: number): string {
  return `follow ${file.path} ${fn}`;
}

/** The value, or where nothing is known of it some object of the declared type. */
function orTyped(value: Value, type: Expr | undefined, context: Context, evaluator: Evaluator): Value {
  if (!type || !isVague(value)) return value;
  const typed = evaluator.instanceOf(evaluator.evaluate(type, context));
  return typed.kind === 'unknown' ? value : typed;
}

/** Whether nothing is known of a value but how one gets to it. */
function isVague(value: Value): boolean {
  if (value.kind === 'unknown') return isNothing(value) && !value.isAbsent;
  return value.kind === 'method' && (value.of.kind === 'instance' || isVague(value.of));
}
