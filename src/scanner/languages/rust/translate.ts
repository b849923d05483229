import type { Argument, Expr } from '../../outline';
import { afterAdding, nothing, spanOf, text, unknown, type OutlineBuilder } from '../../outlineBuilder';
import type { SyntaxNode } from '../../syntax';
import { field } from '../../walk';
import { readModule, readUse } from './imports';
import { readFunction, readImpl, readStruct, readStructValue } from './items';
import { rustString } from './literals';
import { readMacro } from './macros';
import { declarePattern } from './patterns';
import { parts, readPath, readType, type RustWalker, typeName } from './walker';

/** Translates a top-level item of a Rust file. */
export function translateRust(node: SyntaxNode, builder: OutlineBuilder): void {
  // What a file declares can be used by others under its path; nothing is seen without one.
  builder.outline.unit = '';
  new RustTranslator(builder).visit(node);
}

class RustTranslator implements RustWalker {
  readonly to: OutlineBuilder;
  selfType: string | undefined;

  constructor(builder: OutlineBuilder) {
    this.to = builder;
  }

  visitAll(node: SyntaxNode | undefined): Expr {
    for (const child of parts(node)) this.visit(child);
    return unknown;
  }

  visit(node: SyntaxNode | undefined): Expr {
    if (!node) return unknown;
    return this.to.deeper(() => this.#translate(node));
  }

  #translate(node: SyntaxNode): Expr {
    switch (node.type) {
      case 'identifier':
      case 'self':
        return node.text === 'None' ? nothing : this.to.name(node.text);
      case 'type_identifier':
        return typeName(this, node.text);
      case 'scoped_identifier':
        return field(node, 'path')?.text === 'Self'
          ? { k: 'member', of: typeName(this, 'Self'), name: field(node, 'name')?.text ?? '' }
          : readPath(this, node);
      case 'string_literal':
      case 'raw_string_literal':
        return text(rustString(node.text));
      case 'binary_expression': {
        const items = [this.visit(field(node, 'left')), this.visit(field(node, 'right'))];
        return field(node, 'operator')?.type === '+' ? { k: 'concat', items } : unknown;
      }
      case 'reference_expression':
        return this.visit(field(node, 'value'));
      case 'try_expression':
      case 'await_expression':
      case 'parenthesized_expression':
      case 'unary_expression':
      case 'async_block':
      case 'unsafe_block':
        return this.visit(parts(node).at(-1));
      case 'type_cast_expression':
        return this.visit(field(node, 'value'));
      case 'field_expression':
        return {
          k: 'member',
          of: this.visit(field(node, 'value')),
          name: field(node, 'field')?.text ?? '',
        };
      case 'generic_function':
        return this.visit(field(node, 'function'));
      case 'index_expression': {
        const [of, at] = parts(node);
        const value = this.visit(of);
        if (at?.type === 'range_expression') return value;
        return { k: 'index', of: value, at: at?.type === 'integer_literal' ? text(at.text) : this.visit(at) };
      }
      case 'call_expression':
        return this.#call(node);
      case 'macro_invocation': {
        const tree = parts(node).at(-1);
        return readMacro(
          this,
          field(node, 'macro')?.text ?? '',
          tree?.type === 'token_tree' ? tree : undefined,
        );
      }
      case 'array_expression':
      case 'tuple_expression':
        return {
          k: 'list',
          items: parts(node).map((item) => ({ value: this.visit(item), at: spanOf(item) })),
        };
      case 'struct_expression':
        return readStructValue(this, node);
      case 'closure_expression':
        return { k: 'function', fn: readFunction(this, node, '') };
      case 'block':
        return this.#block(node);
      case 'if_expression':
        return this.#if(node);
      case 'else_clause':
        return this.visit(parts(node)[0]);
      case 'while_expression':
        this.to.block(() => {
          this.visit(field(node, 'condition'));
          this.visit(field(node, 'body'));
        });
        return unknown;
      case 'let_condition':
        declarePattern(this, field(node, 'pattern'), this.visit(field(node, 'value')));
        return unknown;
      case 'match_expression':
        return this.#match(node);
      case 'for_expression':
        this.to.block(() => {
          const of = this.visit(field(node, 'value'));
          declarePattern(this, field(node, 'pattern'), { k: 'each', of });
          this.visit(field(node, 'body'));
        });
        return unknown;
      case 'let_declaration':
        return this.#let(node);
      case 'const_item':
      case 'static_item': {
        const type = readType(this, field(node, 'type'));
        const value = this.visit(field(node, 'value'));
        this.to.declare(field(node, 'name')?.text ?? '', value, type.k === 'unknown' ? undefined : type);
        return unknown;
      }
      case 'assignment_expression':
        return this.#assignment(node);
      case 'compound_assignment_expr': {
        const added = this.visit(field(node, 'right'));
        const left = field(node, 'left');
        if (left?.type === 'identifier') this.to.assign(left.text, afterAdding(added));
        return unknown;
      }
      case 'return_expression':
        this.to.returns(this.visit(parts(node)[0]));
        return unknown;
      case 'expression_statement': {
        const value = this.visit(parts(node)[0]);
        return node.text.endsWith(';') ? unknown : value;
      }
      case 'function_item': {
        const name = field(node, 'name')?.text ?? '';
        this.to.declare(name, { k: 'function', fn: readFunction(this, node, name) });
        return unknown;
      }
      case 'struct_item':
        return readStruct(this, node);
      case 'impl_item':
        return readImpl(this, node);
      case 'mod_item':
        return readModule(this, node);
      case 'use_declaration':
        return readUse(this, node);
      case 'attribute_item':
      case 'macro_definition':
      case 'token_tree':
        return unknown;
      default:
        return this.visitAll(node);
    }
  }

