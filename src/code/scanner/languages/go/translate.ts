import type { Argument, Expr } from '../../outline/outline';
import { afterAdding, text, unknown } from '../../evaluate/expressions';
import type { OutlineBuilder } from '../../outline/outlineBuilder';
import type { SyntaxNode } from '../../outline/syntax';
import { children, field, fields, spanOf } from '../../outline/walk';
import { addEntry, addItems } from '../collections';
import { binary, child, member, not, readBlock, readFirst, readIf, readName, readNull } from '../readers';
import { readBy, readersOf } from '../treeWalker';
import type { Walker } from '../walker';
import { readComposite, readItem } from './composites';
import { readFunction, readFunctionDeclaration, readMethod } from './functions';
import { goString } from './literals';
import { readTypeSpec } from './types';

/** Translates a top-level part of a Go file. */
export function translateGo(node: SyntaxNode, builder: OutlineBuilder): void {
  if (node.type === 'package_clause') builder.outline.unit = children(node)[0]?.text ?? '';
  else readBy(readers, node, builder);
}

const readers = readersOf({
  import_spec: readImport,
  'const_spec var_spec': (walk, node) =>
    readDeclaration(walk, fields(node, 'name'), field(node, 'value'), field(node, 'type')),
  short_var_declaration: (walk, node) =>
    readDeclaration(walk, children(field(node, 'left')), field(node, 'right'), undefined),
  range_clause: readRange,
  assignment_statement: readAssignment,
  'type_spec type_alias': readTypeSpec,
  function_declaration: readFunctionDeclaration,
  method_declaration: readMethod,
  func_literal: (walk, node) => ({ kind: 'function', fn: readFunction(walk, node, '') }),
  'block for_statement expression_case type_case default_case': readBlock,
  if_statement: (walk, node) => {
    walk.to.block(() => readIf(walk, node));
    return unknown;
  },
  communication_case: readBlock,
  return_statement: (walk, node) => {
    // Only the first of several results can be a name.
    for (const [index, child] of children(children(node)[0]).entries()) {
      const value = walk.visit(child);
      if (index === 0) walk.to.returns(value);
    }
    return unknown;
  },
  nil: readNull,
  'identifier type_identifier package_identifier': readName,
  'interpreted_string_literal raw_string_literal': (_, node) => text(goString(node.text)),
  binary_expression: binary({ '+': 'concat' }),
  'parenthesized_expression parenthesized_type pointer_type literal_element': readFirst,
  unary_expression: (walk, node) => {
    const value = walk.visit(field(node, 'operand'));
    return field(node, 'operator')?.type === '!' ? not(value) : value;
  },
  selector_expression: member('operand', 'field'),
  qualified_type: member('package', 'name'),
  generic_type: child('type'),
  index_expression: (walk, node) => ({
    kind: 'index',
    of: walk.visit(field(node, 'operand')),
    at: walk.visit(field(node, 'index')),
  }),
  call_expression: readCall,
  type_conversion_expression: readConversion,
  type_assertion_expression: child('operand'),
  composite_literal: readComposite,
});

function readImport(walk: Walker, node: SyntaxNode): Expr {
  const from = goString(field(node, 'path')?.text ?? '');
  const name = field(node, 'name')?.text;
  if (from !== '' && name !== '_' && name !== '.') walk.to.import(name ?? packageName(from), from);
  return unknown;
}

function readDeclaration(
  walk: Walker,
  names: readonly SyntaxNode[],
  values: SyntaxNode | undefined,
  type: SyntaxNode | undefined,
): Expr {
  const declared = type && walk.visit(type);
  const given = children(values).map((value) => readNamed(walk, value, names));
  // `name := name`: the value is that of the variable outside of the block.
  if (names.some(({ text: own }) => walk.to.isOuter(own) && mentions(values, own))) walk.to.shadow();
  for (const [index, name] of names.entries()) {
    // `a, b := f()`: the first takes the result that matters.
    const value = index < given.length ? given[index] : values ? unknown : undefined;
    if (name.text !== '_') walk.to.declare(name.text, value, declared);
  }
  return unknown;
}

