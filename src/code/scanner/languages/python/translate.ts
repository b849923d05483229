import type { Argument, Entry, Expr } from '../../outline/outline';
import { afterAdding, text, unknown } from '../../evaluate/expressions';
import type { OutlineBuilder } from '../../outline/outlineBuilder';
import type { SyntaxNode } from '../../outline/syntax';
import { children, field, spanOf } from '../../outline/walk';
import { type Adding, addAll, clientRecord, keyOf, located, readAdding } from '../collections';
import { bind, callBase } from '../declared';
import {
  binary,
  choice,
  readFirst,
  readIf,
  readName,
  readNot,
  readNull,
  readReturn,
  readYield,
  tested,
} from '../readers';
import { TreeWalker, readersOf } from '../treeWalker';
import type { Walker } from '../walker';
import { readAssignment } from './assignments';
import { readClass, readDecorated, readFunction } from './definitions';
import { readImport, readImportFrom } from './imports';
import { destructure, readEach } from './patterns';
import { readString } from './strings';

/** Translates a top-level statement of a Python file. */
export function translatePython(node: SyntaxNode, builder: OutlineBuilder): void {
  new PythonWalker(builder).visit(node);
  const { exports, scopes } = builder.outline;
  for (const name of Object.keys(scopes[0]?.names ?? {})) exports[name] = { kind: 'name', name, scope: 0 };
}

const readers = readersOf<PythonWalker>({
  none: readNull,
  identifier: readName,
  string: readString,
  concatenated_string: (walk, node) => ({
    kind: 'concat',
    items: children(node).map((child) => walk.visit(child)),
  }),
  attribute: readAttribute,
  subscript: readSubscript,
  binary_operator: readBinary,
  boolean_operator: binary({ or: 'either' }),
  comparison_operator: (walk, node) => {
    const items = children(node).map((part) => walk.visit(part));
    const operators = node.children.flatMap((part) => (part && !part.isNamed ? [part.text] : []));
    return items.length === 2 ? tested(operators.join(' '), items) : unknown;
  },
  not_operator: readNot,
  if_statement: readIf,
  yield: readYield,
  conditional_expression: (walk, node) => {
    const [then, condition, otherwise] = children(node);
    const when = walk.visit(condition);
    return choice(when, [walk.visit(then), walk.visit(otherwise)]);
  },
  'await parenthesized_expression type': readFirst,
  call: readCall,
  'list tuple set expression_list': (walk, node) => ({
    kind: 'list',
    items: children(node).map((item) => located(walk, item)),
  }),
  dictionary: readDictionary,
  lambda: (walk, node) => ({ kind: 'function', fn: readFunction(walk, node, '') }),
  'list_comprehension generator_expression set_comprehension dictionary_comprehension': readComprehension,
  assignment: readAnyAssignment,
  augmented_assignment: (walk, node) => {
    const left = field(node, 'left');
    const added = walk.visit(field(node, 'right'));
    // `self.routes += […]`
    const isPlus = node.children.some((child) => child?.type === '+=');
    const isList = isPlus && (added.kind === 'list' || added.kind === 'call' || added.kind === 'member');
    if (isList && left?.type !== 'identifier') addAll(walk, walk.visit(left), added);
    else if (isList && left && added.kind === 'list') addAll(walk, walk.visit(left), added);
    else if (left) destructure(walk, left, afterAdding(added));
    return unknown;
  },
  named_expression: (walk, node) => {
    const value = walk.visit(field(node, 'value'));
    bind(walk, field(node, 'name')?.text ?? '', value);
    return value;
  },
  'global_statement nonlocal_statement': (walk, node) => {
    for (const name of children(node)) walk.outer.add(`${walk.to.fn} ${name.text}`);
    return unknown;
  },
  for_statement: (walk, node) => {
    walk.to.block(() => {
      readEach(walk, node);
      for (const child of children(node).slice(2)) walk.visit(child);
    });
    return unknown;
  },
  as_pattern: readAs,
  return_statement: readReturn,
  decorated_definition: readDecorated,
  function_definition: (walk, node) => {
    const name = field(node, 'name')?.text ?? '';
    bind(walk, name, { kind: 'function', fn: readFunction(walk, node, name) });
    return unknown;
  },
  class_definition: readClass,
  import_statement: readImport,
  import_from_statement: readImportFrom,
});

class PythonWalker extends TreeWalker {
  protected readonly readers = readers;
  /** The names that functions assign to outside of themselves, by function. */
  readonly outer = new Set<string>();
}

function readAttribute(walk: Walker, node: SyntaxNode): Expr {
  const of = walk.visit(field(node, 'object'));
  const name = field(node, 'attribute')?.text ?? '';
  // What its class has is a member of the object too.
  if (name === '__class__') return of;
  // The value of a member of an enumeration is what is assigned to it.
  const isOfEnum =
    name === 'value' && /^[\w.]*\b[A-Z]\w*\.[A-Z][A-Z0-9_]*$/.test(field(node, 'object')?.text ?? '');
  return isOfEnum ? of : { kind: 'member', of, name };
}

function readSubscript(walk: Walker, node: SyntaxNode): Expr {
  const of = walk.visit(field(node, 'value'));
  const at = walk.visit(field(node, 'subscript'));
  const number = field(node, 'subscript');
  if (number?.type === 'integer') return { kind: 'index', of, at: text(number.text) };
  const isEnvironment = /^(os\.)?environ$/.test(field(node, 'value')?.text ?? '');
  if (isEnvironment && at.kind === 'text') return { kind: 'unknown', by: { env: at.text } };
  return { kind: 'index', of, at };
}

