import type { Argument, Class, Expr } from '../../outline/outline';
import { oneOf, unknown } from '../../evaluate/expressions';
import type { SyntaxNode } from '../../outline/syntax';
import { field, spanOf } from '../../outline/walk';
import { readArgs } from './expressions';
import { readFunction } from './functions';
import { readType } from './types';
import { parts, type DartWalker } from './walker';
import { callBase, fieldOf, onlyPromises } from '../declared';

const signatures =
  /^(function|getter|setter|operator|constructor|factory_constructor|constant_constructor)_signature$/;

/** A class, mixin, enumeration or extension. Its members are seen in it without `this`. */
export function readClass(walk: DartWalker, node: SyntaxNode): Expr {
  const name = (field(node, 'name') ?? parts(node).find(({ type }) => type === 'identifier'))?.text ?? '';
  const extended = node.type === 'extension_declaration' ? field(node, 'class') : undefined;
  walk.to.class(name, (cls, index) => {
    if (name !== '') walk.to.declare(name, { kind: 'class', cls: index });
    if (extended) cls.bases.push(walk.to.name(extended.text));
    for (const base of basesOf(node)) cls.bases.push(walk.to.name(base.text));
    const widget = widgetOf(walk, node);
    if (widget) cls.fields.widget = { values: [], type: widget };
    const body = field(node, 'body') ?? parts(node).find(({ type }) => type.endsWith('_body'));
    const members = parts(body);
    walk.to.block(() => {
      const self: Expr = { kind: 'self', cls: index };
      for (const member of [...namesOf(members), ...(widget ? ['widget'] : [])])
        walk.to.declare(member, { kind: 'member', of: self, name: member });
      if (extended) {
        const of: Expr = { kind: 'typed', type: walk.to.name(extended.text) };
        declareExtended(walk, body, of, namesOf(members));
      }
      for (const [place, member] of members.entries()) {
        if (member.type === 'function_body') continue;
        if (member.type === 'enum_constant') {
          readCase(walk, member, cls, index);
          continue;
        }
        const after = members[place + 1];
        readMember(walk, member, after?.type === 'function_body' ? after : undefined, cls, index);
      }
    });
  });
  return unknown;
}

/** One of the objects of an enumeration. */
function readCase(walk: DartWalker, member: SyntaxNode, cls: Class, index: number): void {
  const name = field(member, 'name')?.text ?? '';
  const given = parts(member).find(({ type }) => /^argument/.test(type));
  const args = given ? readArgs(walk, given) : [];
  (cls.cases ??= []).push(name);
  cls.fields[name] = { values: [walk.to.call({ kind: 'class', cls: index }, args, member, true)] };
}

/** The widget that a state is of: `State<Page>` has it as `widget`. */
function widgetOf(walk: DartWalker, node: SyntaxNode): Expr | undefined {
  const [base, types] = parts(field(node, 'superclass'));
  const isState = base !== undefined && /State$/.test(base.text) && types?.type === 'type_arguments';
  const type = isState ? readType(walk, parts(types)) : unknown;
  return type.kind === 'unknown' ? undefined : type;
}

/** The bases of a class: first its superclass, then its mixins, then its interfaces. */
function basesOf(node: SyntaxNode): SyntaxNode[] {
  const superclass = parts(field(node, 'superclass'));
  const mixins = superclass.filter(({ type }) => type === 'mixins').flatMap((list) => parts(list));
  return [...superclass, ...mixins, ...parts(field(node, 'interfaces'))].filter(
    ({ type }) => type === 'type_identifier',
  );
}

/** An extension calls the methods of what it extends by their bare names. */
function declareExtended(
  walk: DartWalker,
  body: SyntaxNode | undefined,
  of: Expr,
  own: readonly string[],
): void {
  const called = (body?.descendantsOfType('argument_part') ?? []).flatMap((node) => {
    const name = node?.parent?.previousNamedSibling;
    const isBare = name?.type === 'identifier' && name.previousNamedSibling?.type !== 'selector';
    return isBare && /^[a-z]/.test(name.text) && !own.includes(name.text) ? [name.text] : [];
  });
  for (const name of new Set(called)) walk.to.declare(name, { kind: 'member', of, name });
}

