import type { Expr } from '../../outline';
import { type OutlineBuilder, nothing, text, unknown } from '../../outlineBuilder';
import type { SyntaxNode } from '../../syntax';
import { children, field } from '../../walk';
import type { Walker } from '../walker';
import { readArguments } from './arguments';
import { readEnum, readType } from './classes';
import { readLambda, readLocalFunction } from './functions';
import { csharpString, unescapeCSharp } from './literals';
import { readAnonymous, readCreation, readList } from './objects';
import { readAssignment, readForEach, readVariables } from './variables';

/** Translates a top-level part of a C# file. */
export function translateCSharp(node: SyntaxNode, builder: OutlineBuilder): void {
  builder.outline.unit = '';
  new CSharpTranslator(builder).visit(node);
}

class CSharpTranslator implements Walker {
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
      case 'comment':
        return unknown;
      case 'using_directive':
        return this.#using(node);
      case 'namespace_declaration':
        this.to.outline.namespace = field(node, 'name')?.text ?? '';
        return this.visitAll(field(node, 'body'));
      case 'declaration_list':
      case 'global_statement':
        return this.visitAll(field(node, 'body') ?? node);
      case 'file_scoped_namespace_declaration':
        this.to.outline.namespace = field(node, 'name')?.text ?? '';
        return unknown;
      case 'class_declaration':
      case 'struct_declaration':
      case 'record_declaration':
      case 'interface_declaration':
        return readType(this, node);
      case 'enum_declaration':
        return readEnum(this, node);
      case 'local_function_statement':
        return readLocalFunction(this, node);
      case 'lambda_expression':
      case 'anonymous_method_expression':
        return readLambda(this, node);
      case 'block':
      case 'for_statement':
      case 'using_statement':
      case 'switch_section':
        this.to.block(() => this.visitAll(node));
        return unknown;
      case 'foreach_statement':
        return readForEach(this, node);
      case 'variable_declaration':
        return readVariables(this, node);
      case 'assignment_expression':
        return readAssignment(this, node);
      case 'return_statement':
      case 'arrow_expression_clause':
        this.to.returns(this.visit(children(node)[0]));
        return unknown;
      case 'null_literal':
        return nothing;
      case 'this':
      case 'base':
        return this.to.cls === undefined ? unknown : { k: 'self', cls: this.to.cls };
      case 'identifier':
      case 'predefined_type':
        return this.to.name(node.text);
      case 'generic_name':
        return this.visit(children(node)[0]);
      case 'qualified_name':
        return this.#member(node, 'qualifier');
      case 'nullable_type':
      case 'array_type':
        return this.visit(field(node, 'type') ?? children(node)[0]);
      case 'implicit_type':
        return unknown;
      case 'string_literal':
      case 'verbatim_string_literal':
      case 'raw_string_literal':
        return text(csharpString(node));
      case 'interpolated_string_expression':
        return this.#interpolated(node);
      case 'binary_expression':
        return this.#binary(node);
      case 'conditional_expression':
        this.visit(field(node, 'condition'));
        return {
          k: 'either',
          items: [this.visit(field(node, 'consequence')), this.visit(field(node, 'alternative'))],
        };
      case 'switch_expression':
        return this.#switch(node);
      case 'parenthesized_expression':
      case 'await_expression':
      case 'postfix_unary_expression':
      case 'as_expression':
      case 'checked_expression':
        return this.visit(children(node)[0]);
      case 'cast_expression':
        return this.visit(field(node, 'value'));
      case 'member_access_expression':
        return this.#member(node, 'expression');
      case 'conditional_access_expression':
        return this.#conditional(node);
      case 'element_access_expression':
        return this.#element(node);
      case 'invocation_expression':
        return this.#call(node);
      case 'object_creation_expression':
      case 'implicit_object_creation_expression':
        return readCreation(this, node);
      case 'anonymous_object_creation_expression':
        return readAnonymous(this, node);
      case 'array_creation_expression':
      case 'implicit_array_creation_expression':
        return readList(this, children(node).at(-1));
      case 'initializer_expression':
      case 'collection_expression':
      case 'element_binding_expression':
        // Where a value is due, `["a", "b"]` looks like an index to the grammar.
        return readList(this, node);
      case 'argument':
        return this.visit(children(node).at(-1));
      default:
        return this.visitAll(node);
    }
  }

  #using(node: SyntaxNode): Expr {
    const alias = field(node, 'name');
    const target = children(node).at(-1)?.text ?? '';
    const isStatic = node.children.some((child) => child?.type === 'static');
    const dot = target.lastIndexOf('.');
    if (alias) this.to.import(alias.text, target.slice(0, Math.max(0, dot)), target.slice(dot + 1));
    else this.to.outline.opened.push(isStatic ? `static ${target}` : target);
    return unknown;
  }

  #interpolated(node: SyntaxNode): Expr {
    const isVerbatim = node.text.slice(0, 3).includes('@') || node.text.includes('"""');
    const items: Expr[] = [];
    for (const child of children(node)) {
      if (child.type === 'string_content')
        items.push(
          text(
            child.text
              .replaceAll('{{', '{')
              .replaceAll('}}', '}')
              .replaceAll('""', isVerbatim ? '"' : '""'),
          ),
        );
      else if (child.type === 'escape_sequence') items.push(text(unescapeCSharp(child.text)));
      else if (child.type === 'interpolation') {
        const parts = children(child).filter(({ type }) => type !== 'interpolation_brace');
        const value = this.visit(parts[0]);
        // A format or an alignment makes another text of it.
        items.push(parts.length > 1 ? unknown : value);
      }
    }
    return { k: 'concat', items };
  }

  #binary(node: SyntaxNode): Expr {
    const operator = field(node, 'operator')?.text ?? node.child(1)?.text;
    const items = [this.visit(field(node, 'left')), this.visit(field(node, 'right'))];
    if (operator === '+') return { k: 'concat', items };
    return operator === '??' ? { k: 'either', items } : unknown;
  }

  #switch(node: SyntaxNode): Expr {
    const items: Expr[] = [];
    for (const child of children(node)) {
      if (child.type === 'switch_expression_arm') items.push(this.visit(children(child).at(-1)));
      else this.visit(child);
    }
    return { k: 'either', items };
  }

  #member(node: SyntaxNode, owner: string): Expr {
    const name = nameOf(field(node, 'name'));
    const ownerNode = field(node, owner);
    const of = this.visit(ownerNode);
    const value: Expr = { k: 'member', of, name };
    // A loop over a dictionary gives pairs.
    const each = ownerNode?.type === 'identifier' ? this.to.eachOf(ownerNode.text) : undefined;
    if (name === 'Key' && each) return { k: 'either', items: [{ ...each, key: true }, value] };
    return name === 'Value' && each ? each : value;
  }

  /** `a?.b`, whose parts the grammar nests the other way round. */
  #conditional(node: SyntaxNode): Expr {
    const of = this.visit(field(node, 'condition'));
    const binding = children(node).at(-1);
    if (binding?.type === 'member_binding_expression')
      return { k: 'member', of, name: nameOf(field(binding, 'name')) };
    return this.visitAll(binding);
  }

  #element(node: SyntaxNode): Expr {
    const of = this.visit(field(node, 'expression'));
    const at = this.visit(children(field(node, 'subscript'))[0]);
    return at.k === 'text' ? { k: 'member', of, name: at.text } : { k: 'index', of, at };
  }

  #call(node: SyntaxNode): Expr {
    const callee = field(node, 'function');
    const list = field(node, 'arguments');
    if (callee?.text === 'nameof') return text(children(list)[0]?.text.split('.').at(-1) ?? '');
    return this.to.call(this.#callee(callee), readArguments(this, list), node);
  }

  /** A bare name that nothing in the file declares is a method of the class or of its bases. */
  #callee(node: SyntaxNode | undefined): Expr {
    const bare = node?.type === 'generic_name' ? children(node)[0] : node;
    if (bare?.type !== 'identifier' || this.to.cls === undefined || this.to.isDeclared(bare.text))
      return this.visit(node);
    return { k: 'member', of: { k: 'self', cls: this.to.cls }, name: bare.text, bare: true };
  }
}

function nameOf(node: SyntaxNode | undefined): string {
  return (node?.type === 'generic_name' ? children(node)[0] : node)?.text ?? '';
}
