import type { Expr } from '../../outline/outline';
import { afterAdding, text, unknown } from '../../evaluate/expressions';
import type { OutlineBuilder } from '../../outline/outlineBuilder';
import type { SyntaxNode } from '../../outline/syntax';
import { children, field, spanOf } from '../../outline/walk';
import { addEntry, addItems, keyOf, located } from '../collections';
import { bind, callBase, writeTo } from '../declared';
import {
  binary,
  child,
  choice,
  readFirst,
  readIf,
  readName,
  readNot,
  readNull,
  readReturn,
  readYield,
} from '../readers';
import { readBy, readersOf } from '../treeWalker';
import type { Walker } from '../walker';
import { readArgs, readArray, readMatch } from './expressions';
import { readClass, readFunction } from './definitions';
import { qualified, readUse } from './names';
import { plainText, readString } from './strings';

/** Translates a top-level statement of a PHP file. */
export function translatePhp(node: SyntaxNode, builder: OutlineBuilder): void {
  builder.outline.unit = node.type === 'namespace_definition' ? (field(node, 'name')?.text ?? '') : undefined;
  if (builder.outline.unit === undefined) delete builder.outline.unit;
  // Files without a namespace share one too.
  if (node.type === 'php_tag') builder.outline.unit = '';
  readBy(readers, node, builder);
}

const readers = readersOf({
  null: readNull,
  'name variable_name': readName,
  qualified_name: (walk, node) => qualified(walk, node.text),
  // What is called `static` is the object's own class, whose constants are members of the object too.
  relative_scope: ({ to: { cls } }, node) =>
    cls === undefined ? unknown : { kind: node.text === 'static' ? 'self' : 'class', cls },
  'string encapsed_string heredoc nowdoc': readString,
  binary_expression: binary({ '.': 'concat', '??': 'either' }),
  conditional_expression: (walk, node) => {
    const condition = walk.visit(field(node, 'condition'));
    const then = field(node, 'body');
    const otherwise = walk.visit(field(node, 'alternative'));
    return choice(condition, [then ? walk.visit(then) : condition, otherwise]);
  },
  match_expression: readMatch,
  if_statement: readIf,
  unary_op_expression: readNot,
  yield_expression: (walk, node) => {
    const [value] = children(node);
    if (value?.type !== 'array_element_initializer') return readYield(walk, node);
    const [key, given] = children(value);
    if (key && given) walk.to.yieldsEntry(walk.to.entry(keyOf(walk, key), key, walk.visit(given), given));
    else if (key) walk.to.yields(located(walk, key));
    return unknown;
  },
  'parenthesized_expression clone_expression by_ref': readFirst,
  cast_expression: child('value'),
  'member_access_expression nullsafe_member_access_expression': readMember,
  scoped_property_access_expression: (walk, node) => ({
    kind: 'member',
    of: walk.visit(field(node, 'scope')),
    name: (field(node, 'name')?.text ?? '').replace(/^\$/, ''),
  }),
  class_constant_access_expression: (walk, node) => {
    const [of, name] = children(node);
    const value = walk.visit(of);
    return name?.text === 'class' ? unknown : { kind: 'member', of: value, name: name?.text ?? '' };
  },
  subscript_expression: (walk, node) => {
    const [of, at] = children(node);
    const value = walk.visit(of);
    const key: Expr = at?.type === 'integer' ? text(at.text) : walk.visit(at);
    if (/^\$_(ENV|SERVER)$/.test(of?.text ?? '') && key.kind === 'text')
      return { kind: 'unknown', by: { env: key.text } };
    return { kind: 'index', of: value, at: key };
  },
  function_call_expression: readCall,
  'member_call_expression nullsafe_member_call_expression': (walk, node) =>
    readMethodCall(walk, node, walk.visit(field(node, 'object'))),
  scoped_call_expression: readScopedCall,
  object_creation_expression: readCreation,
  array_creation_expression: readArray,
  'anonymous_function anonymous_function_creation_expression arrow_function': (walk, node) => ({
    kind: 'function',
    fn: readFunction(walk, node, ''),
  }),
  'assignment_expression reference_assignment_expression': readAssignment,
  augmented_assignment_expression: (walk, node) => {
    readAssign(walk, field(node, 'left'), afterAdding(walk.visit(field(node, 'right'))));
    return unknown;
  },
  foreach_statement: readForeach,
  return_statement: readReturn,
  const_declaration: (walk, node) => {
    for (const element of children(node)) {
      const [name, value] = children(element);
      if (element.type === 'const_element' && name) walk.to.declare(name.text, walk.visit(value));
    }
    return unknown;
  },
  function_definition: (walk, node) => {
    const name = field(node, 'name')?.text ?? '';
    walk.to.declare(name, { kind: 'function', fn: readFunction(walk, node, name) });
    return unknown;
  },
  'class_declaration anonymous_class interface_declaration trait_declaration': readClass,
  enum_declaration: readClass,
  namespace_definition: (walk, node) => walk.visitAll(field(node, 'body')),
  namespace_use_declaration: readUse,
  'require_expression require_once_expression include_expression': readRequire,
  include_once_expression: readRequire,
});

