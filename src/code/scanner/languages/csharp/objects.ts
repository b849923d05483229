import type { Entry, Expr } from '../../outline/outline';
import { unknown } from '../../evaluate/expressions';
import type { SyntaxNode } from '../../outline/syntax';
import { children, field } from '../../outline/walk';
import { keyOf, located } from '../collections';
import type { Walker } from '../walker';
import { readArguments } from './arguments';

/** `new T(…) { … }`, `new(…)` */
export function readCreation(walk: Walker, node: SyntaxNode, declared?: Expr): Expr {
  const typeNode = field(node, 'type');
  const type = typeNode ? walk.visit(typeNode) : (declared ?? unknown);
  const list = field(node, 'arguments') ?? children(node).find(({ type: kind }) => kind === 'argument_list');
  const args = readArguments(walk, list);
  const initializer =
    field(node, 'initializer') ?? children(node).find(({ type: kind }) => kind === 'initializer_expression');
  const items = children(initializer);
  const isObject = items.some(({ type: kind }) => kind === 'assignment_expression');
  const isMap = items.some(({ type: kind }) => kind === 'initializer_expression');
  if (initializer && items.length > 0 && !isObject && !isMap) return readList(walk, initializer);
  const made = walk.to.call(type, args, node, true);
  if (!initializer || items.length === 0) return made;
  const entries = items.flatMap((item) => readInitial(walk, item));
  note(walk, entries, type);
  return args.length > 0 ? made : { kind: 'record', entries, type };
}

/** `Field = value`, `["key"] = value`, `{ "key", value }` */
function readInitial(walk: Walker, node: SyntaxNode): Entry[] {
  if (node.type === 'initializer_expression') {
    const [key, value] = children(node);
    return key && value ? [entryOf(walk, keyOf(walk, key), key, value)] : [];
  }
  const left = field(node, 'left');
  const right = field(node, 'right');
  if (node.type !== 'assignment_expression' || !left || !right) {
    walk.visit(node);
    return [];
  }
  if (left.type === 'identifier') return [entryOf(walk, left.text, left, right)];
  const key = children(children(left)[0])[0];
  return key ? [entryOf(walk, keyOf(walk, key), key, right)] : [];
}

function entryOf(walk: Walker, key: string | Expr, keyNode: SyntaxNode, value: SyntaxNode): Entry {
  // `Tags = { "a", "b" }` adds to what is there.
  return walk.to.entry(key, keyNode, walk.visit(value), value);
}

/** Notes the values that an object literal writes to fields; a `rid` names a resource. */
function note(walk: Walker, entries: readonly Entry[], type?: Expr): void {
  for (const { key, value, at } of entries) {
    if (key === 'rid') walk.to.mention('rid', { value, at });
    else if (typeof key === 'string' && type) {
      walk.to.write({ kind: 'typed', type }, key, value);
      if (value.kind !== 'function') walk.to.mention('field', { value, at }, { type, field: key });
    }
  }
}

/** `new { a = 1, b, c.D }` */
export function readAnonymous(walk: Walker, node: SyntaxNode): Expr {
  const entries: Entry[] = [];
  const parts = node.children.filter((child) => child !== null && child.type !== 'comment');
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index];
    const value = parts[index + 1]?.type === '=' ? parts[index + 2] : undefined;
    if (!part?.isNamed) continue;
    if (value) {
      entries.push(walk.to.entry(part.text, part, walk.visit(value), value));
      index += 2;
    } else {
      const name = part.text.split('.').at(-1) ?? '';
      entries.push(walk.to.entry(name, part, walk.visit(part), part));
    }
  }
  note(walk, entries);
  return { kind: 'record', entries };
}

/** The items of an array, a list or a collection. */
export function readList(walk: Walker, node: SyntaxNode | undefined): Expr {
  return {
    kind: 'list',
    items: children(node).map((item) => {
      return located(walk, item.type === 'argument' ? (children(item)[0] ?? item) : item);
    }),
  };
}
