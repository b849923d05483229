import type { Argument, Binding, Class, Entry, Expr, Func, Located, Outline, Span } from './outline';

/** The numbers that a part has now, by those that it had when it was outlined. */
export interface Numbers {
  readonly scope: (number: number) => number;
  readonly fn: (number: number) => number;
  readonly cls: (number: number) => number;
  readonly call: (number: number) => number;
}

/** What makes up the most of an outline. */
export type Pieces = Pick<Outline, 'scopes' | 'functions' | 'classes' | 'calls' | 'writes' | 'mentions'>;

/** Adds what was read somewhere else to the end of an outline. */
export function addPieces(
  whole: Outline,
  { scopes, functions, classes, calls, writes, mentions }: Pieces,
): void {
  for (const scope of scopes) whole.scopes.push(scope);
  for (const func of functions) whole.functions.push(func);
  for (const cls of classes) whole.classes.push(cls);
  for (const call of calls) whole.calls.push(call);
  for (const write of writes) whole.writes.push(write);
  for (const mention of mentions) whole.mentions.push(mention);
}

/** How far a part of a file has moved since it was outlined. */
export interface Move {
  readonly offset: number;
  readonly lines: number;
}

/** Copies what one part holds, with other numbers and places. */
export class Mover {
  readonly #now: Numbers;
  readonly #moved: Move;

  constructor(now: Numbers, moved: Move) {
    this.#now = now;
    this.#moved = moved;
  }

  pieces(part: Pieces): Pieces {
    return {
      scopes: part.scopes.map(({ parent, fn, names }) => ({
        parent: this.#now.scope(parent),
        fn: this.#now.fn(fn),
        names: mapped(names, (binding) => this.#binding(binding)),
      })),
      functions: part.functions.map((func) => this.#func(func)),
      classes: part.classes.map((cls) => this.#cls(cls)),
      calls: part.calls.map((call) => ({
        ...call,
        callee: this.#expr(call.callee),
        args: call.args.map((arg): Argument => ({ ...arg, ...this.#located(arg) })),
        at: this.#span(call.at),
        fn: this.#now.fn(call.fn),
      })),
      writes: part.writes.map(({ of, field, value, fn }) => ({
        of: this.#expr(of),
        field,
        value: this.#expr(value),
        fn: this.#now.fn(fn),
      })),
      mentions: part.mentions.map((mention) => {
        const { what, fn, of } = mention;
        const field = of && { of: { type: this.#expr(of.type), field: of.field } };
        return { ...this.#located(mention), what, fn: this.#now.fn(fn), ...field };
      }),
    };
  }

  exports(exports: Outline['exports']): Outline['exports'] {
    return mapped(exports, (value) => this.#expr(value));
  }

  #binding(binding: Binding): Binding {
    switch (binding.kind) {
      case 'values': {
        const { values, type } = binding;
        return {
          kind: 'values',
          values: values.map((value) => this.#expr(value)),
          ...(type && { type: this.#expr(type) }),
        };
      }
      case 'param':
        return { ...binding, fn: this.#now.fn(binding.fn) };
      case 'import':
        return binding;
    }
  }

  #func({ parent, cls, params, returns, result, ...rest }: Func): Func {
    return {
      ...rest,
      parent: this.#now.fn(parent),
      ...(cls !== undefined && { cls: this.#now.cls(cls) }),
      params: params.map(({ type, fallback, ...param }) => ({
        ...param,
        ...(type && { type: this.#expr(type) }),
        ...(fallback && { fallback: this.#expr(fallback) }),
      })),
      returns: returns.map((value) => this.#expr(value)),
      ...(result && { result: this.#expr(result) }),
    };
  }

  #cls(cls: Class): Class {
    return {
      ...cls,
      bases: cls.bases.map((base) => this.#expr(base)),
      fields: mapped(cls.fields, ({ values, type }) => ({
        values: values.map((value) => this.#expr(value)),
        ...(type && { type: this.#expr(type) }),
      })),
      methods: mapped(cls.methods, (fn) => this.#now.fn(fn)),
    };
  }

  #expr(expr: Expr): Expr {
    switch (expr.kind) {
      case 'text':
      case 'unknown':
      case 'nothing':
        return expr;
      case 'name':
        return {
          kind: 'name',
          name: expr.name,
          scope: this.#now.scope(expr.scope),
          ...(expr.cls !== undefined && { cls: this.#now.cls(expr.cls) }),
        };
      case 'member':
        return { ...expr, of: this.#expr(expr.of) };
      case 'index':
        return { kind: 'index', of: this.#expr(expr.of), at: this.#expr(expr.at) };
      case 'concat':
        return { kind: 'concat', items: expr.items.map((item) => this.#expr(item)) };
      case 'either': {
        const items = expr.items.map((item) => this.#expr(item));
        return { kind: 'either', items, ...(expr.when && { when: this.#expr(expr.when) }) };
      }
      case 'test':
        return { ...expr, items: expr.items.map((item) => this.#expr(item)) };
      case 'list':
        return { kind: 'list', items: expr.items.map((item) => this.#located(item)) };
      case 'record': {
        const entries = expr.entries.map((entry) => this.#entry(entry));
        return { kind: 'record', entries, ...(expr.type && { type: this.#expr(expr.type) }) };
      }
      case 'function':
        return { kind: 'function', fn: this.#now.fn(expr.fn) };
      case 'class':
      case 'self':
        return { kind: expr.kind, cls: this.#now.cls(expr.cls) };
      case 'call':
        return { kind: 'call', call: this.#now.call(expr.call) };
      case 'each':
        return { ...expr, of: this.#expr(expr.of) };
      case 'typed':
        return { ...expr, type: this.#expr(expr.type) };
    }
  }

  #entry({ key, keyAt, value, at }: Entry): Entry {
    return {
      key: typeof key === 'string' ? key : this.#expr(key),
      keyAt: this.#span(keyAt),
      value: this.#expr(value),
      at: this.#span(at),
    };
  }

  #located({ value, at, isSpread }: Located): Located {
    return { value: this.#expr(value), at: this.#span(at), ...(isSpread && { isSpread }) };
  }

  #span({ start, length, line, column }: Span): Span {
    const { offset, lines } = this.#moved;
    return { start: start + offset, length, line: line + lines, column };
  }
}

function mapped<T>(record: Readonly<Record<string, T>>, of: (value: T) => T): Record<string, T> {
  const result = Object.create(null) as Record<string, T>;
  for (const [key, value] of Object.entries(record)) result[key] = of(value);
  return result;
}