/** The names of a class's fields and methods. */
function namesOf(members: readonly SyntaxNode[]): string[] {
  return members.flatMap((member) => {
    const signature = parts(member).find(({ type }) => signatures.test(type));
    if (signature) return signature.type.includes('constructor') ? [] : [nameOf(signature)];
    if (member.type !== 'declaration') return [];
    return fieldsOf(member).map((each) => parts(each)[0]?.text ?? '');
  });
}

function nameOf(signature: SyntaxNode): string {
  return (
    field(signature, 'name')?.text ?? parts(signature).find(({ type }) => type === 'identifier')?.text ?? ''
  );
}

/** The single declarations of `T a = 1, b`. */
function fieldsOf(declaration: SyntaxNode): SyntaxNode[] {
  return parts(declaration).flatMap((child) =>
    /^(initialized_identifier|static_final_declaration)_list$/.test(child.type) ? parts(child) : [],
  );
}

function readMember(
  walk: DartWalker,
  member: SyntaxNode,
  body: SyntaxNode | undefined,
  cls: Class,
  index: number,
): void {
  const signature = parts(member).find(({ type }) => signatures.test(type));
  if (signature?.type.includes('constructor')) readConstructor(walk, member, signature, body, cls, index);
  else if (signature) {
    const name = nameOf(signature);
    const fn = readFunction(walk, signature, body, name, index);
    if (signature.type === 'getter_signature')
      cls.fields[name] = { values: oneOf(walk.to.outline.functions[fn]?.returns) };
    else cls.methods[name] = body ? fn : onlyPromises(walk, fn);
  } else if (member.type === 'declaration') readFields(walk, member, cls);
  else walk.visit(member);
}

function readFields(walk: DartWalker, member: SyntaxNode, cls: Class): void {
  const type = readType(walk, parts(member));
  for (const declared of fieldsOf(member)) {
    const [name, ...value] = parts(declared);
    const given = value.length > 0 ? walk.only(value) : undefined;
    if (name) cls.fields[name.text] = fieldOf(given, type);
  }
}

/** `A(…)` makes an instance, and `A.named(…)` another way. */
function readConstructor(
  walk: DartWalker,
  member: SyntaxNode,
  signature: SyntaxNode,
  body: SyntaxNode | undefined,
  cls: Class,
  index: number,
): void {
  const names = parts(signature).filter(({ type }) => type === 'identifier');
  const name = names[1]?.text ?? 'new';
  const list = parts(member).find(({ type }) => type === 'initializers');
  cls.methods[name] = readFunction(walk, signature, body, name, index, (fn) => {
    if (name !== 'new' && !signature.type.startsWith('factory'))
      fn.returns.push({ kind: 'typed', type: { kind: 'class', cls: index } });
    delete fn.result;
    let handedOn: SyntaxNode | undefined;
    for (const entry of parts(list)) {
      const [inner, next] = parts(entry);
      if (inner?.type === 'super' && next?.type === 'arguments') handedOn = next;
      else if (inner?.type !== 'field_initializer') walk.visitAll(entry);
      else {
        const [target, ...value] = parts(inner).filter(({ type }) => type !== 'this');
        walk.to.write({ kind: 'self', cls: index }, target?.text ?? '', walk.only(value));
      }
    }
    const own = superParams(walk, signature);
    if (handedOn) callBase(walk, [...readArgs(walk, handedOn), ...own], handedOn);
    else if (own.length > 0) callBase(walk, own, signature);
  });
}

/** `super.name` among the parameters is handed on to the constructor of the base. */
function superParams(walk: DartWalker, signature: SyntaxNode): Argument[] {
  const list = parts(signature).find(({ type }) => type === 'formal_parameter_list');
  return parts(list).flatMap((param) => {
    const isNamed = param.type === 'optional_formal_parameters' && param.text.startsWith('{');
    return (param.type === 'optional_formal_parameters' ? parts(param) : [param]).flatMap(
      (each): Argument[] => {
        const [inner] = parts(each);
        const name = inner?.type === 'super_formal_parameter' ? parts(inner).at(-1) : undefined;
        if (!name) return [];
        return [{ value: walk.to.name(name.text), at: spanOf(name), ...(isNamed && { name: name.text }) }];
      },
    );
  });
}
