import { exported, foreignName, imported } from './declarations';
import { memberOfInstance } from './instances';
import type { Library } from './languages/language';
import type { Argument, Binding, Entry, Expr, Located } from './outline';
import type { Project } from './project';
import type { CallPlace, SourceFile } from './sourceFile';
import {
  type Context,
  type Frame,
  type Site,
  type Value,
  concat,
  isSame,
  textValue,
  unknownValue,
  wholeText,
} from './value';
import type { World } from './world';

/** How deep and how long an evaluation may get; past it, things are unknown. */
const maxDepth = 60;
const maxSteps = 4000;

/** A place from which a function is called: directly, or by what it is handed to as argument number `arg`. */
export interface Caller {
  readonly file: SourceFile;
  readonly call: number;
  readonly arg?: number;
}

/**
 * Finds out what an expression stands for, following names over functions and files. Where several answers are
 * possible it takes the one that the world prescribes, and tells the world of the others.
 */
export class Evaluator {
  readonly project: Project;
  readonly world: World;
  readonly #byType: boolean;
  /** Which exports are being looked for. */
  /** What is looked for among exports just now. */
  readonly exporting = new Set<string>();
  #depth = 0;
  #steps = 0;

  /** With `byType`, a declared class or interface counts more than what is known of the value. */
  constructor(project: Project, world: World, byType = false) {
    this.project = project;
    this.world = world;
    this.#byType = byType;
  }

