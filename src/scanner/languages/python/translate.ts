import type { Argument, Entry, Expr, Located } from '../../outline';
import { afterAdding, nothing, spanOf, text, unknown, type OutlineBuilder } from '../../outlineBuilder';
import type { SyntaxNode } from '../../syntax';
import { children, field } from '../../walk';
import { isClientRequest } from '../clientRequest';
import type { Walker } from '../walker';
import { bind, destructure, readAssignment, readEach } from './assignments';
import { readClass, readDecorated, readFunction } from './definitions';
import { readImport, readImportFrom } from './imports';
import { readString } from './strings';

/** Translates a top-level statement of a Python file. */
export function translatePython(node: SyntaxNode, builder: OutlineBuilder): void {
  new PythonTranslator(builder).visit(node);
  const { exports, scopes } = builder.outline;
  for (const name of Object.keys(scopes[0]?.names ?? {})) exports[name] = { k: 'name', name, scope: 0 };
}

class PythonTranslator implements Walker {
  readonly to: OutlineBuilder;
  /** The names that functions assign to outside of themselves, by function. */
  readonly #outer = new Set<string>();

  constructor(builder: OutlineBuilder) {
    this.to = builder;
  }

  visitAll(node: SyntaxNode | undefined): Expr {
    for (const child of children(node)) this.visit(child);
    return unknown;
  }

  visit(node: SyntaxNode | undefined): Expr {
    if (!node) return unknown;
    return this.to.deeper(() => this.#translate(node));
  }

  #translate(node: SyntaxNode): Expr {
    switch (node.type) {
      case 'none':
        return nothing;
      case 'identifier':
        return this.to.name(node.text);
      case 'string':
        return readString(this, node);
      case 'concatenated_string':
        return { k: 'concat', items: children(node).map((child) => this.visit(child)) };
      case 'attribute':
        return this.#attribute(node);
      case 'subscript':
        return this.#subscript(node);
      case 'binary_operator':
        return this.#binary(node);
      case 'boolean_operator': {
        const items = [this.visit(field(node, 'left')), this.visit(field(node, 'right'))];
        return field(node, 'operator')?.type === 'or' ? { k: 'either', items } : unknown;
      }
      case 'conditional_expression': {
        const [then, condition, otherwise] = children(node);
        this.visit(condition);
        return { k: 'either', items: [this.visit(then), this.visit(otherwise)] };
      }
      case 'await':
      case 'parenthesized_expression':
      case 'type':
        return this.visit(children(node)[0]);
      case 'call':
        return this.#call(node);
      case 'list':
      case 'tuple':
      case 'set':
      case 'expression_list':
        return { k: 'list', items: children(node).map((item) => this.#located(item)) };
      case 'dictionary':
        return this.#dictionary(node);
      case 'lambda':
        return { k: 'function', fn: readFunction(this, node, '') };
      case 'list_comprehension':
      case 'generator_expression':
      case 'set_comprehension':
      case 'dictionary_comprehension':
        return this.#comprehension(node);
      case 'assignment':
        return this.#assignment(node);
      case 'augmented_assignment': {
        const left = field(node, 'left');
        const added = this.visit(field(node, 'right'));
        if (left) destructure(this, left, afterAdding(added));
        return unknown;
      }
      case 'named_expression': {
        const value = this.visit(field(node, 'value'));
        bind(this, field(node, 'name')?.text ?? '', value);
        return value;
      }
      case 'global_statement':
      case 'nonlocal_statement':
        for (const name of children(node)) this.#outer.add(`${this.to.fn} ${name.text}`);
        return unknown;
      case 'for_statement':
        readEach(this, node);
        for (const child of children(node).slice(2)) this.visit(child);
        return unknown;
      case 'as_pattern':
        return this.#as(node);
      case 'return_statement':
        this.to.returns(this.visit(children(node)[0]));
        return unknown;
      case 'decorated_definition':
        return readDecorated(this, node);
      case 'function_definition': {
        const name = field(node, 'name')?.text ?? '';
        bind(this, name, { k: 'function', fn: readFunction(this, node, name) });
        return unknown;
      }
      case 'class_definition':
        return readClass(this, node);
      case 'import_statement':
        return readImport(this, node);
      case 'import_from_statement':
        return readImportFrom(this, node);
      default:
        return this.visitAll(node);
    }
  }

  #attribute(node: SyntaxNode): Expr {
    const of = this.visit(field(node, 'object'));
    const name = field(node, 'attribute')?.text ?? '';
    // The value of a member of an enumeration is what is assigned to it.
    const isOfEnum =
      name === 'value' && /^[\w.]*\b[A-Z]\w*\.[A-Z][A-Z0-9_]*$/.test(field(node, 'object')?.text ?? '');
    return isOfEnum ? of : { k: 'member', of, name };
  }

  #subscript(node: SyntaxNode): Expr {
    const of = this.visit(field(node, 'value'));
    const at = this.visit(field(node, 'subscript'));
    const number = field(node, 'subscript');
    if (number?.type === 'integer') return { k: 'index', of, at: text(number.text) };
    return { k: 'index', of, at };
  }

