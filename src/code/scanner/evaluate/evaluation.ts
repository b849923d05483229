import { addedToVariable, withAdded } from './collections/additions';
import { applied, calleeOf, resultOf } from './calls';
import { decided, isGiven } from './deciding';
import type { Code, Evaluator } from './evaluator';
import { foreignName, imported, qualifiedName } from './declarations';
import { each, indexed } from './collections/items';
import { spreadOut } from './collections/spread';
import { sum } from './collections/mapped';
import { memberOf } from './members';
import type { Binding, Expr } from '../outline/outline';
import { parameter } from './parameters';
import {
  type Context,
  type Frame,
  type Site,
  type Value,
  absentValue,
  isSame,
  objectAt,
  selfOf,
  textValue,
  unknownValue,
} from './value';
import { type Evaluated, type Shared, type World, ofFile } from './world';

/** How deep and how long an evaluation may get; past it, things are unknown. */
const maxDepth = 60;
const maxSteps = 4000;
const tooFar = `has values that are not known: to follow them takes more than ${maxSteps} steps, or through more than ${maxDepth} others`;

/** How many conditions are looked at, of which one rests on the other. */
const maxConditions = 1;

/** Stands for the value of what is being evaluated just now. */
const inProgress: Evaluated = { value: unknownValue, asked: [], isChosen: false };

/** How often what is asked leads to a further question: who calls this, and where does that have its receiver from? */
const maxReach = 6;

/** Evaluates expressions in one world. */
export class Evaluation implements Evaluator {
  readonly project: Code;
  readonly world: World;
  readonly reach: number;
  readonly byType: boolean;
  readonly exporting = new Set<string>();
  #depth = 0;
  #deciding = 0;
  #steps = 0;
  #cuts = 0;
  #limits = 0;
  readonly #known: Shared = new Map();

  /** With `byType`, a declared class or interface counts more than what is known of the value. */
  constructor(project: Code, world: World, reach = maxReach, byType = false) {
    this.project = project;
    this.world = world;
    this.reach = reach;
    this.byType = byType;
  }

