import type { Expr, Located } from '../../outline/outline';
import { afterAdding, text, unknown } from '../../evaluate/expressions';
import type { OutlineBuilder } from '../../outline/outlineBuilder';
import type { SyntaxNode } from '../../outline/syntax';
import { field, fields, spanOf } from '../../outline/walk';
import { readClass } from './classes';
import { readArgs, readCollection, readGeneric, readCreation, readSum, readSwitch } from './expressions';
import { readFunction } from './functions';
import { readImport } from './imports';
import { readString } from './strings';
import { readType, readTypeArgument } from './types';
import { parts, type DartWalker } from './walker';
import { type Adding, addEntry, readAdding } from '../collections';
import { writeTo } from '../declared';
import { choice, not, readBlock, readName, readNull, readOwnName, readSelf, tested } from '../readers';
import { TreeWalker, readersOf } from '../treeWalker';

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
  readTop(new DartTreeWalker(builder), node);
  const { exports, scopes } = builder.outline;
  for (const [name, binding] of Object.entries(scopes[0]?.names ?? {}))
    if (binding.kind !== 'import') exports[name] = { kind: 'name', name, scope: 0 };
}

const readers = readersOf<DartWalker>({
  null_literal: readNull,
  'identifier identifier_dollar_escaped': readOwnName,
  type_identifier: readName,
  this: readSelf,
  string_literal: readString,
  'expression_statement parenthesized_expression unary_expression await_expression': readRow,
  'argument assignable_expression type_cast_expression': readRow,
  additive_expression: readSum,
  relational_expression: readGeneric,
  conditional_expression: (walk, node) => {
    const [then, otherwise] = [fields(node, 'consequence'), fields(node, 'alternative')];
    const ids = new Set([...then, ...otherwise].map(({ id }) => id));
    const when = walk.only(parts(node).filter(({ id }) => !ids.has(id)));
    return choice(when, [walk.only(then), walk.only(otherwise)]);
  },
  if_null_expression: (walk, node) => ({
    kind: 'either',
    items: [walk.only(fields(node, 'first')), walk.only(fields(node, 'second'))],
  }),
  switch_expression: readSwitch,
  'list_literal set_or_map_literal': readCollection,
  record_literal: (walk, node) => ({
    kind: 'list',
    items: parts(node).flatMap((part) => walk.row(parts(part)).slice(-1)),
  }),
  'new_expression const_object_expression': readCreation,
  function_expression: (walk, node) => ({
    kind: 'function',
    fn: readFunction(walk, node, field(node, 'body'), ''),
  }),
  assignment_expression: readAssignment,
  initialized_variable_definition: readVariable,
  lambda_expression: (walk, node) => {
    const [signature, body] = parts(node);
    if (signature) readNamedFunction(walk, signature, body ?? null);
    return unknown;
  },
  for_statement: readFor,
  if_statement: readIf,
  'equality_expression logical_and_expression logical_or_expression': (walk, node) => {
    const operator = parts(node).find(({ type }) => /_operator$/.test(type))?.text;
    const items = walk.row(parts(node).filter(({ type }) => !/_operator$/.test(type)));
    const sign = operator ?? (node.type.includes('and') ? '&&' : '||');
    return items.length === 2
      ? tested(
          sign,
          items.map(({ value }) => value),
        )
      : unknown;
  },
  'yield_statement yield_each_statement': (walk, node) => {
    const [first] = parts(node);
    const isSpread = node.type === 'yield_each_statement';
    if (first)
      walk.to.yields({ value: walk.only(parts(node)), at: spanOf(first), ...(isSpread && { isSpread }) });
    return unknown;
  },
  'block switch_block': readBlock,
  return_statement: (walk, node) => {
    walk.to.returns(walk.only(parts(node)));
    return unknown;
  },
  'class_definition mixin_declaration enum_declaration extension_declaration': readClass,
  extension_type_declaration: readClass,
  'import_or_export part_directive part_of_directive': readImport,
});

class DartTreeWalker extends TreeWalker implements DartWalker {
  protected readonly readers = readers;

  override visitAll(node: SyntaxNode | undefined): Expr {
    this.row(parts(node));
    return unknown;
  }