function mentions(values: SyntaxNode | undefined, name: string): boolean {
  return new RegExp(`\\b${name}\\b`).test(values?.text ?? '');
}

/** A function literal bears the name of the variable that it is given to. */
function readNamed(walk: Walker, value: SyntaxNode, names: readonly SyntaxNode[]): Expr {
  if (value.type === 'func_literal')
    return { kind: 'function', fn: readFunction(walk, value, names[0]?.text ?? '') };
  return walk.visit(value);
}

function readRange(walk: Walker, node: SyntaxNode): Expr {
  const of = walk.visit(field(node, 'right'));
  const [key, value] = children(field(node, 'left'));
  if (key && key.text !== '_') walk.to.declare(key.text, { kind: 'each', of, key: true });
  if (value && value.text !== '_') walk.to.declare(value.text, { kind: 'each', of });
  return unknown;
}

function readAssignment(walk: Walker, node: SyntaxNode): Expr {
  const targets = children(field(node, 'left'));
  const values = children(field(node, 'right')).map((value) => walk.visit(value));
  const plain = node.children.some((child) => child?.type === '=');
  for (const [index, target] of targets.entries()) {
    const given = values[index] ?? unknown;
    const value = plain ? given : afterAdding(given);
    const appended = plain && appendedTo(walk, target, field(node, 'right'), given);
    if (appended) addItems(walk, walk.visit(target), appended);
    else if (target.type === 'identifier') walk.to.assign(target.text, value);
    else if (target.type === 'selector_expression') {
      walk.to.write(walk.visit(field(target, 'operand')), field(target, 'field')?.text ?? '', value);
    } else if (target.type === 'index_expression') {
      const of = walk.visit(field(target, 'operand'));
      const key = field(target, 'index');
      const at = children(field(node, 'right'))[index];
      if (key && at) addEntry(walk, of, readItem(walk, key), { value, at: spanOf(at) });
    } else walk.visit(target);
  }
  return unknown;
}

/** What `list = append(list, …)` adds to the list. */
function appendedTo(
  walk: Walker,
  target: SyntaxNode,
  right: SyntaxNode | undefined,
  given: Expr,
): readonly Argument[] | undefined {
  const [call, ...others] = children(right);
  const isAppend = others.length === 0 && given.kind === 'call' && field(call, 'function')?.text === 'append';
  if (!isAppend || children(field(call, 'arguments'))[0]?.text !== target.text) return undefined;
  return walk.to.outline.calls[given.call]?.args.slice(1);
}

/** `T(x)`, or the call `f[T](x)`, which looks the same. */
function readConversion(walk: Walker, node: SyntaxNode): Expr {
  const type = field(node, 'type');
  const operand = field(node, 'operand');
  if (type?.type !== 'generic_type' || !operand) return walk.visit(operand);
  return walk.to.call(walk.visit(type), [readItem(walk, operand)], node);
}

function readCall(walk: Walker, node: SyntaxNode): Expr {
  const of = field(node, 'function');
  // `f[T](…)` looks like a call of an item; of a list, nothing is known of that anyway.
  const isIndexed = of?.type === 'index_expression';
  const callee = walk.visit(isIndexed ? field(of, 'operand') : of);
  if (isIndexed) walk.visit(field(of, 'index'));
  const args: Argument[] = children(field(node, 'arguments')).map((arg) => readItem(walk, arg));
  return walk.to.call(callee, args, node);
}

/** The name that an import gives to a package when the code gives none. */
function packageName(path: string): string {
  const parts = path.split('/');
  const last = parts.at(-1) ?? '';
  // `…/v2` is a version, not a name; `go-res` holds package res.
  const name = /^v\d+$/.test(last) && parts.length > 1 ? (parts.at(-2) ?? '') : last;
  return name.replace(/\.v\d+$/, '').replace(/^go-|[-.]go$/g, '');
}