  evaluate(expr: Expr, context: Context): Value {
    // What is written out is known however long the way to it was: a name must not lose its end.
    if (expr.kind === 'text') return textValue(expr.text);
    this.project.steps++;
    if (this.#depth >= maxDepth || ++this.#steps > maxSteps) {
      this.#limits++;
      this.project.giveUp(context.file, tooFar);
      return unknownValue;
    }
    if (context.frame) return this.#deeper(expr, context);
    // Outside of a call that is followed, an expression is the same wherever one comes to it from.
    const known = ofFile(this.#known, context.file);
    const own = known.get(expr);
    if (own === inProgress) {
      // Whatever goes in a circle adds nothing to itself.
      this.cut();
      return unknownValue;
    }
    if (own) return this.#again(own);
    const shared = this.byType ? undefined : ofFile(this.world.shared, context.file);
    const other = shared?.get(expr);
    if (other && this.world.shares(other)) return this.#again(other);
    const { world } = this;
    const [cuts, limits, asked, chosen] = [this.#cuts, this.#limits, world.asked.length, world.chosenCount];
    known.set(expr, inProgress);
    const value = this.#deeper(expr, context);
    if (cuts !== this.#cuts) known.delete(expr);
    else {
      const isChosen = chosen !== world.chosenCount;
      const evaluated = { value, asked: [...new Set(world.asked.slice(asked))], isChosen };
      known.set(expr, evaluated);
      // Another question may get further.
      if (!isChosen && limits === this.#limits) shared?.set(expr, evaluated);
    }
    return value;
  }

  /** What was evaluated before counts as evaluated now. */
  #again({ value, asked, isChosen }: Evaluated): Value {
    this.world.asked.push(...asked);
    if (isChosen) this.world.chosenCount++;
    return value;
  }

  #deeper(expr: Expr, context: Context): Value {
    this.#depth++;
    try {
      return this.#evaluate(expr, context);
    } finally {
      this.#depth--;
    }
  }

  decide(test: Expr, context: Context): boolean | undefined {
    // What a condition rests on can rest on further ones.
    if (this.#deciding >= maxConditions) return undefined;
    this.#deciding++;
    try {
      return decided(test, context, this);
    } finally {
      this.#deciding--;
    }
  }

  cut(): void {
    this.#cuts++;
  }

  argument(site: Site, index: number): Value | undefined {
    const { args, fn } = site.file.call(site.call);
    this.world.touch(site.file.codeOf(fn));
    const arg = args[index];
    return arg && this.evaluate(arg.value, site);
  }

  callee(site: Site): Value {
    return calleeOf(site, this);
  }

  apply(fn: Value & { kind: 'function' }, args: readonly Value[]): Value {
    if (this.#depth >= maxDepth) return unknownValue;
    this.#depth++;
    try {
      return applied(fn, undefined, this, args);
    } finally {
      this.#depth--;
    }
  }

  member(of: Value, name: string): Value {
    return memberOf(of, name, this);
  }

  binding(binding: Binding, key: string, context: Context): Value {
    switch (binding.kind) {
      case 'values':
        return this.#withAdded(this.#values(binding.values, binding.type, key, context), key, context);
      case 'param':
        return parameter(binding.fn, binding.index, context, this);
      case 'import':
        return imported(binding.from, binding.member, context.file, this);
    }
  }

  instanceOf(type: Value, made?: Frame): Value {
    if (type.kind === 'class')
      return { kind: 'instance', file: type.file, cls: type.cls, ...(made && { made }) };
    if (type.kind === 'external') return { kind: 'external', origin: type.origin, instance: true };
    // Some collection of objects of a type.
    if (type.kind === 'list') return type;
    return type.kind === 'made' ? type : unknownValue;
  }

  declared(type: Expr | undefined, context: Context): Value | undefined {
    if (!this.byType || !type) return undefined;
    const value = this.instanceOf(this.evaluate(type, context));
    return value.kind === 'instance' ? value : undefined;
  }

  #evaluate(expr: Expr, context: Context): Value {
    switch (expr.kind) {
      case 'text':
        return textValue(expr.text);
      case 'unknown':
        return expr.by ? { kind: 'unknown', by: expr.by } : unknownValue;
      case 'nothing':
        return absentValue;
      case 'test':
        return unknownValue;
      case 'name':
        return this.#ownName(expr, context);
      case 'member':
        return this.#member(expr, context);
      case 'index':
        return indexed(this.evaluate(expr.of, context), this.evaluate(expr.at, context), this);
      case 'concat':
        return sum(expr.items.map((item) => this.evaluate(item, context)));
      case 'either':
        return this.#either(expr, context);
      case 'list':
        return { kind: 'list', items: spreadOut(expr.items, context, this), in: context };
      case 'record': {
        const type = expr.type && this.instanceOf(this.evaluate(expr.type, context));
        return { kind: 'record', entries: expr.entries, in: context, ...(type && { type }) };
      }
      case 'function':
        return {
          kind: 'function',
          file: context.file,
          fn: expr.fn,
          ...(context.frame && { outer: context.frame }),
        };
      case 'class':
        return { kind: 'class', file: context.file, cls: expr.cls };
      case 'call':
        return resultOf({ ...context, call: expr.call }, this);
      case 'self':
        return selfOf(expr.cls, context);
      case 'each':
        return each(expr, context, this);
      case 'typed':
        return this.#typed(expr, context);
    }
  }

  #member({ of, name, bare, place }: Expr & { kind: 'member' }, context: Context): Value {
    const owner = this.evaluate(of, context);
    if (place !== undefined && owner.kind === 'list') return indexed(owner, textValue(String(place)), this);
    const value = this.member(owner, name);
    const isMissing = value.kind === 'method' && value.of.kind === 'instance';
    if (value.kind === 'external' && !value.instance) return qualifiedName(value, name, context, this);
    if (!bare || !isMissing) return value;
    const other = this.#name(name, 0, context);
    return other.kind === 'external' && other.origin === `#${name}` ? value : other;
  }

  #typed({ type, isSelf, isAny }: Expr & { kind: 'typed' }, context: Context): Value {
    const object = isSelf && objectAt(context);
    if (object) return object;
    const some = this.instanceOf(this.evaluate(type, context));
    return (isSelf || isAny) && some.kind === 'instance' ? { ...some, isAny: true } : some;
  }

  /** A name, or else a member that the object has from a base of its class. */
  #ownName({ name, scope, cls }: Expr & { kind: 'name' }, context: Context): Value {
    const value = this.#name(name, scope, context);
    if (cls === undefined || value.kind !== 'external' || value.origin !== `#${name}`) return value;
    const member = this.member(selfOf(cls, context), name);
    return member.kind === 'method' ? value : member;
  }