  apply(of: Expr, selector: SyntaxNode): Expr {
    return readApply(this, of, selector);
  }

  row(nodes: readonly SyntaxNode[]): Located[] {
    const found: { value: Expr; at: Located['at']; isSpread?: true }[] = [];
    for (const node of nodes) {
      const last = found.at(-1);
      if (last && applied.has(node.type)) {
        last.value = readApply(this, last.value, node);
        last.at = { ...last.at, length: node.endIndex - last.at.start };
      } else if (node.type === 'spread_element')
        found.push({ value: this.only(parts(node)), at: spanOf(node), isSpread: true });
      else found.push({ value: this.visit(node), at: spanOf(node) });
    }
    return found;
  }

  only(nodes: readonly SyntaxNode[]): Expr {
    return this.row(nodes).at(-1)?.value ?? unknown;
  }
}

function readTop(walk: DartWalker, node: SyntaxNode): void {
  // A body is read with its signature.
  if (node.type === 'function_body') return;
  if (/^(function|getter)_signature$/.test(node.type)) readNamedFunction(walk, node, node.nextNamedSibling);
  else if (/^(initialized_identifier|static_final_declaration)_list$/.test(node.type))
    readVariables(walk, parts(node), typeBefore(node, walk));
  else walk.visit(node);
}

/** What is one row of nodes, but for the types it may name. */
function readRow(walk: DartWalker, node: SyntaxNode): Expr {
  return walk.only(parts(node).filter(({ type }) => type !== 'type_cast'));
}

const adding: Adding = { add: 'items', addAll: 'all', putIfAbsent: 'entry' };

/** Applies a node to a value: a member, an index, a call, or a cascade of calls, which gives the value itself. */
function readApply(walk: DartWalker, of: Expr, node: SyntaxNode): Expr {
  if (node.type === 'cascade_section') {
    const [selector, ...rest] = parts(node);
    const member = readMember(walk, of, selector);
    const end = rest.findIndex(({ type }) => !applied.has(type));
    rest.slice(0, end < 0 ? undefined : end).reduce((value, next) => readApply(walk, value, next), member);
    if (end >= 0) {
      const value = walk.only(rest.slice(end));
      writeMember(walk, member, value, rest[end]);
    }
    return of;
  }
  if (node.type === 'argument_part') {
    const args = [...readArgs(walk, node), ...readTypeArgument(walk, of, node)];
    readAdding(walk, of, args, adding);
    return walk.to.call(of, args, node);
  }
  if (node.type !== 'selector') return readMember(walk, of, node);
  const [inner] = parts(node);
  return inner ? readApply(walk, of, inner) : of;
}

function readMember(walk: DartWalker, of: Expr, node: SyntaxNode | undefined): Expr {
  const [inner] = parts(node);
  if (inner?.type !== 'index_selector') {
    const name = inner?.text ?? '';
    const member: Expr = { kind: 'member', of, name };
    // A loop over a map's entries gives keys and values.
    const each = of.kind === 'name' ? walk.to.eachOf(of.name) : undefined;
    if (each && (name === 'key' || name === 'value'))
      return { kind: 'either', items: [{ ...each, ...(name === 'key' && { key: true }) }, member] };
    return /^(keys|values|entries)$/.test(name) && node ? walk.to.call(member, [], node) : member;
  }
  const [key] = parts(inner);
  const at = key?.type === 'decimal_integer_literal' ? text(key.text) : walk.only(parts(inner));
  const isEnvironment = of.kind === 'member' && of.name === 'environment' && at.kind === 'text';
  return isEnvironment ? { kind: 'unknown', by: { env: at.text } } : { kind: 'index', of, at };
}

function readAssignment(walk: DartWalker, node: SyntaxNode): Expr {
  const left = parts(field(node, 'left'));
  const right = fields(node, 'right');
  const value = walk.only(right);
  const given = node.children.some((child) => child?.type === '=') ? value : afterAdding(value);
  const [first, ...rest] = left;
  if (first?.type === 'identifier' && rest.length === 0) readAssign(walk, first.text, given);
  else {
    writeMember(walk, walk.only(left), given, right[0]);
  }
  return value;
}

