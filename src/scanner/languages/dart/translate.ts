import type { Expr, Located } from '../../outline';
import { afterAdding, nothing, spanOf, text, unknown, type OutlineBuilder } from '../../outlineBuilder';
import type { SyntaxNode } from '../../syntax';
import { field, fields } from '../../walk';
import { readClass } from './classes';
import { readArgs, readCollection, readCreation, readSum, readSwitch } from './expressions';
import { readFunction } from './functions';
import { readImport } from './imports';
import { readString } from './strings';
import { readType } from './types';
import { parts, type DartWalker } from './walker';

/** Nodes that are applied to what stands before them. */
const applied = new Set([
  'selector',
  'cascade_section',
  'unconditional_assignable_selector',
  'conditional_assignable_selector',
  'argument_part',
]);

/** Top-level nodes that the next one belongs to. */
const openEnded =
  /^(annotation|.*_builtin|type_identifier|type_arguments|nullable_type|function_type|inferred_type|.*_signature|.*comment)$/;

/** Whether a declaration goes on after the node. */
export function goesOn({ type }: SyntaxNode): boolean {
  return openEnded.test(type);
}

/** Translates a node of a top-level declaration of a Dart file. */
export function translateDart(node: SyntaxNode, builder: OutlineBuilder): void {
  new DartTranslator(builder).readTop(node);
  const { exports, scopes } = builder.outline;
  for (const [name, binding] of Object.entries(scopes[0]?.names ?? {}))
    if (binding.k !== 'import') exports[name] = { k: 'name', name, scope: 0 };
}

class DartTranslator implements DartWalker {
  readonly to: OutlineBuilder;

  constructor(builder: OutlineBuilder) {
    this.to = builder;
  }

  readTop(node: SyntaxNode): void {
    // A body is read with its signature.
    if (node.type === 'function_body') return;
    if (/^(function|getter)_signature$/.test(node.type)) this.#function(node, node.nextNamedSibling);
    else if (/^(initialized_identifier|static_final_declaration)_list$/.test(node.type))
      this.#variables(parts(node), typeBefore(node, this));
    else this.visit(node);
  }

  visitAll(node: SyntaxNode | undefined): Expr {
    this.row(parts(node));
    return unknown;
  }

  visit(node: SyntaxNode | undefined): Expr {
    if (!node) return unknown;
    return this.to.deeper(() => this.#translate(node));
  }

  row(nodes: readonly SyntaxNode[]): Located[] {
    const found: { value: Expr; at: Located['at'] }[] = [];
    for (const node of nodes) {
      const last = found.at(-1);
      if (last && applied.has(node.type)) {
        last.value = this.#apply(last.value, node);
        last.at = { ...last.at, length: node.endIndex - last.at.start };
      } else found.push({ value: this.visit(node), at: spanOf(node) });
    }
    return found;
  }

  only(nodes: readonly SyntaxNode[]): Expr {
    return this.row(nodes).at(-1)?.value ?? unknown;
  }

  #translate(node: SyntaxNode): Expr {
    switch (node.type) {
      case 'null_literal':
        return nothing;
      case 'identifier':
      case 'type_identifier':
      case 'identifier_dollar_escaped':
        return this.to.name(node.text);
      case 'this':
        return this.to.cls === undefined ? unknown : { k: 'self', cls: this.to.cls };
      case 'string_literal':
        return readString(this, node);
      case 'expression_statement':
      case 'parenthesized_expression':
      case 'unary_expression':
      case 'await_expression':
      case 'argument':
      case 'assignable_expression':
      case 'type_cast_expression':
        return this.only(parts(node).filter(({ type }) => type !== 'type_cast'));
      case 'additive_expression':
        return readSum(this, node);
      case 'conditional_expression': {
        const [then, otherwise] = [fields(node, 'consequence'), fields(node, 'alternative')];
        const ids = new Set([...then, ...otherwise].map(({ id }) => id));
        this.row(parts(node).filter(({ id }) => !ids.has(id)));
        return { k: 'either', items: [this.only(then), this.only(otherwise)] };
      }
      case 'if_null_expression':
        return {
          k: 'either',
          items: [this.only(fields(node, 'first')), this.only(fields(node, 'second'))],
        };
      case 'switch_expression':
        return readSwitch(this, node);
      case 'list_literal':
      case 'set_or_map_literal':
        return readCollection(this, node);
      case 'new_expression':
      case 'const_object_expression':
        return readCreation(this, node);
      case 'function_expression':
        return { k: 'function', fn: readFunction(this, node, field(node, 'body'), '') };
      case 'assignment_expression':
        return this.#assignment(node);
      case 'initialized_variable_definition':
        return this.#variable(node);
      case 'lambda_expression': {
        const [signature, body] = parts(node);
        if (signature) this.#function(signature, body ?? null);
        return unknown;
      }
      case 'for_statement':
        this.to.block(() => {
          this.#for(node);
        });
        return unknown;
      case 'block':
      case 'switch_block':
        this.to.block(() => this.visitAll(node));
        return unknown;
      case 'return_statement':
        this.to.returns(this.only(parts(node)));
        return unknown;
      case 'class_definition':
      case 'mixin_declaration':
      case 'enum_declaration':
      case 'extension_declaration':
      case 'extension_type_declaration':
        return readClass(this, node);
      case 'import_or_export':
      case 'part_directive':
      case 'part_of_directive':
        return readImport(this, node);
      default:
        return this.visitAll(node);
    }
  }