  /** What the expression stands for. */
  evaluate(expr: Expr, context: Context): Value {
    // What is written out is known however long the way to it was: a name must not lose its end.
    if (expr.k === 'text') return textValue(expr.text);
    if (this.#depth >= maxDepth || ++this.#steps > maxSteps) return unknownValue;
    this.#depth++;
    try {
      return this.#evaluate(expr, context);
    } finally {
      this.#depth--;
    }
  }

  /** Argument number `index` of a call; undefined if there is none. */
  argument(site: Site, index: number): Value | undefined {
    const arg = site.file.call(site.call).args[index];
    return arg && this.evaluate(arg.value, site);
  }

  /** What a call calls. */
  callee(site: Site): Value {
    const { callee } = site.file.call(site.call);
    const value = this.evaluate(callee, site);
    if (value.k !== 'unknown' || value.follow !== undefined || callee.k !== 'member') return value;
    // A map has methods too, that none of its entries is.
    const of = this.evaluate(callee.of, site);
    return of.k === 'record' ? { k: 'method', of, name: callee.name } : value;
  }

  /** A member of a value: a field, a method, an export. */
  member(of: Value, name: string): Value {
    switch (of.k) {
      case 'record': {
        const entry = of.entries.find(({ key }) => key === name) ?? unnamedEntry(of, name);
        if (entry) return of.isItem ? this.item(entry, of.in) : this.evaluate(entry.value, of.in);
        return of.type ? this.member(of.type, name) : unknownValue;
      }
      case 'module':
        return exported(of.files, name, this);
      case 'external':
        if (of.instance) return { k: 'method', of, name };
        return {
          k: 'external',
          origin: of.origin.includes('#') ? `${of.origin}.${name}` : `${of.origin}#${name}`,
        };
      case 'instance':
        return memberOfInstance(of, name, this);
      case 'class': {
        const cls = of.file.outline.classes[of.cls];
        const value = cls?.fields[name]?.values[0];
        const method = cls?.methods[name];
        if (!value && method !== undefined) return { k: 'function', file: of.file, fn: method };
        if (value) return this.evaluate(value, { file: of.file, frame: undefined });
        const member = memberOfInstance({ k: 'instance', file: of.file, cls: of.cls }, name, this);
        return member.k === 'unknown' || member.k === 'method' ? { k: 'method', of, name } : member;
      }
      case 'unknown':
        return of.follow === undefined ? { k: 'method', of, name } : { k: 'method', of, name };
      default:
        return { k: 'method', of, name };
    }
  }

  /** One of several values of a list or map, which is named where it stands in there. */
  item(item: Located, context: Context): Value {
    const value = this.evaluate(item.value, context);
    if (value.k === 'text') return { ...value, from: { value: item.value, at: item.at, in: context } };
    return value.k === 'list' || value.k === 'record' ? { ...value, isItem: true } : value;
  }

  /** The value that a call of the function gives. */
  apply(fn: Value & { k: 'function' }, site: Site | undefined): Value {
    const func = fn.file.outline.functions[fn.fn];
    if (!func) return unknownValue;
    const frame: Frame = {
      file: fn.file,
      fn: fn.fn,
      outer: fn.outer,
      ...(site && { site }),
      ...(fn.self && { self: fn.self }),
    };
    const context: Context = { file: fn.file, frame };
    const returned = func.returns.filter(({ k }) => k !== 'nothing' && k !== 'unknown');
    const index =
      returned.length > 1 ? this.world.pick(`return ${fn.file.path} ${fn.fn}`, returned.length) : 0;
    const expr = returned[index];
    const value = expr ? this.evaluate(expr, context) : unknownValue;
    if (value.k !== 'unknown' || !func.result) return value;
    return this.instanceOf(this.evaluate(func.result, { file: fn.file, frame: undefined }));
  }

  /** Where a parameter's value stands if its function was reached from a caller chosen by the world. */
  callerArgument(file: SourceFile, fn: number, index: number): (Located & { in: Context }) | undefined {
    const callers = this.project.callersOf(file, fn, this.world);
    const caller = callers[this.world.chosen(followKey(file, fn)) ?? 0];
    if (caller?.arg !== undefined) return undefined;
    const name = file.outline.functions[fn]?.params[index]?.name ?? '';
    const arg = caller && argumentFor(caller, index, name);
    return caller && arg && { ...arg, in: { file: caller.file, frame: undefined } };
  }

  #evaluate(expr: Expr, context: Context): Value {
    switch (expr.k) {
      case 'text':
        return textValue(expr.text);
      case 'unknown':
      case 'nothing':
        return unknownValue;
      case 'name':
        return this.#name(expr.name, expr.scope, context);
      case 'member':
        return this.#member(expr, context);
      case 'index':
        return this.#index(this.evaluate(expr.of, context), this.evaluate(expr.at, context));
      case 'concat':
        return concat(expr.items.map((item) => this.evaluate(item, context)));
      case 'either':
        return this.#either(expr, context);
      case 'list':
        return { k: 'list', items: expr.items, in: context };
      case 'record': {
        const type = expr.type && this.instanceOf(this.evaluate(expr.type, context));
        return { k: 'record', entries: expr.entries, in: context, ...(type && { type }) };
      }
      case 'function':
        return {
          k: 'function',
          file: context.file,
          fn: expr.fn,
          ...(context.frame && { outer: context.frame }),
        };
      case 'class':
        return { k: 'class', file: context.file, cls: expr.cls };
      case 'call':
        return this.#call({ ...context, call: expr.call });
      case 'self':
        return this.#self(expr.cls, context);
      case 'each':
        return this.#each(expr, context);
      case 'typed':
        return this.instanceOf(this.evaluate(expr.type, context));
    }
  }