  #name(name: string, scope: number, context: Context): Value {
    const { file } = context;
    const { scopes } = file.outline;
    for (let index = scope; index !== -1; index = scopes[index]?.parent ?? -1) {
      this.world.touch(file.codeOf(scopes[index]?.fn ?? 0));
      const binding = scopes[index]?.names[name];
      if (binding) return this.binding(binding, `${index} ${name}`, context);
    }
    return foreignName(name, context, this);
  }

  /** The value of a variable to which code assigns all of `values`: known where they are the same. */
  #values(values: readonly Expr[], type: Expr | undefined, key: string, context: Context): Value {
    const declared = this.declared(type, context);
    if (declared) return declared;
    // The name of a class or function that a TypeScript namespace adds to still means that class or function.
    const kept = values.find(({ kind }) => kind === 'class' || kind === 'function');
    if (kept && values.length > 1 && values.every((each) => each === kept || each.kind === 'record'))
      return this.evaluate(kept, context);
    const possible = this.#possible(values, context);
    const [only] = possible;
    let value: Value = unknownValue;
    if (only && possible.length === 1) value = this.evaluate(only, context);
    else if (only && possible.length <= 4) {
      const all = possible.map((each) => this.evaluate(each, context));
      const [first] = all;
      if (first && all.every((each) => isSame(first, each))) value = first;
    }
    const isOpen = value.kind === 'unknown' && value.by === undefined;
    if (!type || key === '' || !(isOpen || isForeign(value))) return value;
    const typed = this.instanceOf(this.evaluate(type, context));
    return typed.kind === 'unknown' && value.kind !== 'unknown' ? value : typed;
  }

  /** The values that something can have: all but those that it is given on a condition that is not true. */
  #possible(values: readonly Expr[], context: Context): readonly Expr[] {
    if (values.length < 2 || values.length > 8) return values;
    // One that is surely given does not exclude those before it: the name may be used before.
    return values.filter((value) => isGiven(value, (test) => this.decide(test, context)) !== false);
  }

  /** With what is added to a variable, whose scope and name are the key. */
  #withAdded(value: Value, key: string, context: Context): Value {
    const added = addedToVariable(key, context);
    if (!added) return value;
    for (const { fn = 0 } of added) this.world.touch(context.file.codeOf(fn));
    return withAdded(value, added, this);
  }

  #either(expr: Expr & { kind: 'either' }, context: Context): Value {
    const isFirst = expr.when && this.decide(expr.when, context);
    if (isFirst !== undefined) {
      const only = expr.items[isFirst ? 0 : 1];
      return only ? this.evaluate(only, context) : absentValue;
    }
    const all = expr.items.map((item) => this.evaluate(item, context));
    const items = all.filter(({ kind }) => kind !== 'unknown');
    const [first] = items;
    if (!first) return all.find((each) => each.kind === 'unknown' && each.by) ?? unknownValue;
    // Where there is no choice, all worlds share what it is.
    if (items.length === 1) return first;
    return (
      items[this.world.pick(`either ${context.file.path} ${JSON.stringify(expr)}`, items.length)] ?? first
    );
  }
}

/** Whether a value is the result of a library's function: the declared type of the variable says more of it. */
function isForeign(value: Value): boolean {
  return value.kind === 'external' && value.origin.endsWith('()');
}
