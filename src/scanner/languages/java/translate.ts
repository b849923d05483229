import type { Argument, Expr } from '../../outline';
import { afterAdding, nothing, spanOf, text, unknown, type OutlineBuilder } from '../../outlineBuilder';
import type { SyntaxNode } from '../../syntax';
import { children, field, fields } from '../../walk';
import { unescape } from '../javascript/literals';
import type { Walker } from '../walker';
import { readAnonymousClass, readType } from './classes';
import { readImport } from './imports';
import { readLambda } from './functions';
import { readMentions } from './mentions';

/** Translates a top-level part of a Java file. */
export function translateJava(node: SyntaxNode, builder: OutlineBuilder): void {
  builder.outline.unit = '';
  new JavaTranslator(builder).visit(node);
}

class JavaTranslator implements Walker {
  readonly to: OutlineBuilder;

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
      case 'line_comment':
      case 'block_comment':
      case 'void_type':
        return unknown;
      case 'package_declaration':
        this.to.outline.namespace = children(node).at(-1)?.text ?? '';
        return unknown;
      case 'import_declaration':
        return readImport(this, node);
      case 'class_declaration':
      case 'interface_declaration':
      case 'enum_declaration':
      case 'record_declaration':
        return readType(this, node);
      case 'lambda_expression':
        return readLambda(this, node);
      case 'block':
      case 'for_statement':
      case 'try_with_resources_statement':
      case 'switch_block_statement_group':
      case 'switch_rule':
        this.to.block(() => this.visitAll(node));
        return unknown;
      case 'enhanced_for_statement':
        return this.#forEach(node);
      case 'if_statement':
      case 'while_statement':
        this.visit(field(node, 'condition'));
        // A single statement is a block too: it may not be run.
        for (const part of ['consequence', 'alternative', 'body'])
          this.to.block(() => this.visit(field(node, part)));
        return unknown;
      case 'local_variable_declaration':
        return this.#variables(node);
      case 'resource':
        return this.#variable(node, field(node, 'type'));
      case 'assignment_expression':
        return this.#assignment(node);
      case 'return_statement':
        this.to.returns(this.visit(children(node)[0]));
        return unknown;
      case 'null_literal':
        return nothing;
      case 'this':
      case 'super':
        return this.to.cls === undefined ? unknown : { k: 'self', cls: this.to.cls };
      case 'identifier':
      case 'type_identifier':
        return this.to.name(node.text);
      case 'generic_type':
      case 'array_type':
      case 'annotated_type':
        return this.visit(children(node)[0]);
      case 'scoped_type_identifier':
      case 'scoped_identifier': {
        const name = children(node).at(-1)?.text ?? '';
        return { k: 'member', of: this.visit(children(node)[0]), name };
      }
      case 'string_literal':
        return text(javaString(node));
      case 'character_literal':
        return text(unescape(node.text.slice(1, -1)));
      case 'binary_expression':
        return this.#binary(node);
      case 'ternary_expression':
        this.visit(field(node, 'condition'));
        return {
          k: 'either',
          items: [this.visit(field(node, 'consequence')), this.visit(field(node, 'alternative'))],
        };
      case 'parenthesized_expression':
        return this.visit(children(node)[0]);
      case 'cast_expression':
        return this.visit(field(node, 'value'));
      case 'field_access':
        return {
          k: 'member',
          of: this.visit(field(node, 'object')),
          name: field(node, 'field')?.text ?? '',
        };
      case 'method_invocation':
        return this.#call(node);
      case 'object_creation_expression':
        return this.#creation(node);
      case 'array_creation_expression':
        return this.visit(field(node, 'value'));
      case 'array_initializer':
        return {
          k: 'list',
          items: children(node).map((item) => ({ value: this.visit(item), at: spanOf(item) })),
        };
      case 'method_reference':
        return this.#reference(node);
      case 'explicit_constructor_invocation':
        return this.#superCall(node);
      default:
        return this.visitAll(node);
    }
  }

  #forEach(node: SyntaxNode): Expr {
    this.to.block(() => {
      const of = this.visit(field(node, 'value'));
      this.to.declare(field(node, 'name')?.text ?? '', { k: 'each', of });
      this.visit(field(node, 'body'));
    });
    return unknown;
  }

  #variables(node: SyntaxNode): Expr {
    for (const declarator of fields(node, 'declarator')) this.#variable(declarator, field(node, 'type'));
    return unknown;
  }

  #variable(node: SyntaxNode, typeNode: SyntaxNode | undefined): Expr {
    const type = typeNode && typeNode.text !== 'var' ? this.visit(typeNode) : undefined;
    const value = field(node, 'value');
    this.to.declare(field(node, 'name')?.text ?? '', value && this.visit(value), type);
    return unknown;
  }

  #assignment(node: SyntaxNode): Expr {
    const left = field(node, 'left');
    const given = this.visit(field(node, 'right'));
    const value = field(node, 'operator')?.text === '=' ? given : afterAdding(given);
    if (left?.type === 'identifier') {
      if (this.to.cls !== undefined && !this.to.isVariable(left.text))
        this.to.write({ k: 'self', cls: this.to.cls }, left.text, value);
      else this.to.assign(left.text, value);
    } else if (left?.type === 'field_access') {
      this.to.write(this.visit(field(left, 'object')), field(left, 'field')?.text ?? '', value);
    } else if (left) this.visitAll(left);
    const right = field(node, 'right');
    if (right && /^(this\.)?rid$/.test(left?.text ?? ''))
      this.to.mention('rid', { value, at: spanOf(right) });
    return value;
  }

  #binary(node: SyntaxNode): Expr {
    const items = [this.visit(field(node, 'left')), this.visit(field(node, 'right'))];
    return field(node, 'operator')?.text === '+' ? { k: 'concat', items } : unknown;
  }

  #call(node: SyntaxNode): Expr {
    const object = field(node, 'object');
    const name = field(node, 'name')?.text ?? '';
    // A loop over a map gives its entries.
    const each = object?.type === 'identifier' ? this.to.eachOf(object.text) : undefined;
    if (each && name === 'getKey') return { ...each, key: true };
    if (each && name === 'getValue') return each;
    const of = object ? this.visit(object) : this.#owner(name);
    const args = this.#args(field(node, 'arguments'));
    readMentions(this.to, name, args);
    const bare = object === undefined && { bare: true };
    return this.to.call(of ? { k: 'member', of, name, ...bare } : this.to.name(name), args, node);
  }

  /** A bare name that nothing in the file declares is a method of the class or of its bases. */
  #owner(name: string): Expr | undefined {
    const { cls } = this.to;
    return cls === undefined || this.to.isDeclared(name) ? undefined : { k: 'self', cls };
  }

  #creation(node: SyntaxNode): Expr {
    const type = this.visit(field(node, 'type'));
    const args = this.#args(field(node, 'arguments'));
    const body = children(node).find(({ type: kind }) => kind === 'class_body');
    if (body) readAnonymousClass(this, body, type);
    return this.to.call(type, args, node, true);
  }

  /** `object::method` */
  #reference(node: SyntaxNode): Expr {
    const [of, name] = children(node);
    return { k: 'member', of: this.visit(of), name: name?.text ?? '' };
  }

  /** `super(…)` is a construction of the base class. */
  #superCall(node: SyntaxNode): Expr {
    const args = this.#args(field(node, 'arguments'));
    const base = this.to.cls === undefined ? undefined : this.to.outline.classes[this.to.cls]?.bases[0];
    const isSuper = field(node, 'constructor')?.type === 'super';
    return isSuper && base ? this.to.call(base, args, node, true) : unknown;
  }

  #args(list: SyntaxNode | undefined): Argument[] {
    return children(list)
      .filter(({ type }) => !type.endsWith('comment'))
      .map((arg) => ({ value: this.visit(arg), at: spanOf(arg) }));
  }
}

/** The text of a literal; that of a text block has lost its indentation, which no name has. */
export function javaString(node: SyntaxNode): string {
  return node.text.startsWith('"""')
    ? unescape(node.text.slice(3, -3)).trim()
    : unescape(node.text.slice(1, -1));
}