  #member({ of, name, bare }: Expr & { k: 'member' }, context: Context): Value {
    const value = this.member(this.evaluate(of, context), name);
    const isMissing = value.k === 'method' && value.of.k === 'instance';
    if (!bare || !isMissing) return value;
    const other = this.#name(name, 0, context);
    return other.k === 'external' && other.origin === `#${name}` ? value : other;
  }

  #name(name: string, scope: number, context: Context): Value {
    const { scopes } = context.file.outline;
    for (let index = scope; index !== -1; index = scopes[index]?.parent ?? -1) {
      const binding = scopes[index]?.names[name];
      if (binding) return this.binding(binding, `${index} ${name}`, context);
    }
    return foreignName(name, context, this);
  }

  /** What a declared name stands for; `key` says in which scope it is. */
  binding(binding: Binding, key: string, context: Context): Value {
    switch (binding.k) {
      case 'values':
        return this.#values(binding.values, binding.type, key, context);
      case 'param':
        return this.#param(binding.fn, binding.index, context);
      case 'import':
        return imported(binding.from, binding.member, context.file, this);
    }
  }

  /** What is known of something that was given all of `values` at some time. */
  #values(values: readonly Expr[], type: Expr | undefined, key: string, context: Context): Value {
    const declared = this.declared(type, context);
    if (declared) return declared;
    // A namespace that adds to a class or function leaves that what it is.
    const kept = values.find(({ k }) => k === 'class' || k === 'function');
    if (kept && values.length > 1 && values.every((each) => each === kept || each.k === 'record'))
      return this.evaluate(kept, context);
    const [only] = values;
    let value: Value = unknownValue;
    if (only && values.length === 1) value = this.evaluate(only, context);
    else if (only && values.length <= 4) {
      const all = values.map((each) => this.evaluate(each, context));
      const [first] = all;
      if (first && all.every((each) => isSame(first, each))) value = first;
    }
    if (value.k === 'unknown' && type && key !== '') return this.instanceOf(this.evaluate(type, context));
    return value;
  }

  #param(fn: number, index: number, context: Context): Value {
    const func = context.file.outline.functions[fn];
    const param = func?.params[index];
    if (!param) return unknownValue;
    const inside: Context = { file: context.file, frame: undefined };
    const declared = this.declared(param.type, inside);
    if (declared) return declared;
    const fallback = (): Value => (param.fallback ? this.evaluate(param.fallback, inside) : unknownValue);
    for (let frame = context.frame; frame; frame = frame.outer) {
      if (frame.file !== context.file || frame.fn !== fn) continue;
      const given = frame.site && this.#given(frame.site, index, param.name);
      return this.#orTyped(given ?? fallback(), param.type, inside);
    }
    return this.#orTyped(this.#fromCallers(fn, index, param.name, fallback, inside), param.type, inside);
  }

  /** What a call passes for a parameter, by its name or its place. */
  #given(site: Site, index: number, name: string): Value | undefined {
    const arg = argumentFor(site, index, name);
    return arg && this.evaluate(arg.value, site);
  }

  #fromCallers(fn: number, index: number, name: string, fallback: () => Value, inside: Context): Value {
    const callers = this.project.callersOf(inside.file, fn, this.world);
    const [first] = callers;
    if (!first) return fallback();
    const key = followKey(inside.file, fn);
    let caller = first;
    if (callers.length > 1) {
      if (!this.world.follows(key)) return { k: 'unknown', follow: key };
      caller = callers[this.world.pick(key, callers.length)] ?? first;
    }
    this.world.touch(caller.file);
    const site: Site = { file: caller.file, call: caller.call, frame: undefined };
    if (caller.arg === undefined) return this.#given(site, index, name) ?? fallback();
    const callee = this.callee(site);
    for (const library of this.#libraries(caller.file)) {
      const value = library.callback?.(callee, site, caller.arg, index, this);
      if (value) return value;
    }
    return fallback();
  }

  #orTyped(value: Value, type: Expr | undefined, context: Context): Value {
    if (!type || !isVague(value)) return value;
    const typed = this.instanceOf(this.evaluate(type, context));
    return typed.k === 'unknown' ? value : typed;
  }

  #index(of: Value, at: Value): Value {
    const key = wholeText(at);
    if (of.k === 'record' && key !== undefined) return this.member(of, key);
    const item = of.k === 'list' && key !== undefined ? of.items[Number(key)] : undefined;
    if (of.k !== 'list' || !item) return unknownValue;
    return of.isItem ? this.item(item, of.in) : this.evaluate(item.value, of.in);
  }

  #either(expr: Expr & { k: 'either' }, context: Context): Value {
    const items = expr.items.map((item) => this.evaluate(item, context)).filter(({ k }) => k !== 'unknown');
    const [first] = items;
    if (!first) return unknownValue;
    return (
      items[this.world.pick(`either ${context.file.path} ${JSON.stringify(expr)}`, items.length)] ?? first
    );
  }

  #each(expr: Expr & { k: 'each' }, context: Context): Value {
    const of = this.evaluate(expr.of, context);
    const key = `each ${context.file.path} ${JSON.stringify(expr.of)}`;
    if (of.k === 'list') {
      if (expr.key || of.items.length === 0) return unknownValue;
      const item = of.items[this.world.pick(key, of.items.length)];
      return item ? this.item(item, of.in) : unknownValue;
    }
    if (of.k !== 'record' || of.entries.length === 0) return unknownValue;
    const entry = of.entries[this.world.pick(key, of.entries.length)];
    if (!entry) return unknownValue;
    if (!expr.key) return this.item(entry, of.in);
    const value: Expr = typeof entry.key === 'string' ? { k: 'text', text: entry.key } : entry.key;
    return this.item({ value, at: entry.keyAt }, of.in);
  }

  #call(site: Site): Value {
    const callee = this.callee(site);
    for (const library of this.#libraries(site.file)) {
      const value = library.result?.(callee, site, this);
      if (value) return value;
    }
    switch (callee.k) {
      case 'function':
        this.world.touch(callee.file);
        return this.apply(callee, site);
      case 'class': {
        const constructor = callee.file.outline.classes[callee.cls]?.methods.new;
        const made: Frame = { file: callee.file, fn: constructor ?? -1, site, outer: undefined };
        return { k: 'instance', file: callee.file, cls: callee.cls, made };
      }
      case 'external':
        return { k: 'external', origin: `${callee.origin}()`, instance: true };
      case 'method':
        // What a method of it gives is known where it is known itself.
        if (callee.of.k === 'unknown') return callee.of;
        if (callee.of.k !== 'external') return unknownValue;
        return { k: 'external', origin: `${callee.of.origin}.${callee.name}()`, instance: true };
      default:
        return unknownValue;
    }
  }

  #self(cls: number, context: Context): Value {
    for (let frame = context.frame; frame; frame = frame.outer) {
      if (frame.self?.k === 'instance' && frame.file === context.file) return frame.self;
    }
    return { k: 'instance', file: context.file, cls };
  }

  /** Some object of a type. */
  instanceOf(type: Value, made?: Frame): Value {
    if (type.k === 'class') return { k: 'instance', file: type.file, cls: type.cls, ...(made && { made }) };
    if (type.k === 'external') return { k: 'external', origin: type.origin, instance: true };
    return type.k === 'made' ? type : unknownValue;
  }

  /** An instance of the declared type, where types count more than values. */
  declared(type: Expr | undefined, context: Context): Value | undefined {
    if (!this.#byType || !type) return undefined;
    const value = this.instanceOf(this.evaluate(type, context));
    return value.k === 'instance' ? value : undefined;
  }

  #libraries(file: SourceFile): readonly Library[] {
    return [file.language.builtins, ...file.language.libraries];
  }
}

/** The entry of a record that has no names, but the order of its type's fields. */
function unnamedEntry({ entries, type }: Value & { k: 'record' }, name: string): Entry | undefined {
  if (type?.k !== 'instance' || entries[0]?.key !== '0') return undefined;
  const index = Object.keys(type.file.outline.classes[type.cls]?.fields ?? {}).indexOf(name);
  return index < 0 ? undefined : entries.find(({ key }) => key === String(index));
}

/** The argument that a call has for a parameter: the one with its name, or the one at its place. */
function argumentFor({ file, call }: CallPlace, index: number, name: string): Argument | undefined {
  const { args } = file.call(call);
  const byName = args.find((arg) => arg.name === name);
  const atPlace = args[index];
  return byName ?? (atPlace?.name === undefined ? atPlace : undefined);
}

/** Whether nothing is known of a value but how one gets to it. */
function isVague(value: Value): boolean {
  if (value.k === 'unknown') return value.follow === undefined;
  return value.k === 'method' && (value.of.k === 'instance' || isVague(value.of));
}

/** The name of the choice between a function's callers. */
export function followKey(file: SourceFile, fn: number): string {
  return `follow ${file.path} ${fn}`;
}
