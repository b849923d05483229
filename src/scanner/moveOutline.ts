import type { Argument, Binding, Class, Entry, Expr, Func, Located, Outline, Span } from './outline';

/** By how much the numbers of a part are others than when it was outlined. */
export interface Delta {
  readonly scope: number;
  readonly fn: number;
  readonly cls: number;
  readonly call: number;
}

/** How far a part of a file has moved since it was outlined. */
export interface Move {
  readonly offset: number;
  readonly lines: number;
}

/** Copies what one part holds, with other numbers and places. */
export class Mover {
  readonly #delta: Delta;
  readonly #moved: Move;

  constructor(delta: Delta, moved: Move) {
    this.#delta = delta;
    this.#moved = moved;
  }

  outline(part: Outline): Outline {
    return {
      ...part,
      scopes: part.scopes.map(({ parent, fn, names }) => ({
        parent: this.#scope(parent),
        fn: this.#fn(fn),
        names: mapped(names, (binding) => this.#binding(binding)),
      })),
      functions: part.functions.map((func) => this.#func(func)),
      classes: part.classes.map((cls) => this.#cls(cls)),
      calls: part.calls.map((call) => ({
        ...call,
        callee: this.#expr(call.callee),
        args: call.args.map((arg): Argument => ({ ...arg, ...this.#located(arg) })),
        at: this.#span(call.at),
        fn: this.#fn(call.fn),
      })),
      writes: part.writes.map(({ of, field, value, fn }) => ({
        of: this.#expr(of),
        field,
        value: this.#expr(value),
        fn: this.#fn(fn),
      })),
      mentions: part.mentions.map((mention) => {
        const { what, fn, of } = mention;
        const field = of && { of: { type: this.#expr(of.type), field: of.field } };
        return { ...this.#located(mention), what, fn: this.#fn(fn), ...field };
      }),
      exports: mapped(part.exports, (value) => this.#expr(value)),
    };
  }

  #binding(binding: Binding): Binding {
    switch (binding.k) {
      case 'values': {
        const { values, type } = binding;
        return {
          k: 'values',
          values: values.map((value) => this.#expr(value)),
          ...(type && { type: this.#expr(type) }),
        };
      }
      case 'param':
        return { ...binding, fn: this.#fn(binding.fn) };
      case 'import':
        return binding;
    }
  }

  #func({ name, parent, cls, params, returns, result }: Func): Func {
    return {
      name,
      parent: this.#fn(parent),
      ...(cls !== undefined && { cls: cls + this.#delta.cls }),
      params: params.map(({ type, fallback, ...rest }) => ({
        ...rest,
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
      methods: mapped(cls.methods, (fn) => this.#fn(fn)),
    };
  }

  #expr(expr: Expr): Expr {
    switch (expr.k) {
      case 'text':
      case 'unknown':
      case 'nothing':
        return expr;
      case 'name':
        return { k: 'name', name: expr.name, scope: this.#scope(expr.scope) };
      case 'member':
        return { ...expr, of: this.#expr(expr.of) };
      case 'index':
        return { k: 'index', of: this.#expr(expr.of), at: this.#expr(expr.at) };
      case 'concat':
      case 'either':
        return { k: expr.k, items: expr.items.map((item) => this.#expr(item)) };
      case 'list':
        return { k: 'list', items: expr.items.map((item) => this.#located(item)) };
      case 'record': {
        const entries = expr.entries.map((entry) => this.#entry(entry));
        return { k: 'record', entries, ...(expr.type && { type: this.#expr(expr.type) }) };
      }
      case 'function':
        return { k: 'function', fn: this.#fn(expr.fn) };
      case 'class':
      case 'self':
        return { k: expr.k, cls: expr.cls + this.#delta.cls };
      case 'call':
        return { k: 'call', call: expr.call + this.#delta.call };
      case 'each':
        return { ...expr, of: this.#expr(expr.of) };
      case 'typed':
        return { k: 'typed', type: this.#expr(expr.type) };
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

  #located({ value, at }: Located): Located {
    return { value: this.#expr(value), at: this.#span(at) };
  }

  #span({ start, length, line, column }: Span): Span {
    const { offset, lines } = this.#moved;
    return { start: start + offset, length, line: line + lines, column };
  }

  /** The file's own scope and code keep their number, and -1 stands for none. */
  #scope(index: number): number {
    return index > 0 ? index + this.#delta.scope : index;
  }

  #fn(index: number): number {
    return index > 0 ? index + this.#delta.fn : index;
  }
}

function mapped<T>(record: Readonly<Record<string, T>>, of: (value: T) => T): Record<string, T> {
  const result = Object.create(null) as Record<string, T>;
  for (const [key, value] of Object.entries(record)) result[key] = of(value);
  return result;
}
