import type {
  Argument,
  Binding,
  Call,
  Class,
  Entry,
  Expr,
  FieldOf,
  Func,
  Located,
  Outline,
  Param,
  Scope,
} from './outline';
import { unknown } from '../evaluate/expressions';
import { ridsIn } from './jsonTexts';
import type { KnownFunctions } from './knownFunctions';
import type { SyntaxNode } from './syntax';
import { spanOf } from './walk';

/** The outline of a file without code. */
export function emptyOutline(): Outline {
  return {
    scopes: [{ parent: -1, fn: 0, names: Object.create(null) as Scope['names'] }],
    functions: [{ name: '', parent: -1, params: [], returns: [] }],
    classes: [],
    calls: [],
    writes: [],
    mentions: [],
    exports: Object.create(null) as Outline['exports'],
    opened: [],
    isTelling: false,
    isSpeaking: false,
    errors: 0,
  };
}

/** Deeper code than this is generated, or an attack; what it holds is not looked at. */
const maxDepth = 500;

/** Collects an outline while a language walks over its syntax tree; keeps the current scope, function and class. */
export class OutlineBuilder {
  readonly outline: Outline;
  #scope = 0;
  #fn = 0;
  #cls: number | undefined;
  #depth = 0;
  /** The conditions on which the code runs that is being read, in its function. */
  #conditions: readonly Expr[] = [];
  /** What functions give one after the other. */
  readonly #yielded = new Map<Func, Located[]>();
  readonly #yieldedEntries = new Map<Func, Entry[]>();
  readonly #known: KnownFunctions | undefined;
  /** The outermost scope that was looked at or changed. */
  #reached = Infinity;

  /** What is `known` of an earlier version of the text need not be read again. */
  constructor(outline: Outline = emptyOutline(), known?: KnownFunctions) {
    this.outline = outline;
    this.#known = known;
  }

  /** The function whose code is being read. */
  get fn(): number {
    return this.#fn;
  }

  /** The class whose body is being read. */
  get cls(): number | undefined {
    return this.#cls;
  }

  /** What the class is derived from whose body is being read: code that asks for it depends on more than its own text. */
  get base(): Expr | undefined {
    this.#reached = -1;
    return this.#cls === undefined ? undefined : this.outline.classes[this.#cls]?.bases[0];
  }

  get scope(): number {
    return this.#scope;
  }

  /** Runs `read` one level deeper, or not at all where the code is nested too deeply. */
  deeper(read: () => Expr): Expr {
    if (this.#depth >= maxDepth) {
      this.#reached = -1;
      return unknown;
    }
    this.#depth++;
    try {
      return read();
    } finally {
      this.#depth--;
    }
  }

  /** Runs `read` for code that runs only on a condition. */
  on(condition: Expr, read: () => void): void {
    const outer = this.#conditions;
    if (condition.kind !== 'unknown') this.#conditions = [...outer, condition];
    read();
    this.#conditions = outer;
  }