function readMember(walk: Walker, node: SyntaxNode): Expr {
  const of = walk.visit(field(node, 'object'));
  return { kind: 'member', of, name: field(node, 'name')?.text ?? '' };
}

function readCall(walk: Walker, node: SyntaxNode): Expr {
  const fn = field(node, 'function');
  const args = readArgs(walk, field(node, 'arguments'));
  const [name, value] = args;
  if (fn?.text === 'define' && name?.value.kind === 'text' && value)
    walk.to.declare(name.value.text, value.value, undefined, 0);
  if (fn?.text === 'array_push' && name) addItems(walk, name.value, args.slice(1));
  return walk.to.call(walk.visit(fn), args, node);
}

function readMethodCall(walk: Walker, node: SyntaxNode, of: Expr): Expr {
  const nameNode = field(node, 'name');
  if (nameNode && nameNode.type !== 'name') walk.visit(nameNode);
  const callee: Expr = { kind: 'member', of, name: nameNode?.type === 'name' ? nameNode.text : '' };
  return walk.to.call(callee, readArgs(walk, field(node, 'arguments')), node);
}

/** `Name::method(…)`; what `parent::` calls works on the same object. */
function readScopedCall(walk: Walker, node: SyntaxNode): Expr {
  const scope = field(node, 'scope');
  const { cls } = walk.to;
  if (scope?.text !== 'parent' || cls === undefined) return readMethodCall(walk, node, walk.visit(scope));
  if (field(node, 'name')?.text === '__construct')
    return callBase(walk, readArgs(walk, field(node, 'arguments')), node);
  return readMethodCall(walk, node, { kind: 'self', cls });
}

function readCreation(walk: Walker, node: SyntaxNode): Expr {
  const [type, ...rest] = children(node);
  const list = rest.find((child) => child.type === 'arguments');
  const callee = walk.visit(type);
  return walk.to.call(callee, readArgs(walk, list), node, true);
}

function readAssignment(walk: Walker, node: SyntaxNode): Expr {
  const right = field(node, 'right');
  const left = field(node, 'left');
  const isFunction = right?.type === 'anonymous_function' || right?.type === 'arrow_function';
  const value: Expr = isFunction
    ? { kind: 'function', fn: readFunction(walk, right, left?.text ?? '') }
    : walk.visit(right);
  readAssign(walk, left, value, right);
  return value;
}

function readAssign(
  walk: Walker,
  left: SyntaxNode | undefined,
  value: Expr,
  node?: SyntaxNode,
  isOfLoop = false,
): void {
  if (!left) return;
  if (left.type === 'variable_name') bind(walk, left.text, value, undefined, isOfLoop);
  else if (left.type === 'list_literal' || left.type === 'array_creation_expression') {
    for (const [index, child] of children(left).entries()) {
      const target = child.type === 'array_element_initializer' ? children(child).at(-1) : child;
      readAssign(walk, target, { kind: 'index', of: value, at: text(String(index)) }, undefined, isOfLoop);
    }
  } else {
    const target = walk.visit(left);
    const [of, key] = left.type === 'subscript_expression' ? children(left) : [];
    writeTo(walk, target, value, node);
    if (target.kind !== 'index' || !of || !node) return;
    const given = { value, at: spanOf(node) };
    if (key) addEntry(walk, target.of, { value: target.at, at: spanOf(key) }, given);
    else addItems(walk, target.of, [given]);
  }
}

function readForeach(walk: Walker, node: SyntaxNode): Expr {
  const [collection, target] = children(node);
  const of = walk.visit(collection);
  walk.to.block(() => {
    if (target?.type === 'pair') {
      const [key, value] = children(target);
      readAssign(walk, key, { kind: 'each', of, key: true }, undefined, true);
      readAssign(walk, value, { kind: 'each', of }, undefined, true);
    } else readAssign(walk, target, { kind: 'each', of }, undefined, true);
    walk.visit(field(node, 'body'));
  });
  return unknown;
}

/** `require __DIR__ . '/names.php'` makes all names of that file known. */
function readRequire(walk: Walker, node: SyntaxNode): Expr {
  const [pathNode] = children(node);
  const path = walk.visit(pathNode);
  const last = path.kind === 'concat' ? path.items.at(-1) : path;
  const file = last && plainText(last);
  if (file?.endsWith('.php') === true)
    walk.to.outline.opened.push(file.startsWith('/') ? `.${file}` : `./${file}`);
  return unknown;
}