/** Gives a value to a member, or to an item of a collection. */
function writeMember(walk: DartWalker, target: Expr, value: Expr, node: SyntaxNode | undefined): void {
  writeTo(walk, target, value, node);
  if (target.kind !== 'index' || !node) return;
  const at = spanOf(node);
  addEntry(walk, target.of, { value: target.at, at }, { value, at });
}

/** Gives a variable, or a field that is seen without `this`, another value. */
function readAssign(walk: DartWalker, name: string, value: Expr): void {
  const { scopes } = walk.to.outline;
  for (let at = walk.to.scope; at > 0; at = scopes[at]?.parent ?? 0) {
    const binding = scopes[at]?.names[name];
    if (!binding) continue;
    const member = binding.kind === 'values' ? binding.values[0] : undefined;
    if (member?.kind !== 'member' || member.of.kind !== 'self' || member.name !== name) break;
    walk.to.write(member.of, name, value);
    return;
  }
  walk.to.assign(name, value);
}

function readVariable(walk: DartWalker, node: SyntaxNode): Expr {
  const value = fields(node, 'value');
  const name = field(node, 'name')?.text ?? '';
  const type = readType(walk, parts(node));
  walk.to.declare(
    name,
    value.length > 0 ? walk.only(value) : undefined,
    type.kind === 'unknown' ? undefined : type,
  );
  readVariables(
    walk,
    parts(node).filter((child) => child.type === 'initialized_identifier'),
    type,
  );
  return unknown;
}

/** `a = 1, b` */
function readVariables(walk: DartWalker, nodes: readonly SyntaxNode[], type: Expr): void {
  for (const node of nodes) {
    const [name, ...value] = parts(node);
    const given = value.length > 0 ? walk.only(value) : undefined;
    if (name) walk.to.declare(name.text, given, type.kind === 'unknown' ? undefined : type);
  }
}

function readNamedFunction(walk: DartWalker, signature: SyntaxNode, body: SyntaxNode | null): void {
  const name = field(signature, 'name')?.text ?? '';
  const own = body?.type === 'function_body' ? body : undefined;
  const fn = readFunction(walk, signature, own, name);
  const { returns } = walk.to.outline.functions[fn] ?? { returns: [] };
  const isGetter = signature.type === 'getter_signature';
  walk.to.declare(name, isGetter ? { kind: 'either', items: [...returns] } : { kind: 'function', fn });
}

/** `if (condition) … else …` */
function readIf(walk: DartWalker, node: SyntaxNode): Expr {
  const [then, otherwise] = [fields(node, 'consequence'), fields(node, 'alternative')];
  const ids = new Set([...then, ...otherwise].map(({ id }) => id));
  const when = walk.only(parts(node).filter(({ id }) => !ids.has(id)));
  walk.to.on(when, () => walk.only(then));
  walk.to.on(not(when), () => walk.only(otherwise));
  return unknown;
}

function readFor(walk: DartWalker, node: SyntaxNode): Expr {
  walk.to.block(() => {
    const loop = parts(node).find(({ type }) => type === 'for_loop_parts');
    const name = field(loop, 'name');
    const pattern = parts(loop).find(({ type }) => /^(record|list)_pattern$/.test(type));
    const of = fields(loop, 'value');
    if (name && of.length > 0) walk.to.declare(name.text, { kind: 'each', of: walk.only(of) });
    else if (pattern && of.length > 0) {
      const each: Expr = { kind: 'each', of: walk.only(of) };
      for (const [index, part] of parts(pattern).entries())
        walk.to.declare(part.text, { kind: 'index', of: each, at: text(String(index)) });
    } else walk.visitAll(loop);
    const body = field(loop, 'body');
    for (const child of [...parts(node), ...(pattern && body ? [body] : [])])
      if (child.id !== loop?.id) walk.visit(child);
  });
  return unknown;
}

/** The type of a top-level declaration: it stands before the names. */
function typeBefore(node: SyntaxNode, walk: DartWalker): Expr {
  const before: SyntaxNode[] = [];
  for (let at = node.previousNamedSibling; at && goesOn(at); at = at.previousNamedSibling) before.unshift(at);
  return readType(walk, before);
}