  /** A value that is given on the conditions on which the code runs. */
  #onCondition(value: Expr): Expr {
    if (!/^(text|concat|either|name|member|index|call|unknown)$/.test(value.kind)) return value;
    return this.#whereTrue(value);
  }

  #whereTrue(value: Expr): Expr {
    return this.#conditions.reduceRight<Expr>(
      (items, when) => ({ kind: 'either', when, items: [items] }),
      value,
    );
  }

  /** Runs `read` in a scope of its own. */
  block(read: () => void): void {
    const outer = this.#scope;
    this.outline.scopes.push({ parent: outer, fn: this.#fn, names: Object.create(null) as Scope['names'] });
    this.#scope = this.outline.scopes.length - 1;
    read();
    this.#scope = outer;
  }

  /**
   * Reads a function: `read` is called inside its scope, to declare its parameters and read its body. If it may be taken
   * from an earlier version of the text, `node` is all that reading it depends on, besides its class.
   */
  func(name: string, read: (fn: Func) => void, cls?: number, node?: SyntaxNode): number {
    const isPart = this.#scope === 0 && this.#cls === undefined;
    if (!this.#known || !node || isPart) return this.#func(name, read, cls);
    const around = { scope: this.#scope, fn: this.#fn, cls: this.#cls };
    return this.#known.add(`${name}\n${node.text}`, spanOf(node), this.outline, around, () => {
      const first = this.outline.scopes.length;
      const before = this.#reached;
      this.#reached = Infinity;
      this.#func(name, read, cls);
      const isClosed = this.#reached >= first;
      this.#reached = Math.min(before, this.#reached);
      return isClosed;
    });
  }

  #func(name: string, read: (fn: Func) => void, cls?: number): number {
    const index = this.outline.functions.length;
    const func: Func = { name, parent: this.#fn, params: [], returns: [], ...(cls !== undefined && { cls }) };
    this.outline.functions.push(func);
    const outer = this.#fn;
    const conditions = this.#conditions;
    this.#fn = index;
    this.#conditions = [];
    this.block(() => {
      read(func);
    });
    this.#fn = outer;
    this.#conditions = conditions;
    return index;
  }

  /** Adds a parameter to the function that is being read. */
  param(param: Param): void {
    const func = this.outline.functions[this.#fn];
    if (!func) return;
    func.params.push(param);
    this.#names()[param.name] = { kind: 'param', fn: this.#fn, index: func.params.length - 1 };
  }

  /** Reads a class; `read` is called with it, to add fields, bases and methods. */
  class(name: string, read: (cls: Class, index: number) => void): number {
    const index = this.outline.classes.length;
    const cls: Class = {
      name,
      bases: [],
      fields: Object.create(null) as Class['fields'],
      methods: Object.create(null) as Class['methods'],
    };
    this.outline.classes.push(cls);
    const outer = this.#cls;
    this.#cls = index;
    read(cls, index);
    this.#cls = outer;
    return index;
  }

  /** Declares a name in the current scope (or the given one), with its value where it has one. */
  declare(name: string, value?: Expr, type?: Expr, scope = this.#scope): void {
    const names = this.#names(scope);
    const known = names[name];
    const values = value === undefined || value.kind === 'nothing' ? [] : [value];
    // A name declared twice in one scope is a name assigned twice.
    if (known?.kind === 'values') known.values.push(...values.map((each) => this.#onCondition(each)));
    else names[name] = { kind: 'values', values, ...(type !== undefined && { type }) };
  }

  /** What is declared from here on to the end of the block can have names that are known already. */
  shadow(): void {
    this.outline.scopes.push({
      parent: this.#scope,
      fn: this.#fn,
      names: Object.create(null) as Scope['names'],
    });
    this.#scope = this.outline.scopes.length - 1;
  }

  /** Declares an imported name, in the whole file or the given scope. */
  import(name: string, from: string, member?: string, scope = 0): void {
    this.#names(scope)[name] = { kind: 'import', from, ...(member !== undefined && { member }) };
  }

  /** Whether a name is declared where the code is, as far as it has been read. */
  isDeclared(name: string): boolean {
    return this.#bindingOf(name) !== undefined;
  }

  /** Whether a name is declared around the code, and not in its own block. */
  isOuter(name: string): boolean {
    return !this.#names()[name] && this.isDeclared(name);
  }

  /** Whether a name is that of a variable or parameter, and not of a member of the class. */
  isVariable(name: string): boolean {
    const binding = this.#bindingOf(name);
    if (binding?.kind !== 'values') return binding !== undefined;
    return !binding.values.some(
      (value) => value.kind === 'member' && value.of.kind === 'self' && value.name === name,
    );
  }

  /** The member of the class's object that a bare name stands for. */
  memberNamed(name: string): (Expr & { kind: 'member' }) | undefined {
    const binding = this.#bindingOf(name);
    const [value] = binding?.kind === 'values' ? binding.values : [];
    return value?.kind === 'member' && value.of.kind === 'self' ? value : undefined;
  }

  /** The loop that a name has its values from. */
  eachOf(name: string): (Expr & { kind: 'each' }) | undefined {
    const binding = this.#bindingOf(name);
    const [value] = binding?.kind === 'values' && binding.values.length === 1 ? binding.values : [];
    return value?.kind === 'each' ? value : undefined;
  }

  #bindingOf(name: string): Binding | undefined {
    for (let scope = this.#scope; scope !== -1; scope = this.outline.scopes[scope]?.parent ?? -1) {
      const binding = this.#names(scope)[name];
      if (binding) return binding;
    }
    return undefined;
  }

  /** Notes that a name was given another value. */
  assign(name: string, value: Expr): void {
    if (value.kind === 'nothing') return;
    for (let scope = this.#scope; scope !== -1; scope = this.outline.scopes[scope]?.parent ?? -1) {
      const binding: Binding | undefined = this.#names(scope)[name];
      if (binding === undefined) continue;
      if (binding.kind === 'values') binding.values.push(this.#onCondition(value));
      // A parameter that is overwritten no longer holds what the caller gave.
      else this.#names(scope)[name] = { kind: 'values', values: [unknown, this.#onCondition(value)] };
      return;
    }
    // Declared further down, or in another file.
    this.declare(name, value, undefined, 0);
  }

  name(name: string): Expr {
    return { kind: 'name', name, scope: this.#scope };
  }

  /** A name that can also be that of a member which the class has from its bases. */
  ownName(name: string): Expr {
    const isOwn = this.#cls !== undefined && this.base !== undefined && !this.isDeclared(name);
    return { ...this.name(name), ...(isOwn && { cls: this.#cls }) };
  }

  /** Adds a call and hands back its result as an expression. */
  call(callee: Expr, args: readonly Argument[], node: SyntaxNode, isNew = false, isTag = false): Expr {
    const how = { ...(isNew && { isNew }), ...(isTag && { isTag }) };
    const call: Call = { callee, args, at: spanOf(node), fn: this.#fn, ...how };
    this.outline.calls.push(call);
    // What is sent is often JSON that is written out.
    const written = callee.kind === 'member' ? [...args, { value: callee.of, at: call.at }] : args;
    for (const { value, at } of written)
      for (const rid of ridsIn(value)) this.mention('rid', { value: rid, at });
    return { kind: 'call', call: this.outline.calls.length - 1 };
  }

  /** Notes a value written to a member. */
  write(of: Expr, field: string, value: Expr): void {
    if (value.kind === 'nothing') return;
    const given = this.#isPutTogether(of, value) ? this.#whereTrue(value) : value;
    this.outline.writes.push({ of, field, value: given, fn: this.#fn });
  }

  /** Whether it is added to a list that starts with several parts: what is added to these on a condition may be missing there. */
  #isPutTogether(of: Expr, added: Expr): boolean {
    const binding = of.kind === 'name' && added.kind === 'list' ? this.#bindingOf(of.name) : undefined;
    const [first] = binding?.kind === 'values' ? binding.values : [];
    return first?.kind === 'list' && first.items.length > 1;
  }

  /** Notes a value at a place that means something by itself. */
  mention(what: string, { value, at }: Located, of?: FieldOf): void {
    this.outline.mentions.push({ what, value, at, fn: this.#fn, ...(of && { of }) });
  }

  /** Adds to what the function gives one after the other that is being read: an item, or all of a list. */
  yields(item: Located): void {
    const func = this.outline.functions[this.#fn];
    if (!func) return;
    let items = this.#yielded.get(func);
    if (!items) {
      this.#yielded.set(func, (items = []));
      func.returns.push({ kind: 'list', items });
    }
    items.push(item);
  }

  /** The same for a value that it gives under a key. */
  yieldsEntry(entry: Entry): void {
    const func = this.outline.functions[this.#fn];
    if (!func) return;
    let entries = this.#yieldedEntries.get(func);
    if (!entries) {
      this.#yieldedEntries.set(func, (entries = []));
      func.returns.push({ kind: 'record', entries });
    }
    entries.push(entry);
  }

  /** Adds a result to the function that is being read. */
  returns(value: Expr): void {
    this.outline.functions[this.#fn]?.returns.push(this.#onCondition(value));
  }

  entry(key: string | Expr, keyNode: SyntaxNode, value: Expr, valueNode: SyntaxNode): Entry {
    return { key, keyAt: spanOf(keyNode), value, at: spanOf(valueNode) };
  }

  #names(scope = this.#scope): Scope['names'] {
    if (scope < this.#reached) this.#reached = scope;
    return this.outline.scopes[scope]?.names ?? (Object.create(null) as Scope['names']);
  }
}
