/** Readers of what most languages have. */
import { nothing, unknown } from '../evaluate/expressions';
import type { Expr } from '../outline/outline';
import type { SyntaxNode } from '../outline/syntax';
import { children, field, fields, spanOf } from '../outline/walk';
import type { Reader } from './treeWalker';
import type { Walker } from './walker';

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
    return kind ? { kind, items } : tested(operator?.type ?? '', items);
  };
}

/** What an operator says that compares two values, or joins two conditions. */
export function tested(operator: string, items: readonly Expr[]): Expr {
  const [first, second] = items;
  if (/^(===?|is)$/.test(operator)) return { kind: 'test', what: 'same', items };
  if (/^(!==?|is not)$/.test(operator)) return not({ kind: 'test', what: 'same', items });
  if (/^(&&|and)$/.test(operator) && first && second) return { kind: 'either', when: first, items: [second] };
  return /^(\|\||or)$/.test(operator) ? { kind: 'either', items } : unknown;
}

/** What is true where a condition is not. */
export function not(condition: Expr): Expr {
  return condition.kind === 'unknown' ? unknown : { kind: 'test', what: 'not', items: [condition] };
}

/** `!condition`; what else stands before a value says nothing. */
export const readNot: Reader = (walk, node) => {
  const value = walk.visit(field(node, 'argument') ?? field(node, 'operand') ?? children(node).at(-1));
  return /^(!|not\b)/.test(node.text) ? not(value) : unknown;
};

/** `if (condition) … else …`, with further conditions in between where the language has these. */
export const readIf: Reader = (walk, node) => {
  readBranches(walk, [node, ...fields(node, 'alternative')]);
  return unknown;
};

function readBranches(walk: Walker, [first, ...rest]: readonly SyntaxNode[], isElse = false): void {
  if (!first) return;
  const condition = field(first, 'condition');
  if (!condition || (isElse && /^if_/.test(first.type))) {
    walk.to.block(() => walk.visit(first));
    return;
  }
  walk.visit(field(first, 'initializer'));
  const when = walk.visit(condition);
  walk.to.on(when, () => {
    walk.to.block(() => walk.visit(field(first, 'consequence') ?? field(first, 'body')));
  });
  if (rest.length === 0) return;
  walk.to.on(not(when), () => {
    readBranches(walk, rest, true);
  });
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

/** One of two, by a condition. */
export function choice(when: Expr, items: readonly Expr[]): Expr {
  return { kind: 'either', items, ...(when.kind !== 'unknown' && { when }) };
}

/** One of the values between which another one chooses, and what that is for it; nothing where it may be anything. */
export interface Case {
  readonly is: readonly Expr[];
  readonly value: Expr;
}

/** What is chosen by a value. */
export function chosenBy(of: Expr, cases: readonly Case[]): Expr {
  const isPlain = cases.every(({ is }, index) => is.length > 0 || index === cases.length - 1);
  if (of.kind === 'unknown' || !isPlain) return { kind: 'either', items: cases.map(({ value }) => value) };
  return cases.reduceRight<Expr>((otherwise, { is, value }) => {
    if (is.length === 0) return value;
    const tests = is.map((each): Expr => ({ kind: 'test', what: 'same', items: [of, each] }));
    const [only] = tests;
    const when: Expr = only && tests.length === 1 ? only : { kind: 'either', items: tests };
    return { kind: 'either', when, items: [value, otherwise] };
  }, unknown);
}

/** `condition ? a : b` */
export const readConditional: Reader = (walk, node) => {
  const when = walk.visit(field(node, 'condition'));
  const items = [walk.visit(field(node, 'consequence')), walk.visit(field(node, 'alternative'))];
  return choice(when, items);
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

/** `yield value`; of a `yield*` all that is in the list. */
export const readYield: Reader = (walk, node) => {
  const value = children(node).at(-1);
  if (!value) return unknown;
  const isSpread = node.children.some((child) => /^(\*|from|yield from)$/.test(child?.type ?? ''));
  walk.to.yields({ value: walk.visit(value), at: spanOf(value), ...(isSpread && { isSpread }) });
  return unknown;
};

/** What is no more than a keyword to some grammars. */
function selfIn(node: SyntaxNode): SyntaxNode | undefined {
  return node.children.find((child) => child?.type === 'this') ?? undefined;
}
