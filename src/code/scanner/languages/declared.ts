/** What declarations and assignments come to in many languages. */
import { nestedNamed, unknown } from '../evaluate/expressions';
import type { Argument, Class, Expr } from '../outline/outline';
import type { SyntaxNode } from '../outline/syntax';
import { field, spanOf } from '../outline/walk';
import type { Walker } from './walker';

/** Adds a parameter to the function that is being read; a null that it has without an argument says nothing. */
export function addParam({ to }: Walker, name: string, type: Expr, fallback?: Expr): void {
  const known = fallback && fallback.kind !== 'nothing';
  to.param({ name, ...(type.kind !== 'unknown' && { type }), ...(known && { fallback }) });
}

/** The type of a collection whose items are of a type. */
export function collectionOf(type: Expr, node: SyntaxNode): Expr {
  if (type.kind === 'unknown') return unknown;
  return { kind: 'list', items: [{ value: { kind: 'typed', type, isAny: true }, at: spanOf(node) }] };
}

/** A field of a class, with the value that it starts with. */
export function fieldOf(value: Expr | undefined, type: Expr): Class['fields'][string] {
  const values = value && value.kind !== 'nothing' ? [value] : [];
  return { values, ...(type.kind !== 'unknown' && { type }) };
}

/** Reads a type: others can see it by its name, or where it stands in another one, as a member of that. */
export function readNamedType(
  { to }: Walker,
  name: string,
  readParts: (cls: Class, index: number) => void,
): void {
  const outer = to.cls;
  to.class(name, (cls, index) => {
    const value: Expr = { kind: 'class', cls: index };
    const owner = outer === undefined ? undefined : to.outline.classes[outer];
    to.declare(owner ? nestedNamed(name) : name, value, undefined, 0);
    if (owner) {
      to.declare(name, value);
      owner.fields[name] = { values: [value] };
    }
    readParts(cls, index);
  });
}

/** Reads a class, which is a value and has a name where it is given one. */
export function readClassValue(
  { to }: Walker,
  name: string,
  readParts: (cls: Class, index: number) => void,
): Expr {
  let value: Expr = unknown;
  to.class(name, (cls, index) => {
    value = { kind: 'class', cls: index };
    if (name !== '') to.declare(name, value);
    readParts(cls, index);
  });
  return value;
}

/** Gives a value, which stands at the node, to a member or an item. */
export function writeTo({ to }: Walker, target: Expr, value: Expr, node?: SyntaxNode): void {
  if (target.kind === 'member') to.write(target.of, target.name, value);
  const isRid = target.kind === 'index' && target.at.kind === 'text' && target.at.text === 'rid';
  if (isRid && node) to.mention('rid', { value, at: spanOf(node) });
}

/** Gives a value to a bare name: one that isn't a variable is a field of the object. */
export function assignBare({ to }: Walker, name: string, value: Expr): void {
  if (to.cls !== undefined && !to.isVariable(name)) to.write({ kind: 'self', cls: to.cls }, name, value);
  else to.assign(name, value);
}

/** Reads a function's body: one that is no block is the value that the function gives. */
export function readBody(walk: Walker, body: SyntaxNode | undefined, blocks: readonly string[]): void {
  if (body && !blocks.includes(body.type)) walk.to.returns(walk.visit(body));
  else walk.visitAll(body);
}

/** The method at the node; one without a body only says what those of derived classes do. */
export function methodAt(walk: Walker, node: SyntaxNode, fn: number): number {
  return field(node, 'body') ? fn : onlyPromises(walk, fn);
}

/** Notes that a method only says what those of derived classes do. */
export function onlyPromises({ to }: Walker, fn: number): number {
  const func = to.outline.functions[fn];
  if (func) func.isAbstract = true;
  return fn;
}

/** The call by which a constructor constructs the base of its class. */
export function callBase({ to }: Walker, args: readonly Argument[], node: SyntaxNode): Expr {
  const { base } = to;
  return base ? to.call(base, args, node, true) : unknown;
}

/**
 * Gives a variable a value in a language in which an assignment declares it in the whole function; what loops declare for
 * themselves (`isOfLoop`) is another one in each.
 */
export function bind({ to }: Walker, name: string, value: Expr, type?: Expr, isOfLoop = false): void {
  const { scopes } = to.outline;
  let scope = to.scope;
  if (isOfLoop) {
    to.declare(name, value, type);
    return;
  }
  for (;;) {
    const known = scopes[scope]?.names[name];
    if (known?.kind === 'param') {
      to.assign(name, value);
      return;
    }
    const parent = scopes[scope]?.parent ?? -1;
    if (known || parent < 0 || scopes[parent]?.fn !== to.fn) break;
    scope = parent;
  }
  to.declare(name, value, type, scope);
}

/** What a method works on that stands outside of its type. */
export function declareSelf({ to }: Walker, name: string, type: Expr): void {
  to.declare(name, { kind: 'typed', type, isSelf: true }, type);
}
