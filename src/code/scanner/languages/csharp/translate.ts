import type { Expr } from '../../outline/outline';
import { text, unknown } from '../../evaluate/expressions';
import type { OutlineBuilder } from '../../outline/outlineBuilder';
import type { SyntaxNode } from '../../outline/syntax';
import { children, field } from '../../outline/walk';
import {
  binary,
  child,
  chosenBy,
  not,
  readBlock,
  readConditional,
  readFirst,
  readIf,
  readLast,
  readName,
  readNot,
  readNothing,
  readNull,
  readOwnName,
  readReturn,
  readSelf,
  readYield,
  template,
  tested,
  type Case,
} from '../readers';
import { readBy, readersOf } from '../treeWalker';
import { collectionOf } from '../declared';
import type { Walker } from '../walker';
import { type Adding, readAdding } from '../collections';
import { readArguments } from './arguments';
import { readEnum, readType } from './classes';
import { readLambda, readLocalFunction } from './functions';
import { csharpString, unescapeCSharp } from './literals';
import { readAnonymous, readCreation, readList } from './objects';
import { readAssignment, readForEach, readVariables } from './variables';

/** Translates a top-level part of a C# file. */
export function translateCSharp(node: SyntaxNode, builder: OutlineBuilder): void {
  builder.outline.unit = '';
  readBy(readers, node, builder);
}

const readers = readersOf({
  using_directive: readUsing,
  namespace_declaration: (walk, node) => {
    walk.to.outline.namespace = field(node, 'name')?.text ?? '';
    return walk.visitAll(field(node, 'body'));
  },
  'declaration_list global_statement': (walk, node) => walk.visitAll(field(node, 'body') ?? node),
  file_scoped_namespace_declaration: (walk, node) => {
    walk.to.outline.namespace = field(node, 'name')?.text ?? '';
    return unknown;
  },
  'class_declaration struct_declaration record_declaration interface_declaration': readType,
  enum_declaration: readEnum,
  local_function_statement: readLocalFunction,
  'lambda_expression anonymous_method_expression': readLambda,
  'block for_statement using_statement switch_section': readBlock,
  foreach_statement: readForEach,
  variable_declaration: readVariables,
  assignment_expression: readAssignment,
  'return_statement arrow_expression_clause': readReturn,
  null_literal: readNull,
  if_statement: readIf,
  prefix_unary_expression: readNot,
  yield_statement: readYield,
  is_pattern_expression: (walk, node) => {
    const of = walk.visit(field(node, 'expression'));
    const [pattern, isNot] = readPattern(walk, field(node, 'pattern'));
    const same = tested('==', [of, pattern]);
    return pattern.kind === 'unknown' ? unknown : isNot ? not(same) : same;
  },
  'this base': readSelf,
  identifier: readOwnName,
  predefined_type: readName,
  generic_name: (walk, node) => {
    const [name, args] = children(node);
    const types = children(args).map((type) => walk.visit(type));
    const [only] = types;
    return only && types.length === 1 && collections.test(name?.text ?? '')
      ? collectionOf(only, node)
      : walk.visit(name);
  },
  qualified_name: (walk, node) => readMember(walk, node, 'qualifier'),
  'nullable_type array_type': (walk, node) => walk.visit(field(node, 'type') ?? children(node)[0]),
  implicit_type: readNothing,
  'string_literal verbatim_string_literal raw_string_literal': (_, node) => text(csharpString(node)),
  interpolated_string_expression: readInterpolated,
  binary_expression: binary({ '+': 'concat', '??': 'either' }),
  conditional_expression: readConditional,
  switch_expression: readSwitch,
  'parenthesized_expression await_expression postfix_unary_expression as_expression': readFirst,
  checked_expression: readFirst,
  cast_expression: child('value'),
  member_access_expression: (walk, node) => readMember(walk, node, 'expression'),
  conditional_access_expression: readConditionalAccess,
  element_access_expression: readElement,
  invocation_expression: readCall,
  'object_creation_expression implicit_object_creation_expression': readCreation,
  anonymous_object_creation_expression: readAnonymous,
  'array_creation_expression implicit_array_creation_expression': (walk, node) =>
    readList(walk, children(node).at(-1)),
  // Where a value is due, `["a", "b"]` looks like an index to the grammar.
  'initializer_expression collection_expression element_binding_expression tuple_expression': readList,
  argument: readLast,
});

function readUsing(walk: Walker, node: SyntaxNode): Expr {
  const alias = field(node, 'name');
  const target = children(node).at(-1)?.text ?? '';
  const isStatic = node.children.some((child) => child?.type === 'static');
  const dot = target.lastIndexOf('.');
  if (alias) walk.to.import(alias.text, target.slice(0, Math.max(0, dot)), target.slice(dot + 1));
  else walk.to.outline.opened.push(isStatic ? `static ${target}` : target);
  return unknown;
}

function readInterpolated(walk: Walker, node: SyntaxNode): Expr {
  const isVerbatim = node.text.slice(0, 3).includes('@') || node.text.includes('"""');
  return template({
    string_content: (_, part) => {
      const plain = part.text.replaceAll('{{', '{').replaceAll('}}', '}');
      return text(isVerbatim ? plain.replaceAll('""', '"') : plain);
    },
    escape_sequence: (_, part) => text(unescapeCSharp(part.text)),
    interpolation: (_, part) => {
      const parts = children(part).filter(({ type }) => type !== 'interpolation_brace');
      const value = walk.visit(parts[0]);
      // A format or an alignment makes another text of it.
      return parts.length > 1 ? unknown : value;
    },
  })(walk, node);
}

