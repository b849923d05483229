import type { Class, Expr } from '../../outline/outline';
import { lastName, unknown } from '../../evaluate/expressions';
import type { SyntaxNode } from '../../outline/syntax';
import { children, field, fields } from '../../outline/walk';
import type { Walker } from '../walker';
import { onlyPromises } from '../declared';
import { readFunction } from './functions';
import { goString } from './literals';

/** `type Name struct { … }`, and other types. */
export function readTypeSpec(walk: Walker, node: SyntaxNode): Expr {
  const name = field(node, 'name')?.text ?? '';
  const type = field(node, 'type');
  if (node.type === 'type_alias') {
    walk.to.declare(name, walk.visit(type));
    return unknown;
  }
  walk.to.class(name, (cls, index) => {
    walk.to.declare(name, { kind: 'class', cls: index });
    if (type?.type === 'interface_type') readInterface(walk, type, cls, index);
    else if (type?.type !== 'struct_type') walk.visit(type);
    else
      for (const declaration of children(children(type)[0])) {
        if (declaration.type === 'field_declaration') readField(walk, declaration, cls);
      }
  });
  return unknown;
}

function readInterface(walk: Walker, type: SyntaxNode, cls: Class, index: number): void {
  cls.isAbstract = true;
  for (const member of children(type)) {
    const name = field(member, 'name')?.text;
    if (member.type === 'type_elem') cls.bases.push(walk.visit(children(member)[0]));
    else if (name !== undefined)
      cls.methods[name] = onlyPromises(walk, readFunction(walk, member, name, { cls: index }));
  }
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
