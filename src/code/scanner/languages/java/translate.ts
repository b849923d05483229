import type { Argument, Expr } from '../../outline/outline';
import { afterAdding, text, unknown } from '../../evaluate/expressions';
import type { OutlineBuilder } from '../../outline/outlineBuilder';
import type { SyntaxNode } from '../../outline/syntax';
import { children, field, fields, spanOf } from '../../outline/walk';
import { type Adding, located, readAdding } from '../collections';
import { assignBare, callBase, collectionOf } from '../declared';
import { unescape } from '../javascript/literals';
import {
  binary,
  child,
  chosenBy,
  member,
  readBlock,
  readConditional,
  readFirst,
  readIf,
  readName,
  readNot,
  readNothing,
  readNull,
  readOwnName,
  readReturn,
  readSelf,
  tested,
  type Case,
} from '../readers';
import { readBy, readersOf } from '../treeWalker';
import type { Walker } from '../walker';
import { readAnonymousClass, readType } from './classes';
import { readImport } from './imports';
import { readLambda } from './functions';
import { readMentions } from './mentions';

/** Translates a top-level part of a Java file. */
export function translateJava(node: SyntaxNode, builder: OutlineBuilder): void {
  builder.outline.unit = '';
  readBy(readers, node, builder);
}

const readers = readersOf({
  void_type: readNothing,
  package_declaration: (walk, node) => {
    walk.to.outline.namespace = children(node).at(-1)?.text ?? '';
    return unknown;
  },
  import_declaration: readImport,
  'class_declaration interface_declaration enum_declaration record_declaration': readType,
  lambda_expression: readLambda,
  'block for_statement try_with_resources_statement switch_block_statement_group': readBlock,
  switch_rule: readBlock,
  enhanced_for_statement: readForEach,
  if_statement: readIf,
  unary_expression: readNot,
  switch_expression: readSwitch,
  while_statement: (walk, node) => {
    walk.visit(field(node, 'condition'));
    // A single statement is a block too: it may not be run.
    walk.to.block(() => walk.visit(field(node, 'body')));
    return unknown;
  },
  local_variable_declaration: readVariables,
  resource: (walk, node) => readVariable(walk, node, field(node, 'type')),
  assignment_expression: readAssignment,
  return_statement: readReturn,
  null_literal: readNull,
  'this super': readSelf,
  identifier: readOwnName,
  type_identifier: readName,
  'array_type annotated_type': readFirst,
  generic_type: (walk, node) => {
    const [name, args] = children(node);
    const types = children(args).map((type) => walk.visit(type));
    const [only] = types;
    return only && types.length === 1 && /^(List|Collection|Set|Iterable|Stream)$/.test(name?.text ?? '')
      ? collectionOf(only, node)
      : walk.visit(name);
  },
  'scoped_type_identifier scoped_identifier': (walk, node) => {
    const name = children(node).at(-1)?.text ?? '';
    return { kind: 'member', of: walk.visit(children(node)[0]), name };
  },
  string_literal: (_, node) => text(javaString(node)),
  character_literal: (_, node) => text(unescape(node.text.slice(1, -1))),
  binary_expression: binary({ '+': 'concat' }),
  ternary_expression: readConditional,
  parenthesized_expression: readFirst,
  cast_expression: child('value'),
  field_access: member('object', 'field'),
  array_access: (walk, node) => {
    const of = walk.visit(field(node, 'array'));
    const at = field(node, 'index');
    return { kind: 'index', of, at: at?.type === 'decimal_integer_literal' ? text(at.text) : walk.visit(at) };
  },
  method_invocation: readCall,
  object_creation_expression: readCreation,
  array_creation_expression: child('value'),
  array_initializer: (walk, node) => ({
    kind: 'list',
    items: children(node).map((item) => located(walk, item)),
  }),
  method_reference: readReference,
  explicit_constructor_invocation: readSuperCall,
});

/** A switch whose rules are values; of a constant of an enumeration only the name can be told. */
function readSwitch(walk: Walker, node: SyntaxNode): Expr {
  const rules = children(field(node, 'body')).filter(({ type }) => type === 'switch_rule');
  const of = walk.visit(field(node, 'condition'));
  const isValue = rules.length > 0 && node.parent?.type !== 'expression_statement';
  if (!isValue) return walk.visitAll(field(node, 'body'));
  const cases = rules.map((rule): Case => {
    const [label, body] = children(rule);
    const is = children(label).flatMap((each) => (each.type === 'string_literal' ? [walk.visit(each)] : []));
    const value = body?.type === 'expression_statement' ? walk.visit(children(body)[0]) : walk.visit(body);
    return { is, value };
  });
  return chosenBy(of, cases);
}

