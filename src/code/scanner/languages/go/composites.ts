import type { Entry, Expr, Located } from '../../outline/outline';
import type { SyntaxNode } from '../../outline/syntax';
import { children, field, fields, spanOf } from '../../outline/walk';
import { keyOf, located } from '../collections';
import type { Walker } from '../walker';

const named = new Set(['type_identifier', 'qualified_type', 'generic_type', 'pointer_type']);
const lists = new Set(['slice_type', 'array_type', 'implicit_length_array_type']);

/** `T{…}`, `[]T{…}`, `map[K]V{…}` */
export function readComposite(walk: Walker, node: SyntaxNode): Expr {
  return readBody(walk, field(node, 'body'), field(node, 'type'));
}

/** The braces of a literal of the type. */
function readBody(walk: Walker, body: SyntaxNode | undefined, type: SyntaxNode | undefined): Expr {
  if (type && lists.has(type.type)) {
    const element = field(type, 'element');
    const items = children(body).map((item) => readItem(walk, item, element));
    // `[]res.Ref{"library.book.1"}`: what a text in it means is for its type to say.
    for (const item of items) {
      if (element && named.has(element.type) && item.value.kind === 'text')
        walk.to.mention('element', item, { type: walk.visit(element), field: '' });
    }
    return { kind: 'list', items };
  }
  if (type?.type === 'map_type') {
    return { kind: 'record', entries: readEntries(walk, body, true, field(type, 'value')) };
  }
  const entries = readEntries(walk, body, false, undefined, type && fieldNames(type));
  return type && named.has(type.type) ? typed(walk, entries, walk.visit(type)) : { kind: 'record', entries };
}

/** A struct literal, whose values are written to its fields. */
function typed(walk: Walker, entries: readonly Entry[], type: Expr): Expr {
  for (const { key, value, at } of entries) {
    if (typeof key !== 'string' || /^\d+$/.test(key)) continue;
    walk.to.write({ kind: 'typed', type }, key, value);
    if (key !== 'rid' && value.kind !== 'function')
      walk.to.mention('field', { value, at }, { type, field: key });
  }
  return { kind: 'record', entries, type };
}

function readEntries(
  walk: Walker,
  body: SyntaxNode | undefined,
  isMap: boolean,
  element?: SyntaxNode,
  names: readonly string[] = [],
): Entry[] {
  const entries: Entry[] = [];
  for (const [index, node] of children(body).entries()) {
    if (node.type !== 'keyed_element') {
      // Values without names are those of the fields in their order.
      const name = names[index] ?? String(index);
      entries.push(walk.to.entry(name, node, readElement(walk, node, element), node));
      continue;
    }
    const keyNode = field(node, 'key') ?? node;
    const valueNode = field(node, 'value') ?? node;
    const entry = walk.to.entry(
      readKey(walk, children(keyNode)[0] ?? keyNode, isMap),
      keyNode,
      readElement(walk, valueNode, element),
      valueNode,
    );
    entries.push(entry);
    if (entry.key === 'rid') walk.to.mention('rid', entry);
  }
  return entries;
}

/** The fields of a struct type that is written out where it is used. */
function fieldNames(type: SyntaxNode): string[] {
  if (type.type !== 'struct_type') return [];
  return children(children(type)[0]).flatMap((each) => fields(each, 'name').map(({ text }) => text));
}

/** A bare name is a field of a struct, but a constant as the key of a map. */
function readKey(walk: Walker, node: SyntaxNode, isMap: boolean): string | Expr {
  if (node.type === 'identifier' && !isMap) return node.text;
  return keyOf(walk, node);
}

/** The value of an element; one without a type of its own (`{"a", f}` in a list) has that of the list. */
function readElement(walk: Walker, node: SyntaxNode, type?: SyntaxNode): Expr {
  const inner = node.type === 'literal_element' ? children(node)[0] : node;
  return inner?.type === 'literal_value' ? readBody(walk, inner, type) : walk.visit(inner);
}

/** An argument or item, with its place. */
export function readItem(walk: Walker, node: SyntaxNode, type?: SyntaxNode): Located {
  if (node.type === 'variadic_argument') return located(walk, node);
  return { value: readElement(walk, node, type), at: spanOf(node) };
}
