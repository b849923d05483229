import type { Class, Expr } from '../../outline/outline';
import { lastName, oneOf, unknown } from '../../evaluate/expressions';
import type { SyntaxNode } from '../../outline/syntax';
import { children, field, spanOf } from '../../outline/walk';
import { addParam, bind, fieldOf, onlyPromises, readBody } from '../declared';
import type { Walker } from '../walker';
import { destructure } from './patterns';
import { readType } from './types';

/** A function or class under decorators: each of them is called with it. */
export function readDecorated(walk: Walker, node: SyntaxNode): Expr {
  const definition = field(node, 'definition');
  const decorators = readDecorators(walk, node);
  return definition?.type === 'class_definition'
    ? readClass(walk, definition, undefined, decorators)
    : walk.visit(definition);
}

function readDecorators(walk: Walker, node: SyntaxNode): string[] {
  return children(node).flatMap((child) => {
    if (child.type !== 'decorator') return [];
    const inner = children(child)[0];
    const value = walk.visit(inner);
    if (value.kind === 'call' && inner) walk.to.mention('decorator', { value, at: spanOf(inner) });
    return [inner?.text ?? ''];
  });
}

/** A function or lambda; one that is a method works on an instance of its class, which isn't passed. */
export function readFunction(
  walk: Walker,
  node: SyntaxNode,
  name: string,
  cls?: number,
  decorators: readonly string[] = [],
): number {
  return walk.to.func(
    name,
    (fn) => {
      const [first, ...rest] = children(field(node, 'parameters'));
      const isMethod = cls !== undefined && !decorators.includes('staticmethod') && first !== undefined;
      if (isMethod) {
        const kind = decorators.includes('classmethod') ? 'class' : 'self';
        walk.to.declare(nameOf(first), { kind, cls });
      }
      for (const param of isMethod || !first ? rest : [first, ...rest]) readParam(walk, param);
      const result = readType(walk, field(node, 'return_type'));
      if (result.kind !== 'unknown') fn.result = result;
      readBody(walk, field(node, 'body'), ['block']);
    },
    cls,
  );
}

function readParam(walk: Walker, node: SyntaxNode): void {
  // `*` and `/` only divide the list.
  if (node.type === 'keyword_separator' || node.type === 'positional_separator') return;
  const name = nameOf(node);
  // What gathers arguments by their names holds none of them by itself.
  if (name.startsWith('**')) {
    walk.to.declare(name.slice(2), unknown);
    return;
  }
  if (name.startsWith('*')) {
    walk.to.param({ name: name.slice(1), isRest: true });
    return;
  }
  const type = readType(walk, field(node, 'type'));
  const fallbackNode = field(node, 'value');
  const fallback = fallbackNode && walk.visit(fallbackNode);
  addParam(walk, name, type, fallback);
}

function nameOf(param: SyntaxNode): string {
  if (param.type === 'identifier' || param.type.endsWith('_splat_pattern')) return param.text;
  return (field(param, 'name') ?? children(param)[0] ?? param).text;
}

/** A class: what is assigned in its body, or its `owner`'s, are its fields. */
export function readClass(
  walk: Walker,
  node: SyntaxNode,
  owner?: Class,
  decorators: readonly string[] = [],
): Expr {
  const name = field(node, 'name')?.text ?? '';
  walk.to.class(name, (cls, index) => {
    const value: Expr = { kind: 'class', cls: index };
    if (owner) {
      walk.to.declare(name, value);
      owner.fields[name] = fieldOf(value, unknown);
    } else bind(walk, name, value);
    for (const base of children(field(node, 'superclasses'))) {
      if (base.type === 'keyword_argument') continue;
      // `Handler[T]` is a `Handler`.
      cls.bases.push(walk.visit(base.type === 'subscript' ? field(base, 'value') : base));
    }
    // What the body declares is not seen by its methods.
    walk.to.block(() => {
      for (const member of children(field(node, 'body'))) readMember(walk, member, cls, index);
      if (cls.bases.some((base) => /Enum$/.test(lastName(base)))) cls.cases = Object.keys(cls.fields);
      const isTuple = cls.bases.some((base) => lastName(base) === 'NamedTuple');
      const isData =
        isTuple || decorators.some((decorator) => /^(\w+\.)?(dataclass|define|frozen)\b/.test(decorator));
      if (isData && cls.methods.new === undefined)
        cls.methods.new = makeConstructor(walk, cls, index, declaredIn(field(node, 'body')));
    });
  });
  return unknown;
}

