import type { Expr } from '../../outline';
import { afterAdding, nothing, spanOf, text, unknown, type OutlineBuilder } from '../../outlineBuilder';
import type { SyntaxNode } from '../../syntax';
import { children, field } from '../../walk';
import type { Walker } from '../walker';
import { readArgs, readArray, readMatch } from './expressions';
import { bind, readClass, readFunction } from './definitions';
import { qualified, readUse } from './names';
import { plainText, readString } from './strings';

/** Translates a top-level statement of a PHP file. */
export function translatePhp(node: SyntaxNode, builder: OutlineBuilder): void {
  builder.outline.unit = node.type === 'namespace_definition' ? (field(node, 'name')?.text ?? '') : undefined;
  if (builder.outline.unit === undefined) delete builder.outline.unit;
  // Files without a namespace share one too.
  if (node.type === 'php_tag') builder.outline.unit = '';
  new PhpTranslator(builder).visit(node);
}

class PhpTranslator implements Walker {
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
        return nothing;
      case 'name':
      case 'variable_name':
        return this.to.name(node.text);
      case 'qualified_name':
        return qualified(this, node.text);
      case 'relative_scope':
        return this.to.cls === undefined ? unknown : { k: 'class', cls: this.to.cls };
      case 'string':
      case 'encapsed_string':
      case 'heredoc':
      case 'nowdoc':
        return readString(this, node);
      case 'binary_expression':
        return this.#binary(node);
      case 'conditional_expression': {
        const condition = this.visit(field(node, 'condition'));
        const then = field(node, 'body');
        const otherwise = this.visit(field(node, 'alternative'));
        return { k: 'either', items: [then ? this.visit(then) : condition, otherwise] };
      }
      case 'match_expression':
        return readMatch(this, node);
      case 'parenthesized_expression':
      case 'clone_expression':
      case 'by_ref':
        return this.visit(children(node)[0]);
      case 'cast_expression':
        return this.visit(field(node, 'value'));
      case 'member_access_expression':
      case 'nullsafe_member_access_expression':
        return this.#member(node);
      case 'scoped_property_access_expression':
        return {
          k: 'member',
          of: this.visit(field(node, 'scope')),
          name: (field(node, 'name')?.text ?? '').replace(/^\$/, ''),
        };
      case 'class_constant_access_expression': {
        const [of, name] = children(node);
        const value = this.visit(of);
        return name?.text === 'class' ? unknown : { k: 'member', of: value, name: name?.text ?? '' };
      }
      case 'subscript_expression': {
        const [of, at] = children(node);
        const value = this.visit(of);
        const key: Expr = at?.type === 'integer' ? text(at.text) : this.visit(at);
        return { k: 'index', of: value, at: key };
      }
      case 'function_call_expression':
        return this.#call(node);
      case 'member_call_expression':
      case 'nullsafe_member_call_expression':
        return this.#methodCall(node, this.visit(field(node, 'object')));
      case 'scoped_call_expression':
        return this.#methodCall(node, this.visit(field(node, 'scope')));
      case 'object_creation_expression':
        return this.#creation(node);
      case 'array_creation_expression':
        return readArray(this, node);
      case 'anonymous_function':
      case 'anonymous_function_creation_expression':
      case 'arrow_function':
        return { k: 'function', fn: readFunction(this, node, '') };
      case 'assignment_expression':
      case 'reference_assignment_expression':
        return this.#assignment(node);
      case 'augmented_assignment_expression':
        this.#assign(field(node, 'left'), afterAdding(this.visit(field(node, 'right'))));
        return unknown;
      case 'foreach_statement':
        return this.#foreach(node);
      case 'return_statement':
        this.to.returns(this.visit(children(node)[0]));
        return unknown;
      case 'const_declaration':
        for (const element of children(node)) {
          const [name, value] = children(element);
          if (element.type === 'const_element' && name) this.to.declare(name.text, this.visit(value));
        }
        return unknown;
      case 'function_definition': {
        const name = field(node, 'name')?.text ?? '';
        this.to.declare(name, { k: 'function', fn: readFunction(this, node, name) });
        return unknown;
      }
      case 'class_declaration':
      case 'anonymous_class':
      case 'interface_declaration':
      case 'trait_declaration':
      case 'enum_declaration':
        return readClass(this, node);
      case 'namespace_definition':
        return this.visitAll(field(node, 'body'));
      case 'namespace_use_declaration':
        return readUse(this, node);
      case 'require_expression':
      case 'require_once_expression':
      case 'include_expression':
      case 'include_once_expression':
        return this.#require(node);
      default:
        return this.visitAll(node);
    }
  }

  #binary(node: SyntaxNode): Expr {
    const operator = field(node, 'operator')?.type;
    const items = [this.visit(field(node, 'left')), this.visit(field(node, 'right'))];
    if (operator === '.') return { k: 'concat', items };
    return operator === '??' ? { k: 'either', items } : unknown;
  }

  #member(node: SyntaxNode): Expr {
    const object = field(node, 'object');
    const of = this.visit(object);
    const name = field(node, 'name')?.text ?? '';
    // The value of a case of an enumeration is what stands behind its `=`.
    return name === 'value' && object?.type === 'class_constant_access_expression'
      ? of
      : { k: 'member', of, name };
  }

  #call(node: SyntaxNode): Expr {
    const fn = field(node, 'function');
    const args = readArgs(this, field(node, 'arguments'));
    const [name, value] = args;
    if (fn?.text === 'define' && name?.value.k === 'text' && value)
      this.to.declare(name.value.text, value.value, undefined, 0);
    return this.to.call(this.visit(fn), args, node);
  }

  #methodCall(node: SyntaxNode, of: Expr): Expr {
    const nameNode = field(node, 'name');
    if (nameNode && nameNode.type !== 'name') this.visit(nameNode);
    const callee: Expr = { k: 'member', of, name: nameNode?.type === 'name' ? nameNode.text : '' };
    return this.to.call(callee, readArgs(this, field(node, 'arguments')), node);
  }

  #creation(node: SyntaxNode): Expr {
    const [type, ...rest] = children(node);
    const list = rest.find((child) => child.type === 'arguments');
    const callee = this.visit(type);
    return this.to.call(callee, readArgs(this, list), node, true);
  }

  #assignment(node: SyntaxNode): Expr {
    const right = field(node, 'right');
    const left = field(node, 'left');
    const isFunction = right?.type === 'anonymous_function' || right?.type === 'arrow_function';
    const value: Expr = isFunction
      ? { k: 'function', fn: readFunction(this, right, left?.text ?? '') }
      : this.visit(right);
    this.#assign(left, value, right);
    return value;
  }

  #assign(left: SyntaxNode | undefined, value: Expr, node?: SyntaxNode): void {
    if (!left) return;
    if (left.type === 'variable_name') bind(this, left.text, value);
    else if (left.type === 'list_literal' || left.type === 'array_creation_expression') {
      for (const [index, child] of children(left).entries()) {
        const target = child.type === 'array_element_initializer' ? children(child).at(-1) : child;
        this.#assign(target, { k: 'index', of: value, at: text(String(index)) });
      }
    } else {
      const target = this.visit(left);
      if (target.k === 'member') this.to.write(target.of, target.name, value);
      if (target.k === 'index' && target.at.k === 'text' && target.at.text === 'rid' && node)
        this.to.mention('rid', { value, at: spanOf(node) });
    }
  }

  #foreach(node: SyntaxNode): Expr {
    const [collection, target] = children(node);
    const of = this.visit(collection);
    if (target?.type === 'pair') {
      const [key, value] = children(target);
      this.#assign(key, { k: 'each', of, key: true });
      this.#assign(value, { k: 'each', of });
    } else this.#assign(target, { k: 'each', of });
    return this.visit(field(node, 'body'));
  }

  /** `require __DIR__ . '/names.php'` makes all names of that file known. */
  #require(node: SyntaxNode): Expr {
    const [pathNode] = children(node);
    const path = this.visit(pathNode);
    const last = path.k === 'concat' ? path.items.at(-1) : path;
    const file = last && plainText(last);
    if (file?.endsWith('.php') === true)
      this.to.outline.opened.push(file.startsWith('/') ? `.${file}` : `./${file}`);
    return unknown;
  }
}