  #binary(node: SyntaxNode): Expr {
    const operator = field(node, 'operator')?.type;
    const right = field(node, 'right');
    const left = field(node, 'left');
    if (operator !== '%') {
      const items = [this.visit(left), this.visit(right)];
      return operator === '+' ? { k: 'concat', items } : unknown;
    }
    if (!left || !right) return unknown;
    const values = right.type === 'tuple' ? children(right) : [right];
    return this.to.call(
      { k: 'name', name: '(%)', scope: 0 },
      [left, ...values].map((value) => this.#located(value)),
      node,
    );
  }

  #call(node: SyntaxNode): Expr {
    const fn = field(node, 'function');
    const list = field(node, 'arguments');
    const callee = this.visit(fn);
    if (list?.type === 'generator_expression') return this.to.call(callee, [this.#located(list)], node);
    const args = children(list).flatMap((arg) => this.#argument(arg));
    if (fn?.text === 'dict') {
      const named = args.flatMap(({ name, value, at }): Entry[] =>
        name === undefined ? [] : [{ key: name, keyAt: at, value, at }],
      );
      return { k: 'record', entries: named };
    }
    return this.to.call(callee, args, node);
  }

  #argument(node: SyntaxNode): Argument[] {
    if (node.type === 'dictionary_splat') {
      this.visitAll(node);
      return [];
    }
    if (node.type !== 'keyword_argument') return [this.#located(node)];
    const valueNode = field(node, 'value') ?? node;
    const name = field(node, 'name')?.text ?? '';
    const located = this.#located(valueNode);
    if (name === 'rid') this.to.mention('rid', located);
    return [{ ...located, name }];
  }

  #located(node: SyntaxNode): Located {
    return {
      value: node.type === 'list_splat' ? this.visitAll(node) : this.visit(node),
      at: spanOf(node),
    };
  }

  #dictionary(node: SyntaxNode): Expr {
    const entries: Entry[] = [];
    for (const pair of children(node)) {
      const keyNode = field(pair, 'key');
      const valueNode = field(pair, 'value');
      if (pair.type !== 'pair' || !keyNode || !valueNode) {
        this.visitAll(pair);
        continue;
      }
      const key = this.visit(keyNode);
      const value = this.visit(valueNode);
      entries.push(this.to.entry(key.k === 'text' ? key.text : key, keyNode, value, valueNode));
    }
    const rid = entries.find((entry) => entry.key === 'rid');
    if (rid) this.to.mention('rid', rid);
    const method = entries.find((entry) => entry.key === 'method');
    if (method && isClientRequest(entries.map(({ key }) => key))) this.to.mention('request', method);
    return { k: 'record', entries };
  }

  /** `[f(x) for x in y]`: the loops come first, for they declare what the body uses. */
  #comprehension(node: SyntaxNode): Expr {
    const body = field(node, 'body');
    this.to.block(() => {
      for (const child of children(node)) {
        if (child.type === 'for_in_clause') readEach(this, child);
        else if (child.type === 'if_clause') this.visitAll(child);
      }
      if (body?.type === 'pair') this.#dictionary(node);
      else this.visit(body);
    });
    return unknown;
  }

  #assignment(node: SyntaxNode): Expr {
    const left = field(node, 'left');
    if (left?.type !== 'identifier' || !this.#outer.has(`${this.to.fn} ${left.text}`))
      return readAssignment(this, node);
    const value = this.visit(field(node, 'right'));
    this.to.assign(left.text, value);
    return value;
  }

  /** `with x as y`, `except X as e` */
  #as(node: SyntaxNode): Expr {
    const value = this.visit(children(node)[0]);
    const target = children(field(node, 'alias'))[0];
    if (target) destructure(this, target, value);
    return value;
  }
}