  /** What is applied to a value: a member, an index, a call, or a row of calls that leaves it what it is. */
  #apply(of: Expr, node: SyntaxNode): Expr {
    if (node.type === 'cascade_section') {
      const [selector, ...rest] = parts(node);
      const member = this.#member(of, selector);
      const end = rest.findIndex(({ type }) => !applied.has(type));
      rest.slice(0, end < 0 ? undefined : end).reduce((value, next) => this.#apply(value, next), member);
      if (end >= 0) {
        const value = this.only(rest.slice(end));
        if (member.k === 'member') this.to.write(of, member.name, value);
      }
      return of;
    }
    if (node.type === 'argument_part') return this.to.call(of, readArgs(this, node), node);
    if (node.type !== 'selector') return this.#member(of, node);
    const [inner] = parts(node);
    return inner ? this.#apply(of, inner) : of;
  }

  #member(of: Expr, node: SyntaxNode | undefined): Expr {
    const [inner] = parts(node);
    if (inner?.type !== 'index_selector') return { k: 'member', of, name: inner?.text ?? '' };
    const [key] = parts(inner);
    const at = key?.type === 'decimal_integer_literal' ? text(key.text) : this.only(parts(inner));
    return { k: 'index', of, at };
  }

  #assignment(node: SyntaxNode): Expr {
    const left = parts(field(node, 'left'));
    const right = fields(node, 'right');
    const value = this.only(right);
    const given = node.children.some((child) => child?.type === '=') ? value : afterAdding(value);
    const [first, ...rest] = left;
    if (first?.type === 'identifier' && rest.length === 0) this.#assign(first.text, given);
    else {
      const target = this.only(left);
      if (target.k === 'member') this.to.write(target.of, target.name, given);
      const [at] = right;
      if (target.k === 'index' && target.at.k === 'text' && target.at.text === 'rid' && at)
        this.to.mention('rid', { value, at: spanOf(at) });
    }
    return value;
  }

  /** Gives a variable, or a field that is seen without `this`, another value. */
  #assign(name: string, value: Expr): void {
    const { scopes } = this.to.outline;
    for (let at = this.to.scope; at > 0; at = scopes[at]?.parent ?? 0) {
      const binding = scopes[at]?.names[name];
      if (!binding) continue;
      const member = binding.k === 'values' ? binding.values[0] : undefined;
      if (member?.k !== 'member' || member.of.k !== 'self' || member.name !== name) break;
      this.to.write(member.of, name, value);
      return;
    }
    this.to.assign(name, value);
  }

  #variable(node: SyntaxNode): Expr {
    const value = fields(node, 'value');
    const name = field(node, 'name')?.text ?? '';
    const type = readType(this, parts(node));
    this.to.declare(
      name,
      value.length > 0 ? this.only(value) : undefined,
      type.k === 'unknown' ? undefined : type,
    );
    this.#variables(
      parts(node).filter((child) => child.type === 'initialized_identifier'),
      type,
    );
    return unknown;
  }

  /** `a = 1, b` */
  #variables(nodes: readonly SyntaxNode[], type: Expr): void {
    for (const node of nodes) {
      const [name, ...value] = parts(node);
      const given = value.length > 0 ? this.only(value) : undefined;
      if (name) this.to.declare(name.text, given, type.k === 'unknown' ? undefined : type);
    }
  }

  #function(signature: SyntaxNode, body: SyntaxNode | null): void {
    const name = field(signature, 'name')?.text ?? '';
    const own = body?.type === 'function_body' ? body : undefined;
    const fn = readFunction(this, signature, own, name);
    const { returns } = this.to.outline.functions[fn] ?? { returns: [] };
    const isGetter = signature.type === 'getter_signature';
    this.to.declare(name, isGetter ? { k: 'either', items: [...returns] } : { k: 'function', fn });
  }

  #for(node: SyntaxNode): void {
    const loop = parts(node).find(({ type }) => type === 'for_loop_parts');
    const name = field(loop, 'name');
    const of = fields(loop, 'value');
    if (name && of.length > 0) this.to.declare(name.text, { k: 'each', of: this.only(of) });
    else this.visitAll(loop);
    for (const child of parts(node)) if (child.id !== loop?.id) this.visit(child);
  }
}

/** The type of a top-level declaration: it stands before the names. */
function typeBefore(node: SyntaxNode, walk: DartWalker): Expr {
  const before: SyntaxNode[] = [];
  for (let at = node.previousNamedSibling; at && goesOn(at); at = at.previousNamedSibling) before.unshift(at);
  return readType(walk, before);
}