/** The fields that a class body declares with a type, and not for the class alone. */
function declaredIn(body: SyntaxNode | undefined): ReadonlySet<string> {
  const statements = children(body).flatMap((statement) => children(statement));
  const typed = statements.filter(
    (each) =>
      each.type === 'assignment' && !/^(ClassVar|typing\.ClassVar|$)/.test(field(each, 'type')?.text ?? ''),
  );
  return new Set(typed.flatMap((each) => field(each, 'left')?.text ?? []));
}

/** The constructor of a dataclass: it takes the fields that have a type, in their order, and what they are without it. */
function makeConstructor(walk: Walker, cls: Class, index: number, names: ReadonlySet<string>): number {
  const declared = Object.entries(cls.fields).filter(([name]) => names.has(name));
  return walk.to.func(
    '__init__',
    () => {
      for (const [name, { values, type }] of declared) {
        addParam(walk, name, type ?? unknown, values[0]);
        walk.to.write({ kind: 'self', cls: index }, name, walk.to.name(name));
        cls.fields[name] = fieldOf(undefined, type ?? unknown);
      }
    },
    index,
  );
}

function readMember(walk: Walker, member: SyntaxNode, cls: Class, index: number): void {
  if (member.type === 'decorated_definition') {
    const decorators = readDecorators(walk, member);
    const definition = field(member, 'definition');
    if (definition?.type === 'function_definition') readMethod(walk, definition, cls, index, decorators);
    else if (definition?.type === 'class_definition') readClass(walk, definition, cls, decorators);
    else walk.visit(definition);
  } else if (member.type === 'function_definition') readMethod(walk, member, cls, index, []);
  else if (member.type === 'class_definition') readClass(walk, member, cls);
  else if (member.type === 'expression_statement') {
    for (const child of children(member)) {
      if (child.type === 'assignment') readField(walk, child, cls);
      else walk.visit(child);
    }
  } else walk.visit(member);
}

function readMethod(
  walk: Walker,
  node: SyntaxNode,
  cls: Class,
  index: number,
  decorators: readonly string[],
): void {
  const name = field(node, 'name')?.text ?? '';
  const fn = readFunction(walk, node, name, index, decorators);
  if (decorators.some((decorator) => /(^|[._])property$/.test(decorator))) {
    cls.fields[name] = { values: oneOf(walk.to.outline.functions[fn]?.returns) };
  } else cls.methods[name === '__init__' ? 'new' : name] = isPromise(node) ? onlyPromises(walk, fn) : fn;
}

/** Whether a method's code is none: `...`, `pass`, `raise NotImplementedError`. */
function isPromise(node: SyntaxNode): boolean {
  return children(field(node, 'body')).every(
    ({ type, text }) =>
      type === 'pass_statement' || /^(\.\.\.$|["']|raise\s+NotImplementedError\b)/.test(text),
  );
}

function readField(walk: Walker, node: SyntaxNode, cls: Class): void {
  const left = field(node, 'left');
  const right = field(node, 'right');
  const value = right && walk.visit(right);
  if (left?.type !== 'identifier') {
    if (left) destructure(walk, left, value ?? unknown);
    return;
  }
  const type = readType(walk, field(node, 'type'));
  walk.to.declare(left.text, value);
  cls.fields[left.text] = fieldOf(value, type);
}
