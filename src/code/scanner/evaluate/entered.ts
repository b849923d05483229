import { superCall } from './hierarchy';
import type { Evaluator } from './evaluator';
import { chosenCaller } from './parameters';
import type { SourceFile } from '../files/sourceFile';
import type { Frame, Site, Value } from './value';

/** How many calls up the stack are followed. */
const maxCalls = 6;

/**
 * The call for which the code of a function runs, where there is only one or the world has chosen one of several. Its
 * arguments and the object that it is called on then belong together. While no callers are told apart, nothing can be
 * mixed up.
 */
export function enteredFrame(file: SourceFile, fn: number, evaluator: Evaluator): Frame | undefined {
  return evaluator.world.isFollowing ? frameOf(file, fn, evaluator, 0) : undefined;
}

function frameOf(file: SourceFile, fn: number, evaluator: Evaluator, depth: number): Frame | undefined {
  const func = file.outline.functions[fn];
  if (!func || fn === 0 || depth > maxCalls) return undefined;
  const caller = chosenCaller(file, fn, evaluator);
  // A nested function runs for a call of the function around it.
  const around = frameOf(file, func.parent, evaluator, depth + 1);
  if (!caller) return around;
  const from = caller.file.call(caller.call).fn;
  const site: Site = { ...caller, frame: frameOf(caller.file, from, evaluator, depth + 1) };
  const callee = evaluator.callee(site);
  if (callee.kind === 'class') return makingFrame(file, fn, site, callee.cls);
  const isMeant = callee.kind === 'function' && callee.file === file && callee.fn === fn;
  const self = isMeant && callee.self ? oneOf(callee.self, evaluator) : undefined;
  return { file, fn, site, outer: (isMeant ? callee.outer : undefined) ?? around, ...(self && { self }) };
}

/** A constructor runs on the object that it makes, and the constructor of a base class on the same object. */
function makingFrame(file: SourceFile, fn: number, site: Site, cls: number): Frame {
  const frame: Frame = { file, fn, site, outer: undefined };
  const derived = site.file.outline.functions[site.file.call(site.call).fn]?.cls;
  if (derived === undefined || superCall(site.file, derived) !== site.call)
    return { ...frame, self: { kind: 'instance', file, cls, made: frame } };
  return { ...frame, self: site.frame?.self ?? { kind: 'instance', file: site.file, cls: derived } };
}

/** An object of a class; where the class makes several and it can't be told which this is, nothing is known of how it was made. */
function oneOf(self: Value, evaluator: Evaluator): Value {
  if (self.kind !== 'instance' || self.made) return self;
  const { file, cls } = self;
  const some = { ...self, isAny: true } as const;
  const fn = file.outline.classes[cls]?.methods.new;
  // Without a constructor, functions make the objects, each perhaps another one.
  const areSeveral = fn === undefined || evaluator.project.callersOf(file, fn, evaluator).areSeveral;
  return areSeveral ? { ...some, made: { file, fn: fn ?? -1, outer: undefined, isOpen: true } } : some;
}
