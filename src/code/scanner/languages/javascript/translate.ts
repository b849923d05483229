import type { Argument, Entry, Expr } from '../../outline/outline';
import { text, unknown } from '../../evaluate/expressions';
import type { OutlineBuilder } from '../../outline/outlineBuilder';
import { readClass, readEnum, readKey } from './classes';
import { readFunction, readFunctionDeclaration, readNamed } from './functions';
import { readExport, readImport, readImportAlias, readNamespace } from './modules';
import { readAssignment, readAugmented, readLoop, readVariables } from './variables';
import { callBase } from '../declared';
import { type Adding, clientRecord, located, readAdding } from '../collections';
import {
  binary,
  readBlock,
  readConditional,
  readFirst,
  readIf,
  readLast,
  readName,
  readNot,
  readNothing,
  readNull,
  readReturn,
  readSelf,
  readYield,
  template,
} from '../readers';
import { readAlias, readInterface, readObjectType } from './interfaces';
import { readBy, readersOf } from '../treeWalker';
import type { Walker } from '../walker';
import type { SyntaxNode } from '../../outline/syntax';
import { children, field, spanOf } from '../../outline/walk';
import { jsString, unescape } from './literals';

/** Translates a top-level part of a JavaScript or TypeScript file, with or without JSX. */
export function translateJavaScript(node: SyntaxNode, builder: OutlineBuilder): void {
  readBy(readers, node, builder);
}

const readers = readersOf({
  'null undefined': readNull,
  'identifier type_identifier shorthand_property_identifier': readName,
  string: (_, node) => text(jsString(node.text)),
  template_string: template({
    string_fragment: (_, node) => text(node.text),
    escape_sequence: (_, node) => text(unescape(node.text)),
    template_substitution: readFirst,
  }),
  binary_expression: binary({ '+': 'concat', '||': 'either', '??': 'either' }),
  ternary_expression: readConditional,
  'parenthesized_expression non_null_expression as_expression satisfies_expression': readFirst,
  'await_expression export_specifier': readFirst,
  type_assertion: readLast,
  sequence_expression: (walk, node) =>
    children(node)
      .map((child) => walk.visit(child))
      .reduce((_, last) => last, unknown),
  'this super': readSelf,
  'member_expression nested_identifier nested_type_identifier': readMember,
  subscript_expression: readSubscript,
  call_expression: readCall,
  new_expression: (walk, node) =>
    walk.to.call(
      walk.visit(field(node, 'constructor')),
      readArgs(walk, field(node, 'arguments')),
      node,
      true,
    ),
  array: (walk, node) => ({ kind: 'list', items: children(node).map((item) => located(walk, item)) }),
  object: readObject,
  'arrow_function function_expression generator_function': (walk, node) => ({
    kind: 'function',
    fn: readFunction(walk, node, field(node, 'name')?.text ?? ''),
  }),
  'function_declaration generator_function_declaration': readFunctionDeclaration,
  'class_declaration abstract_class_declaration class': readClass,
  enum_declaration: readEnum,
  'lexical_declaration variable_declaration': readVariables,
  assignment_expression: readAssignment,
  augmented_assignment_expression: readAugmented,
  for_in_statement: readLoop,
  'statement_block for_statement switch_body': readBlock,
  return_statement: readReturn,
  if_statement: readIf,
  unary_expression: readNot,
  yield_expression: readYield,
  import_statement: readImport,
  import_alias: readImportAlias,
  export_statement: readExport,
  internal_module: readNamespace,
  interface_declaration: readInterface,
  type_alias_declaration: readAlias,
  'object_type intersection_type': readObjectType,
  type_annotation: readNothing,
});

/** Where a program finds its environment. */
const environment = /^(process|import\.meta|Bun)\.env$/;

function readMember(walk: Walker, node: SyntaxNode): Expr {
  const of = field(node, 'object') ?? field(node, 'module') ?? children(node)[0];
  const name = field(node, 'property') ?? field(node, 'name') ?? children(node).at(-1);
  // What its class has is a member of the object too.
  if (of?.type === 'this' && name?.text === 'constructor') return walk.visit(of);
  if (of && environment.test(of.text)) return { kind: 'unknown', by: { env: name?.text ?? '' } };
  return { kind: 'member', of: walk.visit(of), name: name?.text ?? '' };
}

function readSubscript(walk: Walker, node: SyntaxNode): Expr {
  const of = walk.visit(field(node, 'object'));
  const at = walk.visit(field(node, 'index'));
  if (at.kind !== 'text') return { kind: 'index', of, at };
  if (environment.test(field(node, 'object')?.text ?? '')) return { kind: 'unknown', by: { env: at.text } };
  return { kind: 'member', of, name: at.text };
}

const adding: Adding = { push: 'items', unshift: 'items', add: 'items', set: 'pair' };

function readCall(walk: Walker, node: SyntaxNode): Expr {
  const callee = walk.visit(field(node, 'function'));
  const list = field(node, 'arguments');
  // A tagged template: the tag receives the text.
  const isTag = list?.type === 'template_string';
  const args = isTag ? [located(walk, list)] : readArgs(walk, list);
  if (field(node, 'function')?.type === 'import') return unknown;
  if (field(node, 'function')?.type === 'super') return callBase(walk, args, node);
  readAdding(walk, callee, args, adding);
  return walk.to.call(callee, args, node, false, isTag);
}

function readArgs(walk: Walker, list: SyntaxNode | undefined): Argument[] {
  return children(list).map((arg) => located(walk, arg));
}

function readObject(walk: Walker, node: SyntaxNode): Expr {
  const entries: Entry[] = [];
  const spread: Argument[] = [];
  for (const child of children(node)) {
    if (child.type === 'spread_element')
      spread.push({ value: walk.visit(children(child)[0]), at: spanOf(child) });
    else if (child.type === 'shorthand_property_identifier') {
      entries.push(walk.to.entry(child.text, child, walk.visit(child), child));
    } else if (child.type === 'pair') {
      const keyNode = field(child, 'key') ?? child;
      const valueNode = field(child, 'value') ?? child;
      const key = readKey(walk, keyNode);
      entries.push(
        walk.to.entry(
          key,
          keyNode,
          readNamed(walk, valueNode, typeof key === 'string' ? key : ''),
          valueNode,
        ),
      );
    } else if (child.type === 'method_definition') {
      const keyNode = field(child, 'name') ?? child;
      const fn = readFunction(walk, child, keyNode.text);
      entries.push(walk.to.entry(readKey(walk, keyNode), keyNode, { kind: 'function', fn }, child));
    } else walk.visitAll(child);
  }
  const own = clientRecord(walk, entries);
  if (spread.length === 0) return own;
  const assign: Expr = { kind: 'member', of: { kind: 'name', name: 'Object', scope: 0 }, name: 'assign' };
  return walk.to.call(assign, [...spread, { value: own, at: spanOf(node) }], node);
}
