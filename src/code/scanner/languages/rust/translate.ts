import type { Expr } from '../../outline/outline';
import { afterAdding, nothing, text, unknown } from '../../evaluate/expressions';
import type { OutlineBuilder } from '../../outline/outlineBuilder';
import type { SyntaxNode } from '../../outline/syntax';
import { field } from '../../outline/walk';
import { readModule, readUse } from './imports';
import { readFunction, readImpl, readStruct, readStructValue, readTrait } from './items';
import { rustString } from './literals';
import { readMacro } from './macros';
import { declarePattern } from './patterns';
import { type Module, ownerNamed, parts, readPath, readType, type RustWalker, typeName } from './walker';
import { writeTo } from '../declared';
import { type Adding, located, readAdding } from '../collections';
import { binary, child, choice, chosenBy, member, not, readNothing, tested, type Case } from '../readers';
import { TreeWalker, readersOf } from '../treeWalker';

/** Translates a top-level item of a Rust file. */
export function translateRust(node: SyntaxNode, builder: OutlineBuilder): void {
  // What a file declares can be used by others under its path; nothing is seen without one.
  builder.outline.unit = '';
  new RustTreeWalker(builder).visit(node);
}

const readers = readersOf<RustWalker>({
  'identifier self': (walk, node) => (node.text === 'None' ? nothing : walk.to.name(node.text)),
  type_identifier: (walk, node) => typeName(walk, node.text),
  scoped_identifier: (walk, node) =>
    field(node, 'path')?.text === 'Self'
      ? { kind: 'member', of: ownerNamed(walk, 'Self'), name: field(node, 'name')?.text ?? '' }
      : readPath(walk, node),
  'string_literal raw_string_literal': (_, node) => text(rustString(node.text)),
  binary_expression: binary({ '+': 'concat' }),
  reference_expression: child('value'),
  'try_expression await_expression parenthesized_expression unary_expression': readLastPart,
  'async_block unsafe_block': readLastPart,
  type_cast_expression: child('value'),
  field_expression: member('value', 'field'),
  generic_function: child('function'),
  index_expression: (walk, node) => {
    const [of, at] = parts(node);
    const value = walk.visit(of);
    if (at?.type === 'range_expression') return value;
    return { kind: 'index', of: value, at: at?.type === 'integer_literal' ? text(at.text) : walk.visit(at) };
  },
  call_expression: readCall,
  macro_invocation: (walk, node) => {
    const tree = parts(node).at(-1);
    return readMacro(walk, field(node, 'macro')?.text ?? '', tree?.type === 'token_tree' ? tree : undefined);
  },
  'array_expression tuple_expression': (walk, node) => ({
    kind: 'list',
    items: parts(node).map((item) => located(walk, item)),
  }),
  struct_expression: readStructValue,
  closure_expression: (walk, node) => ({ kind: 'function', fn: readFunction(walk, node, '') }),
  block: readBlock,
  if_expression: readIf,
  else_clause: (walk, node) => walk.visit(parts(node)[0]),
  while_expression: (walk, node) => {
    walk.to.block(() => {
      walk.visit(field(node, 'condition'));
      walk.visit(field(node, 'body'));
    });
    return unknown;
  },
  let_condition: (walk, node) => {
    const pattern = field(node, 'pattern');
    const of = walk.visit(field(node, 'value'));
    declarePattern(walk, pattern, of);
    return isSome(pattern) ? not(tested('==', [of, nothing])) : unknown;
  },
  match_expression: readMatch,
  for_expression: (walk, node) => {
    walk.to.block(() => {
      const of = walk.visit(field(node, 'value'));
      declarePattern(walk, field(node, 'pattern'), { kind: 'each', of });
      walk.visit(field(node, 'body'));
    });
    return unknown;
  },
  let_declaration: readLet,
  'const_item static_item': (walk, node) => {
    const type = readType(walk, field(node, 'type'));
    const value = walk.visit(field(node, 'value'));
    walk.to.declare(field(node, 'name')?.text ?? '', value, type.kind === 'unknown' ? undefined : type);
    return unknown;
  },
  assignment_expression: readAssignment,
  compound_assignment_expr: (walk, node) => {
    const added = walk.visit(field(node, 'right'));
    const left = field(node, 'left');
    if (left?.type === 'identifier') walk.to.assign(left.text, afterAdding(added));
    return unknown;
  },
  return_expression: (walk, node) => {
    walk.to.returns(walk.visit(parts(node)[0]));
    return unknown;
  },
  expression_statement: (walk, node) => {
    const value = walk.visit(parts(node)[0]);
    return node.text.endsWith(';') ? unknown : value;
  },
  function_item: (walk, node) => {
    const name = field(node, 'name')?.text ?? '';
    walk.to.declare(name, { kind: 'function', fn: readFunction(walk, node, name) });
    return unknown;
  },
  'struct_item enum_item': readStruct,
  impl_item: readImpl,
  trait_item: readTrait,
  mod_item: readModule,
  use_declaration: readUse,
  'attribute_item macro_definition token_tree': readNothing,
});