/** What a pattern compares with, and whether it is met by all else. */
function readPattern(walk: Walker, node: SyntaxNode | undefined): [Expr, boolean] {
  const [inner] = children(node);
  if (node?.type === 'negated_pattern') return [readPattern(walk, inner)[0], true];
  if (node?.type === 'constant_pattern') return [walk.visit(inner), false];
  walk.visit(node);
  return [unknown, false];
}

function readSwitch(walk: Walker, node: SyntaxNode): Expr {
  const [value, ...rest] = children(node);
  const of = walk.visit(value);
  const cases = rest.map((arm): Case => {
    const [pattern, ...others] = children(arm);
    const [is] = readPattern(walk, pattern);
    for (const each of others.slice(0, -1)) walk.visit(each);
    const isOther = pattern?.type === 'discard' || others.length > 1;
    return { is: isOther || is.kind === 'unknown' ? [] : [is], value: walk.visit(others.at(-1)) };
  });
  return chosenBy(of, cases);
}

function readMember(walk: Walker, node: SyntaxNode, owner: string): Expr {
  const name = nameOf(field(node, 'name'));
  const ownerNode = field(node, owner);
  const of = walk.visit(ownerNode);
  const place = placeInTuple(node, name);
  const value: Expr = { kind: 'member', of, name, ...(place !== undefined && { place }) };
  // A loop over a dictionary gives pairs.
  const each = ownerNode?.type === 'identifier' ? walk.to.eachOf(ownerNode.text) : undefined;
  if (name === 'Key' && each) return { kind: 'either', items: [{ ...each, key: true }, value] };
  return name === 'Value' && each ? each : value;
}

/** The names of the parts of tuples, by the part of the file in which they stand. */
const tuples = new WeakMap<object, Map<number, ReadonlyMap<string, number>>>();

/** Where the tuples of the code around a node have the part of the name. */
function placeInTuple(node: SyntaxNode, name: string): number | undefined {
  if (!/^[A-Z]?\w+$/.test(name)) return undefined;
  let top = node;
  while (top.parent?.parent) top = top.parent;
  let parts = tuples.get(node.tree);
  if (!parts) tuples.set(node.tree, (parts = new Map<number, ReadonlyMap<string, number>>()));
  let names = parts.get(top.id);
  if (!names) parts.set(top.id, (names = tupleNames(top)));
  return names.get(name);
}

function tupleNames(top: SyntaxNode): ReadonlyMap<string, number> {
  const names = new Map<string, number>();
  if (!/\(\s*[\w<>[\]?.]+\s+\w+\s*,|\(\s*\w+\s*:/.test(top.text)) return names;
  for (const tuple of top.descendantsOfType(['tuple_type', 'tuple_expression'])) {
    for (const [index, part] of children(tuple ?? undefined).entries()) {
      const name = field(part, 'name')?.text;
      if (name !== undefined && !names.has(name)) names.set(name, index);
    }
  }
  return names;
}

/** `a?.b`, whose parts the grammar nests the other way round. */
function readConditionalAccess(walk: Walker, node: SyntaxNode): Expr {
  const of = walk.visit(field(node, 'condition'));
  const binding = children(node).at(-1);
  if (binding?.type === 'member_binding_expression')
    return { kind: 'member', of, name: nameOf(field(binding, 'name')) };
  return walk.visitAll(binding);
}

function readElement(walk: Walker, node: SyntaxNode): Expr {
  const of = walk.visit(field(node, 'expression'));
  const at = walk.visit(children(field(node, 'subscript'))[0]);
  // `builder.Configuration["Service:Name"]`
  const isConfiguration = /(^|\.)_?config(uration)?$/i.test(field(node, 'expression')?.text ?? '');
  if (isConfiguration && at.kind === 'text') return { kind: 'unknown', by: { config: at.text } };
  return at.kind === 'text' ? { kind: 'member', of, name: at.text } : { kind: 'index', of, at };
}

/** Types of what is only looped over, and is mostly injected. */
const collections = /^I(Enumerable|ReadOnlyList|ReadOnlyCollection|List|Collection)$/;

const adding: Adding = {
  Add: 'entry',
  TryAdd: 'entry',
  AddRange: 'all',
  Enqueue: 'items',
  Push: 'items',
};

function readCall(walk: Walker, node: SyntaxNode): Expr {
  const callee = field(node, 'function');
  const list = field(node, 'arguments');
  if (callee?.text === 'nameof') return text(children(list)[0]?.text.split('.').at(-1) ?? '');
  const called = readCallee(walk, callee);
  const args = readArguments(walk, list);
  readAdding(walk, called, args, adding);
  return walk.to.call(called, args, node);
}

/** A bare name that nothing in the file declares is a method of the class or of its bases. */
function readCallee(walk: Walker, node: SyntaxNode | undefined): Expr {
  const bare = node?.type === 'generic_name' ? children(node)[0] : node;
  if (bare?.type !== 'identifier' || walk.to.cls === undefined || walk.to.isDeclared(bare.text))
    return walk.visit(node);
  return { kind: 'member', of: { kind: 'self', cls: walk.to.cls }, name: bare.text, bare: true };
}

function nameOf(node: SyntaxNode | undefined): string {
  return (node?.type === 'generic_name' ? children(node)[0] : node)?.text ?? '';
}