  #call(node: SyntaxNode): Expr {
    const callee = this.visit(field(node, 'function'));
    const args = parts(field(node, 'arguments')).map((arg): Argument => ({
      value: this.visit(arg),
      at: spanOf(arg),
    }));
    return this.to.call(callee, args, node);
  }

  #block(node: SyntaxNode): Expr {
    let value: Expr = unknown;
    this.to.block(() => {
      for (const child of parts(node)) value = this.visit(child);
    });
    return value;
  }

  #if(node: SyntaxNode): Expr {
    const items: Expr[] = [];
    this.to.block(() => {
      this.visit(field(node, 'condition'));
      items.push(this.visit(field(node, 'consequence')));
    });
    const otherwise = field(node, 'alternative');
    if (otherwise) items.push(this.visit(otherwise));
    return { k: 'either', items };
  }

  #match(node: SyntaxNode): Expr {
    const of = this.visit(field(node, 'value'));
    const items: Expr[] = [];
    for (const arm of parts(field(node, 'body'))) {
      this.to.block(() => {
        declarePattern(this, field(arm, 'pattern'), of);
        items.push(this.visit(field(arm, 'value')));
      });
    }
    return { k: 'either', items };
  }

  #let(node: SyntaxNode): Expr {
    const type = readType(this, field(node, 'type'));
    const pattern = field(node, 'pattern');
    const valueNode = field(node, 'value');
    const value: Expr =
      valueNode?.type === 'closure_expression'
        ? { k: 'function', fn: readFunction(this, valueNode, pattern?.text ?? '') }
        : this.visit(valueNode);
    this.visit(field(node, 'alternative'));
    const declared = type.k === 'unknown' ? undefined : type;
    if (pattern?.type === 'identifier') this.to.declare(pattern.text, valueNode && value, declared);
    else declarePattern(this, pattern, value, declared);
    return unknown;
  }

  #assignment(node: SyntaxNode): Expr {
    const value = this.visit(field(node, 'right'));
    const left = field(node, 'left');
    if (left?.type === 'identifier') this.to.assign(left.text, value);
    else {
      const target = this.visit(left);
      if (target.k === 'member') this.to.write(target.of, target.name, value);
      if (target.k === 'index' && target.at.k === 'text' && target.at.text === 'rid') {
        const right = field(node, 'right');
        if (right) this.to.mention('rid', { value, at: spanOf(right) });
      }
    }
    return unknown;
  }
}