class RustTreeWalker extends TreeWalker implements RustWalker {
  protected readonly readers = readers;
  selfType: string | undefined;
  module: Module = { path: [], inner: new Set() };

  override visitAll(node: SyntaxNode | undefined): Expr {
    for (const child of parts(node)) this.visit(child);
    return unknown;
  }
}

function readLastPart(walk: RustWalker, node: SyntaxNode): Expr {
  return walk.visit(parts(node).at(-1));
}

const adding: Adding = { push: 'items', push_back: 'items', insert: 'pair', extend: 'all' };

function readCall(walk: RustWalker, node: SyntaxNode): Expr {
  const callee = walk.visit(field(node, 'function'));
  const args = parts(field(node, 'arguments')).map((arg) => located(walk, arg));
  readAdding(walk, callee, args, adding);
  return walk.to.call(callee, args, node);
}

function readBlock(walk: RustWalker, node: SyntaxNode): Expr {
  let value: Expr = unknown;
  walk.to.block(() => {
    for (const child of parts(node)) value = walk.visit(child);
  });
  return value;
}

function readIf(walk: RustWalker, node: SyntaxNode): Expr {
  const items: Expr[] = [];
  let when: Expr = unknown;
  walk.to.block(() => {
    when = walk.visit(field(node, 'condition'));
    walk.to.on(when, () => {
      items.push(walk.visit(field(node, 'consequence')));
    });
  });
  const otherwise = field(node, 'alternative');
  walk.to.on(not(when), () => {
    if (otherwise) items.push(walk.visit(otherwise));
  });
  return items.length > 1 ? choice(when, items) : { kind: 'either', items };
}

function readMatch(walk: RustWalker, node: SyntaxNode): Expr {
  const of = walk.visit(field(node, 'value'));
  const cases: Case[] = [];
  const some: Case[] = [];
  for (const arm of parts(field(node, 'body'))) {
    walk.to.block(() => {
      const pattern = field(arm, 'pattern');
      declarePattern(walk, pattern, of);
      const value = walk.visit(field(arm, 'value'));
      if (isSome(pattern)) some.push({ is: [], value });
      else cases.push({ is: textsIn(walk, pattern), value });
    });
  }
  // What there is, is no `None`.
  return chosenBy(of, [...cases, ...some]);
}

function isSome(pattern: SyntaxNode | undefined): boolean {
  const inner = pattern?.type === 'match_pattern' ? parts(pattern)[0] : pattern;
  return inner?.type === 'tuple_struct_pattern' && field(inner, 'type')?.text === 'Some';
}

/** The texts that a pattern compares with, or `None`. */
function textsIn(walk: RustWalker, pattern: SyntaxNode | undefined): Expr[] {
  const [inner, ...others] = parts(pattern);
  if (pattern?.type === 'string_literal') return [walk.visit(pattern)];
  if (pattern?.text === 'None') return [nothing];
  if (!inner || !/^(match|or)_pattern$/.test(pattern?.type ?? '')) return [];
  const all = [inner, ...others].map((each) => textsIn(walk, each));
  return all.every((each) => each.length > 0) ? all.flat() : [];
}

function readLet(walk: RustWalker, node: SyntaxNode): Expr {
  const type = readType(walk, field(node, 'type'));
  const pattern = field(node, 'pattern');
  const valueNode = field(node, 'value');
  const value: Expr =
    valueNode?.type === 'closure_expression'
      ? { kind: 'function', fn: readFunction(walk, valueNode, pattern?.text ?? '') }
      : walk.visit(valueNode);
  walk.visit(field(node, 'alternative'));
  const declared = type.kind === 'unknown' ? undefined : type;
  // Each `let` declares another variable, whose value can be made of the one before it.
  if (pattern?.type === 'identifier' && walk.to.isDeclared(pattern.text)) walk.to.shadow();
  if (pattern?.type === 'identifier') walk.to.declare(pattern.text, valueNode && value, declared);
  else declarePattern(walk, pattern, value, declared);
  return unknown;
}

function readAssignment(walk: RustWalker, node: SyntaxNode): Expr {
  const value = walk.visit(field(node, 'right'));
  const left = field(node, 'left');
  if (left?.type === 'identifier') walk.to.assign(left.text, value);
  else writeTo(walk, walk.visit(left), value, field(node, 'right'));
  return unknown;
}
