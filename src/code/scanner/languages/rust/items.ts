import type { Class, Expr, Func } from '../../outline/outline';
import { baseField, unknown } from '../../evaluate/expressions';
import type { SyntaxNode } from '../../outline/syntax';
import { field, spanOf } from '../../outline/walk';
import { declarePattern } from './patterns';
import { parts, readPath, readType, type RustWalker, typeName } from './walker';
import { addParam, declareSelf, fieldOf, onlyPromises } from '../declared';

/** A struct or an enum, of which each variant is a value. */
export function readStruct(walk: RustWalker, node: SyntaxNode): Expr {
  const name = field(node, 'name')?.text ?? '';
  walk.to.class(name, (cls, index) => {
    walk.to.declare(name, { kind: 'class', cls: index });
    for (const declaration of parts(field(node, 'body'))) {
      const each = field(declaration, 'name')?.text;
      if (declaration.type === 'enum_variant' && each !== undefined)
        cls.fields[each] = { values: [{ kind: 'typed', type: { kind: 'class', cls: index } }] };
      if (declaration.type !== 'field_declaration' || each === undefined) continue;
      const type = readType(walk, field(declaration, 'type'));
      cls.fields[each] = fieldOf(undefined, type);
    }
  });
  return unknown;
}

/** What is implemented for a type stands beside it: functions and constants are found by both names. */
export function readImpl(walk: RustWalker, node: SyntaxNode): Expr {
  const type = field(node, 'type');
  const name = (type?.type === 'generic_type' ? field(type, 'type') : type)?.text ?? '';
  const outer = walk.selfType;
  walk.selfType = name;
  const trait = readType(walk, field(node, 'trait'));
  if (trait.kind !== 'unknown') walk.to.write({ kind: 'typed', type: walk.to.name(name) }, baseField, trait);
  const inModule = classInModule(walk, name);
  walk.to.block(() => {
    for (const member of parts(field(node, 'body'))) {
      const own = field(member, 'name')?.text ?? '';
      if (member.type === 'function_item') {
        const fn = readFunction(walk, member, own);
        if (inModule) inModule.methods[own] = fn;
        else walk.to.outline.exports[`${name}.${own}`] = { kind: 'function', fn };
      } else if (member.type === 'const_item') {
        const value = walk.visit(field(member, 'value'));
        walk.to.write({ kind: 'typed', type: walk.to.name(name) }, own, value);
      } else walk.visit(member);
    }
  });
  walk.selfType = outer;
  return unknown;
}

/** The type in the same module of the file: others of them can have types of the same name. */
function classInModule({ module, to }: RustWalker, name: string): Class | undefined {
  const binding = module.path.length > 0 ? to.outline.scopes[to.scope]?.names[name] : undefined;
  const [value] = binding?.kind === 'values' ? binding.values : [];
  return value?.kind === 'class' ? to.outline.classes[value.cls] : undefined;
}

/** A trait: what it has of its own, the types have for which it is implemented. */
export function readTrait(walk: RustWalker, node: SyntaxNode): Expr {
  const name = field(node, 'name')?.text ?? '';
  const outer = walk.selfType;
  walk.selfType = name;
  walk.to.class(name, (cls, index) => {
    walk.to.declare(name, { kind: 'class', cls: index });
    for (const bound of parts(field(node, 'bounds'))) {
      const base = readType(walk, bound);
      if (base.kind !== 'unknown') cls.bases.push(base);
    }
    walk.to.block(() => {
      for (const member of parts(field(node, 'body'))) {
        const own = field(member, 'name')?.text ?? '';
        if (member.type === 'const_item') {
          const value = field(member, 'value');
          cls.fields[own] = fieldOf(value && walk.visit(value), readType(walk, field(member, 'type')));
        } else if (member.type === 'function_signature_item')
          cls.methods[own] = onlyPromises(walk, readFunction(walk, member, own, index));
        else if (member.type === 'function_item') cls.methods[own] = readFunction(walk, member, own, index);
      }
    });
  });
  walk.selfType = outer;
  return unknown;
}

/** A function or closure; the value of its last expression is a result too. */
export function readFunction(walk: RustWalker, node: SyntaxNode, name: string, cls?: number): number {
  const read = (fn: Func): void => {
    for (const param of parts(field(node, 'parameters'))) {
      if (param.type === 'self_parameter') {
        if (walk.selfType !== undefined) declareSelf(walk, 'self', typeName(walk, 'Self'));
        continue;
      }
      const pattern = field(param, 'pattern') ?? param;
      const plain = pattern.type === 'mut_pattern' ? parts(pattern).at(-1) : pattern;
      const type = readType(walk, field(param, 'type'));
      const isPlain = plain?.type === 'identifier';
      const own = isPlain ? plain.text : `(${fn.params.length})`;
      addParam(walk, own, type);
      if (!isPlain) declarePattern(walk, plain, walk.to.name(own));
    }
    const result = readType(walk, field(node, 'return_type'));
    if (result.kind !== 'unknown') fn.result = result;
    const value = walk.visit(field(node, 'body'));
    if (value.kind !== 'unknown') walk.to.returns(value);
  };
  return walk.to.func(name, read, cls);
}

/** `Book { id, rid: format!(…) }` */
export function readStructValue(walk: RustWalker, node: SyntaxNode): Expr {
  const nameNode = field(node, 'name');
  const type =
    nameNode?.type === 'scoped_type_identifier' ? readPath(walk, nameNode) : readType(walk, nameNode);
  const entries = parts(field(node, 'body')).flatMap((child) => {
    if (child.type === 'shorthand_field_initializer') {
      const [name] = parts(child);
      return name ? [walk.to.entry(name.text, name, walk.to.name(name.text), name)] : [];
    }
    const key = field(child, 'field') ?? field(child, 'name');
    const value = field(child, 'value');
    if (child.type !== 'field_initializer' || !key || !value) {
      walk.visitAll(child);
      return [];
    }
    if (key.text === 'rid') {
      const given = { value: walk.visit(value), at: spanOf(value) };
      walk.to.mention('rid', given);
      return [walk.to.entry('rid', key, given.value, value)];
    }
    return [walk.to.entry(key.text, key, walk.visit(value), value)];
  });
  for (const { key, value } of entries)
    if (typeof key === 'string') walk.to.write({ kind: 'typed', type }, key, value);
  return { kind: 'record', entries, type };
}
