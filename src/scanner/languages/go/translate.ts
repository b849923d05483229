import type { Argument, Expr } from '../../outline';
import { afterAdding, nothing, text, unknown, type OutlineBuilder } from '../../outlineBuilder';
import type { SyntaxNode } from '../../syntax';
import { children, field, fields } from '../../walk';
import type { Walker } from '../walker';
import { readComposite, readItem } from './composites';
import { readFunction, readFunctionDeclaration, readMethod } from './functions';
import { goString } from './literals';
import { readTypeSpec } from './types';

/** Translates a top-level part of a Go file. */
export function translateGo(node: SyntaxNode, builder: OutlineBuilder): void {
  new GoTranslator(builder).read(node);
}

class GoTranslator implements Walker {
  readonly to: OutlineBuilder;

  constructor(builder: OutlineBuilder) {
    this.to = builder;
  }

  read(node: SyntaxNode): void {
    if (node.type === 'package_clause') this.to.outline.unit = children(node)[0]?.text ?? '';
    else this.visit(node);
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
      case 'comment':
        return unknown;
      case 'import_spec':
        return this.#import(node);
      case 'const_spec':
      case 'var_spec':
        return this.#declaration(fields(node, 'name'), field(node, 'value'), field(node, 'type'));
      case 'short_var_declaration':
        return this.#declaration(children(field(node, 'left')), field(node, 'right'), undefined);
      case 'range_clause':
        return this.#range(node);
      case 'assignment_statement':
        return this.#assignment(node);
      case 'type_spec':
      case 'type_alias':
        return readTypeSpec(this, node);
      case 'function_declaration':
        return readFunctionDeclaration(this, node);
      case 'method_declaration':
        return readMethod(this, node);
      case 'func_literal':
        return { k: 'function', fn: readFunction(this, node, '') };
      case 'block':
      case 'if_statement':
      case 'for_statement':
      case 'expression_case':
      case 'type_case':
      case 'default_case':
      case 'communication_case':
        this.to.block(() => this.visitAll(node));
        return unknown;
      case 'return_statement':
        // Only the first of several results can be a name.
        for (const [index, child] of children(children(node)[0]).entries()) {
          const value = this.visit(child);
          if (index === 0) this.to.returns(value);
        }
        return unknown;
      case 'nil':
        return nothing;
      case 'identifier':
      case 'type_identifier':
      case 'package_identifier':
        return this.to.name(node.text);
      case 'interpreted_string_literal':
      case 'raw_string_literal':
        return text(goString(node.text));
      case 'binary_expression':
        return this.#binary(node);
      case 'parenthesized_expression':
      case 'parenthesized_type':
      case 'pointer_type':
      case 'literal_element':
        return this.visit(children(node)[0]);
      case 'unary_expression':
        return this.visit(field(node, 'operand'));
      case 'selector_expression':
        return {
          k: 'member',
          of: this.visit(field(node, 'operand')),
          name: field(node, 'field')?.text ?? '',
        };
      case 'qualified_type':
        return {
          k: 'member',
          of: this.visit(field(node, 'package')),
          name: field(node, 'name')?.text ?? '',
        };
      case 'generic_type':
        return this.visit(field(node, 'type'));
      case 'index_expression':
        return { k: 'index', of: this.visit(field(node, 'operand')), at: this.visit(field(node, 'index')) };
      case 'call_expression':
        return this.#call(node);
      case 'type_conversion_expression':
        return this.#conversion(node);
      case 'type_assertion_expression':
        return this.visit(field(node, 'operand'));
      case 'composite_literal':
        return readComposite(this, node);
      default:
        return this.visitAll(node);
    }
  }

  #import(node: SyntaxNode): Expr {
    const from = goString(field(node, 'path')?.text ?? '');
    const name = field(node, 'name')?.text;
    if (from !== '' && name !== '_' && name !== '.') this.to.import(name ?? packageName(from), from);
    return unknown;
  }

  #declaration(
    names: readonly SyntaxNode[],
    values: SyntaxNode | undefined,
    type: SyntaxNode | undefined,
  ): Expr {
    const declared = type && this.visit(type);
    const given = children(values).map((value) => this.#named(value, names));
    for (const [index, name] of names.entries()) {
      // `a, b := f()`: the first takes the result that matters.
      const value = index < given.length ? given[index] : values ? unknown : undefined;
      if (name.text !== '_') this.to.declare(name.text, value, declared);
    }
    return unknown;
  }

  /** A function literal bears the name of the variable that it is given to. */
  #named(value: SyntaxNode, names: readonly SyntaxNode[]): Expr {
    if (value.type === 'func_literal')
      return { k: 'function', fn: readFunction(this, value, names[0]?.text ?? '') };
    return this.visit(value);
  }

  #range(node: SyntaxNode): Expr {
    const of = this.visit(field(node, 'right'));
    const [key, value] = children(field(node, 'left'));
    if (key && key.text !== '_') this.to.declare(key.text, { k: 'each', of, key: true });
    if (value && value.text !== '_') this.to.declare(value.text, { k: 'each', of });
    return unknown;
  }

  #assignment(node: SyntaxNode): Expr {
    const targets = children(field(node, 'left'));
    const values = children(field(node, 'right')).map((value) => this.visit(value));
    const plain = node.children.some((child) => child?.type === '=');
    for (const [index, target] of targets.entries()) {
      const given = values[index] ?? unknown;
      const value = plain ? given : afterAdding(given);
      if (target.type === 'identifier') this.to.assign(target.text, value);
      else if (target.type === 'selector_expression') {
        this.to.write(this.visit(field(target, 'operand')), field(target, 'field')?.text ?? '', value);
      } else this.visit(target);
    }
    return unknown;
  }

  #binary(node: SyntaxNode): Expr {
    const plus = node.child(1)?.type === '+';
    const left = this.visit(field(node, 'left'));
    const right = this.visit(field(node, 'right'));
    return plus ? { k: 'concat', items: [left, right] } : unknown;
  }

  /** `T(x)`, or the call `f[T](x)`, which looks the same. */
  #conversion(node: SyntaxNode): Expr {
    const type = field(node, 'type');
    const operand = field(node, 'operand');
    if (type?.type !== 'generic_type' || !operand) return this.visit(operand);
    return this.to.call(this.visit(type), [readItem(this, operand)], node);
  }

  #call(node: SyntaxNode): Expr {
    const of = field(node, 'function');
    // `f[T](…)` looks like a call of an item; of a list, nothing is known of that anyway.
    const isIndexed = of?.type === 'index_expression';
    const callee = this.visit(isIndexed ? field(of, 'operand') : of);
    if (isIndexed) this.visit(field(of, 'index'));
    const args: Argument[] = children(field(node, 'arguments')).map((arg) => readItem(this, arg));
    return this.to.call(callee, args, node);
  }
}

/** The name that an import gives to a package when the code gives none. */
function packageName(path: string): string {
  const parts = path.split('/');
  const last = parts.at(-1) ?? '';
  // `…/v2` is a version, not a name; `go-res` holds package res.
  const name = /^v\d+$/.test(last) && parts.length > 1 ? (parts.at(-2) ?? '') : last;
  return name.replace(/\.v\d+$/, '').replace(/^go-|[-.]go$/g, '');
}
