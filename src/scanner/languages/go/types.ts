import type { Class, Expr } from '../../outline';
import { unknown } from '../../outlineBuilder';
import type { SyntaxNode } from '../../syntax';
import { children, field, fields } from '../../walk';
import type { Walker } from '../walker';
import { goString } from './literals';

/** `type Name struct { … }`, and other types. */
export function readTypeSpec(walk: Walker, node: SyntaxNode): Expr {
  const name = field(node, 'name')?.text ?? '';
  const type = field(node, 'type');
  if (type?.type !== 'struct_type') return walk.visit(type);
  walk.to.class(name, (cls, index) => {
    walk.to.declare(name, { k: 'class', cls: index });
    for (const declaration of children(children(type)[0])) {
      if (declaration.type === 'field_declaration') readField(walk, declaration, cls);
    }
  });
  return unknown;
}

function readField(walk: Walker, declaration: SyntaxNode, cls: Class): void {
  const declared = walk.visit(field(declaration, 'type'));
  const names = fields(declaration, 'name');
  // An embedded type lends its methods to the struct, and is a field with the type's own name.
  if (names.length === 0) {
    cls.bases.push(declared);
    cls.fields[lastName(declared)] = { values: [], type: declared };
  }
  const tag = field(declaration, 'tag');
  const json = tag && /(?:^|\s)json:"([^",]+)/.exec(goString(tag.text))?.[1];
  for (const each of names) {
    cls.fields[each.text] = { values: [], type: declared };
    if (json !== undefined) cls.json = { ...cls.json, [each.text]: json };
  }
}

/** The name of the type that a method belongs to. */
export function baseTypeName(type: SyntaxNode | undefined): string {
  if (!type) return '';
  if (type.type === 'pointer_type') return baseTypeName(children(type)[0]);
  if (type.type === 'generic_type') return baseTypeName(field(type, 'type'));
  return type.text;
}

function lastName(expr: Expr): string {
  return expr.k === 'name' || expr.k === 'member' ? expr.name : '';
}
