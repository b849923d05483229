import type { Argument, Binding, Class, Entry, Expr, Func, Located, Outline, Span } from './outline';
import { emptyOutline } from './outlineBuilder';

/** The outline of a part of a file, and how far the part has moved since it was outlined. */
export interface Part {
  readonly outline: Outline;
  readonly moved: { readonly offset: number; readonly lines: number };
}

/** Puts the outlines of a file's parts together: their top-level scopes and code become one. */
export function mergeOutlines(parts: readonly Part[]): Outline {
  const whole = emptyOutline();
  for (const part of parts) new Merger(whole, part).merge();
  return whole;
}

/** Renumbers what one part refers to, and moves its places. */
class Merger {
  readonly #whole: Outline;
  readonly #part: Part;
  readonly #base: { scope: number; fn: number; cls: number; call: number };

  constructor(whole: Outline, part: Part) {
    this.#whole = whole;
    this.#part = part;
    this.#base = {
      scope: whole.scopes.length - 1,
      fn: whole.functions.length - 1,
      cls: whole.classes.length,
      call: whole.calls.length,
    };
  }

  merge(): void {
    const { outline } = this.#part;
    if (outline.unit !== undefined) this.#whole.unit = outline.unit;
    if (outline.namespace !== undefined) this.#whole.namespace = outline.namespace;
    for (const [index, { parent, fn, names }] of outline.scopes.entries()) {
      if (index === 0) this.#mergeTopLevel(names);
      else {
        const renumbered = Object.create(null) as Record<string, Binding>;
        for (const [name, binding] of Object.entries(names)) renumbered[name] = this.#binding(binding);
        this.#whole.scopes.push({ parent: this.#scope(parent), fn: this.#fn(fn), names: renumbered });
      }
    }
    for (const func of outline.functions.slice(1)) this.#whole.functions.push(this.#func(func));
    for (const cls of outline.classes) this.#whole.classes.push(this.#cls(cls));
    for (const call of outline.calls) {
      const { callee, args, at, fn } = call;
      this.#whole.calls.push({
        ...call,
        callee: this.#expr(callee),
        args: args.map((arg): Argument => ({ ...arg, ...this.#located(arg) })),
        at: this.#span(at),
        fn: this.#fn(fn),
      });
    }
    for (const { of, field, value, fn } of outline.writes) {
      this.#whole.writes.push({ of: this.#expr(of), field, value: this.#expr(value), fn: this.#fn(fn) });
    }
    for (const mention of outline.mentions) {
      const { what, fn, of } = mention;
      const field = of && { of: { type: this.#expr(of.type), field: of.field } };
      this.#whole.mentions.push({ ...this.#located(mention), what, fn: this.#fn(fn), ...field });
    }
    this.#whole.opened.push(...outline.opened);
    for (const [name, value] of Object.entries(outline.exports))
      this.#whole.exports[name] = this.#expr(value);
  }

  #mergeTopLevel(names: Readonly<Record<string, Binding>>): void {
    const top = this.#whole.scopes[0]?.names ?? {};
    for (const [name, binding] of Object.entries(names)) {
      const added = this.#binding(binding);
      const known = top[name];
      if (known?.k === 'values' && added.k === 'values') {
        known.values.push(...added.values);
        const type = known.type ?? added.type;
        if (type) known.type = type;
      } else if (known?.k !== 'import') top[name] = added;
    }
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
      ...(cls !== undefined && { cls: cls + this.#base.cls }),
      params: params.map(({ type, fallback, ...rest }) => ({
        ...rest,
        ...(type && { type: this.#expr(type) }),
        ...(fallback && { fallback: this.#expr(fallback) }),
      })),
      returns: returns.map((value) => this.#expr(value)),
      ...(result && { result: this.#expr(result) }),
    };
  }

  #cls({ name, bases, fields, methods, isAbstract, json }: Class): Class {
    const merged: Class = {
      name,
      bases: bases.map((base) => this.#expr(base)),
      fields: Object.create(null) as Class['fields'],
      methods: Object.create(null) as Class['methods'],
      ...(isAbstract && { isAbstract }),
      ...(json && { json }),
    };
    for (const [field, { values, type }] of Object.entries(fields)) {
      merged.fields[field] = {
        values: values.map((value) => this.#expr(value)),
        ...(type && { type: this.#expr(type) }),
      };
    }
    for (const [method, fn] of Object.entries(methods)) merged.methods[method] = this.#fn(fn);
    return merged;
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
        return { k: expr.k, cls: expr.cls + this.#base.cls };
      case 'call':
        return { k: 'call', call: expr.call + this.#base.call };
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
    const { offset, lines } = this.#part.moved;
    return { start: start + offset, length, line: line + lines, column };
  }

  /** The file's own scope and code are the first of every part, and -1 stands for none. */
  #scope(index: number): number {
    return index > 0 ? index + this.#base.scope : index;
  }

  #fn(index: number): number {
    return index > 0 ? index + this.#base.fn : index;
  }
}