function readForEach(walk: Walker, node: SyntaxNode): Expr {
  walk.to.block(() => {
    const of = walk.visit(field(node, 'value'));
    walk.to.declare(field(node, 'name')?.text ?? '', { kind: 'each', of });
    walk.visit(field(node, 'body'));
  });
  return unknown;
}

function readVariables(walk: Walker, node: SyntaxNode): Expr {
  for (const declarator of fields(node, 'declarator')) readVariable(walk, declarator, field(node, 'type'));
  return unknown;
}

function readVariable(walk: Walker, node: SyntaxNode, typeNode: SyntaxNode | undefined): Expr {
  const type = typeNode && typeNode.text !== 'var' ? walk.visit(typeNode) : undefined;
  const value = field(node, 'value');
  walk.to.declare(field(node, 'name')?.text ?? '', value && walk.visit(value), type);
  return unknown;
}

function readAssignment(walk: Walker, node: SyntaxNode): Expr {
  const left = field(node, 'left');
  const given = walk.visit(field(node, 'right'));
  const value = field(node, 'operator')?.text === '=' ? given : afterAdding(given);
  if (left?.type === 'identifier') {
    assignBare(walk, left.text, value);
  } else if (left?.type === 'field_access') {
    walk.to.write(walk.visit(field(left, 'object')), field(left, 'field')?.text ?? '', value);
  } else if (left) walk.visitAll(left);
  const right = field(node, 'right');
  if (right && /^(this\.)?rid$/.test(left?.text ?? '')) walk.to.mention('rid', { value, at: spanOf(right) });
  return value;
}

const adding: Adding = {
  add: 'items',
  addLast: 'items',
  addFirst: 'items',
  put: 'entry',
  putIfAbsent: 'entry',
  addAll: 'all',
  putAll: 'all',
};

function readCall(walk: Walker, node: SyntaxNode): Expr {
  const object = field(node, 'object');
  const name = field(node, 'name')?.text ?? '';
  // A loop over a map gives its entries.
  const each = object?.type === 'identifier' ? walk.to.eachOf(object.text) : undefined;
  if (each && name === 'getKey') return { ...each, key: true };
  if (each && name === 'getValue') return each;
  const of = object ? walk.visit(object) : readOwner(walk, name);
  const args = readArgs(walk, field(node, 'arguments'));
  readMentions(walk.to, name, args);
  const bare = object === undefined && { bare: true };
  const callee: Expr = of ? { kind: 'member', of, name, ...bare } : walk.to.name(name);
  readAdding(walk, callee, args, adding);
  const result = walk.to.call(callee, args, node);
  const [other] = args;
  // `a.equals(b)` is a condition, and no name.
  return of && other && /^equals(IgnoreCase)?$/.test(name) ? tested('==', [of, other.value]) : result;
}

/** A bare name that nothing in the file declares is a method of the class or of its bases. */
function readOwner(walk: Walker, name: string): Expr | undefined {
  const { cls } = walk.to;
  return cls === undefined || walk.to.isDeclared(name) ? undefined : { kind: 'self', cls };
}

function readCreation(walk: Walker, node: SyntaxNode): Expr {
  const type = walk.visit(field(node, 'type'));
  const args = readArgs(walk, field(node, 'arguments'));
  const body = children(node).find(({ type: kind }) => kind === 'class_body');
  if (body) readAnonymousClass(walk, body, type);
  return walk.to.call(type, args, node, true);
}

/** `object::method` */
function readReference(walk: Walker, node: SyntaxNode): Expr {
  const [of, name] = children(node);
  return { kind: 'member', of: walk.visit(of), name: name?.text ?? '' };
}

/** `super(…)` is a construction of the base class. */
function readSuperCall(walk: Walker, node: SyntaxNode): Expr {
  const args = readArgs(walk, field(node, 'arguments'));
  return field(node, 'constructor')?.type === 'super' ? callBase(walk, args, node) : unknown;
}

function readArgs(walk: Walker, list: SyntaxNode | undefined): Argument[] {
  return children(list)
    .filter(({ type }) => !type.endsWith('comment'))
    .map((arg) => located(walk, arg));
}

/** The text of a literal; that of a text block has lost its indentation, which no name has. */
function javaString(node: SyntaxNode): string {
  return node.text.startsWith('"""')
    ? unescape(node.text.slice(3, -3)).trim()
    : unescape(node.text.slice(1, -1));
}
