import type { Argument, Entry, Expr, Located } from '../../outline';
import { type OutlineBuilder, nothing, spanOf, text, unknown } from '../../outlineBuilder';
import { readClass, readEnum, readKey } from './classes';
import { readFunction, readFunctionDeclaration, readNamed } from './functions';
import { readExport, readImport, readNamespace } from './modules';
import { readAssignment, readAugmented, readLoop, readVariables } from './variables';
import { isClientRequest } from '../clientRequest';
import type { Walker } from '../walker';
import type { SyntaxNode } from '../../syntax';
import { children, field } from '../../walk';
import { jsString, unescape } from './literals';

/** Translates a top-level part of a JavaScript or TypeScript file, with or without JSX. */
export function translateJavaScript(node: SyntaxNode, builder: OutlineBuilder): void {
  new JavaScriptTranslator(builder).visit(node);
}

class JavaScriptTranslator implements Walker {
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
      case 'null':
      case 'undefined':
        return nothing;
      case 'identifier':
      case 'type_identifier':
      case 'shorthand_property_identifier':
        return this.to.name(node.text);
      case 'string':
        return text(jsString(node.text));
      case 'template_string':
        return this.#template(node);
      case 'binary_expression':
        return this.#binary(node);
      case 'ternary_expression':
        this.visit(field(node, 'condition'));
        return {
          k: 'either',
          items: [this.visit(field(node, 'consequence')), this.visit(field(node, 'alternative'))],
        };
      case 'parenthesized_expression':
      case 'non_null_expression':
      case 'as_expression':
      case 'satisfies_expression':
      case 'await_expression':
      case 'export_specifier':
        return this.visit(children(node)[0]);
      case 'type_assertion':
        return this.visit(children(node).at(-1));
      case 'sequence_expression':
        return children(node)
          .map((child) => this.visit(child))
          .reduce((_, last) => last, unknown);
      case 'this':
        return this.to.cls === undefined ? unknown : { k: 'self', cls: this.to.cls };
      case 'member_expression':
      case 'nested_identifier':
      case 'nested_type_identifier':
        return this.#member(node);
      case 'subscript_expression':
        return this.#subscript(node);
      case 'call_expression':
        return this.#call(node);
      case 'new_expression':
        return this.to.call(
          this.visit(field(node, 'constructor')),
          this.#args(field(node, 'arguments')),
          node,
          true,
        );
      case 'array':
        return { k: 'list', items: children(node).map((item) => this.#located(item)) };
      case 'object':
        return this.#object(node);
      case 'arrow_function':
      case 'function_expression':
      case 'generator_function':
        return { k: 'function', fn: readFunction(this, node, field(node, 'name')?.text ?? '') };
      case 'function_declaration':
      case 'generator_function_declaration':
        return readFunctionDeclaration(this, node);
      case 'class_declaration':
      case 'abstract_class_declaration':
      case 'class':
        return readClass(this, node);
      case 'enum_declaration':
        return readEnum(this, node);
      case 'lexical_declaration':
      case 'variable_declaration':
        return readVariables(this, node);
      case 'assignment_expression':
        return readAssignment(this, node);
      case 'augmented_assignment_expression':
        return readAugmented(this, node);
      case 'for_in_statement':
        return readLoop(this, node);
      case 'statement_block':
      case 'for_statement':
      case 'switch_body':
        this.to.block(() => this.visitAll(node));
        return unknown;
      case 'return_statement':
        this.to.returns(this.visit(children(node)[0]));
        return unknown;
      case 'import_statement':
        return readImport(this, node);
      case 'export_statement':
        return readExport(this, node);
      case 'internal_module':
        return readNamespace(this, node);
      case 'comment':
      case 'type_annotation':
      case 'interface_declaration':
      case 'type_alias_declaration':
        return unknown;
      default:
        return this.visitAll(node);
    }
  }

  #template(node: SyntaxNode): Expr {
    const items: Expr[] = [];
    for (const child of children(node)) {
      if (child.type === 'string_fragment') items.push(text(child.text));
      else if (child.type === 'escape_sequence') items.push(text(unescape(child.text)));
      else if (child.type === 'template_substitution') items.push(this.visit(children(child)[0]));
    }
    return { k: 'concat', items };
  }

  #binary(node: SyntaxNode): Expr {
    const operator = field(node, 'operator')?.text;
    const items = [this.visit(field(node, 'left')), this.visit(field(node, 'right'))];
    if (operator === '+') return { k: 'concat', items };
    return operator === '||' || operator === '??' ? { k: 'either', items } : unknown;
  }

  #member(node: SyntaxNode): Expr {
    const of = field(node, 'object') ?? field(node, 'module') ?? children(node)[0];
    const name = field(node, 'property') ?? field(node, 'name') ?? children(node).at(-1);
    return { k: 'member', of: this.visit(of), name: name?.text ?? '' };
  }

  #subscript(node: SyntaxNode): Expr {
    const of = this.visit(field(node, 'object'));
    const at = this.visit(field(node, 'index'));
    return at.k === 'text' ? { k: 'member', of, name: at.text } : { k: 'index', of, at };
  }

  #call(node: SyntaxNode): Expr {
    const callee = this.visit(field(node, 'function'));
    const list = field(node, 'arguments');
    // A tagged template: the tag receives the text.
    const isTag = list?.type === 'template_string';
    const args = isTag ? [this.#located(list)] : this.#args(list);
    if (field(node, 'function')?.type === 'import') return unknown;
    return this.to.call(callee, args, node, false, isTag);
  }

  #args(list: SyntaxNode | undefined): Argument[] {
    return children(list).map((arg) => this.#located(arg));
  }

  #located(node: SyntaxNode): Located {
    // What a spread brings can't be told apart from the arguments after it.
    return {
      value: node.type === 'spread_element' ? this.visitAll(node) : this.visit(node),
      at: spanOf(node),
    };
  }

  #object(node: SyntaxNode): Expr {
    const entries: Entry[] = [];
    for (const child of children(node)) {
      if (child.type === 'shorthand_property_identifier') {
        entries.push(this.to.entry(child.text, child, this.visit(child), child));
      } else if (child.type === 'pair') {
        const keyNode = field(child, 'key') ?? child;
        const valueNode = field(child, 'value') ?? child;
        const key = readKey(this, keyNode);
        entries.push(
          this.to.entry(
            key,
            keyNode,
            readNamed(this, valueNode, typeof key === 'string' ? key : ''),
            valueNode,
          ),
        );
      } else if (child.type === 'method_definition') {
        const keyNode = field(child, 'name') ?? child;
        const fn = readFunction(this, child, keyNode.text);
        entries.push(this.to.entry(readKey(this, keyNode), keyNode, { k: 'function', fn }, child));
      } else this.visitAll(child);
    }
    const rid = entries.find((entry) => entry.key === 'rid');
    if (rid) this.to.mention('rid', rid);
    const method = entries.find((entry) => entry.key === 'method');
    if (method && isClientRequest(entries.map(({ key }) => key))) this.to.mention('request', method);
    return { k: 'record', entries };
  }
}