function readBinary(walk: Walker, node: SyntaxNode): Expr {
  const operator = field(node, 'operator')?.type;
  const right = field(node, 'right');
  const left = field(node, 'left');
  if (operator !== '%') {
    const items = [walk.visit(left), walk.visit(right)];
    return operator === '+' ? { kind: 'concat', items } : unknown;
  }
  if (!left || !right) return unknown;
  const values = right.type === 'tuple' ? children(right) : [right];
  return walk.to.call(
    { kind: 'name', name: '(%)', scope: 0 },
    [left, ...values].map((value) => located(walk, value)),
    node,
  );
}

const adding: Adding = {
  append: 'items',
  appendleft: 'items',
  add: 'items',
  extend: 'all',
  update: 'all',
  setdefault: 'entry',
};

function readCall(walk: Walker, node: SyntaxNode): Expr {
  const fn = field(node, 'function');
  const list = field(node, 'arguments');
  if (fn?.text === 'super') return walk.to.cls === undefined ? unknown : { kind: 'self', cls: walk.to.cls };
  const [only] = children(list);
  if (fn?.text === 'type' && only && children(list).length === 1) return walk.visit(only);
  const callee = walk.visit(fn);
  if (list?.type === 'generator_expression') return walk.to.call(callee, [located(walk, list)], node);
  const args = children(list).flatMap((arg) => readArgument(walk, arg));
  if (fn?.text === 'dict') {
    const named = args.flatMap(({ name, value, at }): Entry[] =>
      name === undefined ? [] : [{ key: name, keyAt: at, value, at }],
    );
    if (named.length === args.length) return { kind: 'record', entries: named };
  }
  readAdding(walk, callee, args, adding);
  const owner =
    fn && callee.kind === 'member' && callee.name === '__init__' ? field(fn, 'object') : undefined;
  // `super().__init__(…)`, `Base.__init__(self, …)`
  if (owner)
    return callBase(walk, callee.kind === 'member' && callee.of.kind === 'self' ? args : args.slice(1), node);
  return walk.to.call(callee, args, node);
}

function readArgument(walk: Walker, node: SyntaxNode): Argument[] {
  if (node.type === 'dictionary_splat') {
    walk.visitAll(node);
    return [];
  }
  if (node.type !== 'keyword_argument') return [located(walk, node)];
  const valueNode = field(node, 'value') ?? node;
  const name = field(node, 'name')?.text ?? '';
  const given = located(walk, valueNode);
  if (name === 'rid') walk.to.mention('rid', given);
  return [{ ...given, name }];
}

function readDictionary(walk: Walker, node: SyntaxNode): Expr {
  const entries: Entry[] = [];
  for (const pair of children(node)) {
    const keyNode = field(pair, 'key');
    const valueNode = field(pair, 'value');
    if (pair.type !== 'pair' || !keyNode || !valueNode) {
      walk.visitAll(pair);
      continue;
    }
    entries.push(walk.to.entry(keyOf(walk, keyNode), keyNode, walk.visit(valueNode), valueNode));
  }
  return clientRecord(walk, entries);
}

/** `[f(x) for x in y]` calls a function for each `x`. */
function readComprehension(walk: Walker, node: SyntaxNode): Expr {
  return readClauses(walk, node, children(node).slice(1));
}

function readClauses(walk: Walker, node: SyntaxNode, clauses: readonly SyntaxNode[]): Expr {
  const [first, ...rest] = clauses;
  const body = field(node, 'body');
  const isMap = body?.type === 'pair';
  if (!first || !body) return readPair(walk, body);
  if (first.type === 'if_clause') {
    walk.visitAll(first);
    return readClauses(walk, node, rest);
  }
  const over = field(first, 'right');
  const of = over && located(walk, over);
  const fn = walk.to.func('', () => {
    walk.to.param({ name: '(each)' });
    const left = field(first, 'left');
    if (left) destructure(walk, left, walk.to.name('(each)'), undefined, true);
    walk.to.returns(readClauses(walk, node, rest));
  });
  const isNested = rest.some(({ type }) => type === 'for_in_clause');
  const how = isMap ? '(dict map)' : isNested ? '(flat map)' : '(map)';
  const given: Argument = { value: { kind: 'function', fn }, at: spanOf(body) };
  return of ? walk.to.call({ kind: 'name', name: how, scope: 0 }, [of, given], node) : unknown;
}

/** What a comprehension makes: of a dictionary a key and its value. */
function readPair(walk: Walker, body: SyntaxNode | undefined): Expr {
  if (body?.type !== 'pair') return walk.visit(body);
  return { kind: 'list', items: children(body).map((part) => located(walk, part)) };
}

/** An assignment, which may be to a name that stands outside of the function. */
function readAnyAssignment(walk: PythonWalker, node: SyntaxNode): Expr {
  const left = field(node, 'left');
  if (left?.type !== 'identifier' || !walk.outer.has(`${walk.to.fn} ${left.text}`))
    return readAssignment(walk, node);
  const value = walk.visit(field(node, 'right'));
  walk.to.assign(left.text, value);
  return value;
}

/** `with x as y`, `except X as e` */
function readAs(walk: Walker, node: SyntaxNode): Expr {
  const value = walk.visit(children(node)[0]);
  const target = children(field(node, 'alias'))[0];
  if (target) destructure(walk, target, value);
  return value;
}
