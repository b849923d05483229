/** Readers of what most languages have. */
import { nothing, unknown } from '../evaluate/expressions';
import type { Expr } from '../outline/outline';
import type { SyntaxNode } from '../outline/syntax';
import { children, field } from '../outline/walk';
import type { Reader } from './treeWalker';

/** What says nothing, down to its last part. */
export const readNothing: Reader = () => unknown;

export const readNull: Reader = () => nothing;

export const readName: Reader = (walk, node) => walk.to.name(node.text);

/** In a language in which members are known by their bare names. */
export const readOwnName: Reader = (walk, node) => walk.to.ownName(node.text);

/** The object whose class is being read. */
export const readSelf: Reader = ({ to: { cls } }) => (cls === undefined ? unknown : { kind: 'self', cls });

/** What stands for its first part, such as a pair of parentheses. */
export const readFirst: Reader = (walk, node) => walk.visit(children(node)[0] ?? selfIn(node));

export const readLast: Reader = (walk, node) => walk.visit(children(node).at(-1) ?? selfIn(node));

/** For what stands for the part in the field. */
export function child(name: string): Reader {
  return (walk, node) => walk.visit(field(node, name));
}

/** For a member; `of` and `name` are the fields with what it is a member of, and with its name. */
export function member(of: string, name: string): Reader {
  return (walk, node) => ({
    kind: 'member',
    of: walk.visit(field(node, of)),
    name: field(node, name)?.text ?? '',
  });
}

/** For an operation on two values; of one whose operator is not among these, nothing is known. */
export function binary(operators: Readonly<Record<string, 'concat' | 'either'>>): Reader {
  return (walk, node) => {
    const items = [walk.visit(field(node, 'left')), walk.visit(field(node, 'right'))];
    const operator = field(node, 'operator') ?? node.child(1);
    const kind = operators[operator?.type ?? ''];
    return kind ? { kind, items } : unknown;
  };
}

/** For a text with values filled in, by how its parts are read; any other part says nothing. */
export function template(parts: Readonly<Record<string, Reader>>): Reader {
  return (walk, node) => ({
    kind: 'concat',
    items: children(node).flatMap((part) => parts[part.type]?.(walk, part) ?? []),
  });
}

/** The first of some types that is known: of `T | undefined`, `T`. */
export function knownOf(types: readonly Expr[]): Expr {
  return types.find(({ kind }) => kind !== 'unknown') ?? unknown;
}

/** `condition ? a : b` */
export const readConditional: Reader = (walk, node) => {
  walk.visit(field(node, 'condition'));
  const items = [walk.visit(field(node, 'consequence')), walk.visit(field(node, 'alternative'))];
  return { kind: 'either', items };
};

/** What is a scope of its own. */
export const readBlock: Reader = (walk, node) => {
  walk.to.block(() => walk.visitAll(node));
  return unknown;
};

export const readReturn: Reader = (walk, node) => {
  walk.to.returns(walk.visit(children(node)[0] ?? selfIn(node)));
  return unknown;
};

/** What is no more than a keyword to some grammars. */
function selfIn(node: SyntaxNode): SyntaxNode | undefined {
  return node.children.find((child) => child?.type === 'this') ?? undefined;
}
