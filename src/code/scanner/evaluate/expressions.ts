import type { Expr } from '../outline/outline';

/** An expression of which nothing is known. */
export const unknown: Expr = { kind: 'unknown' };

/** The language's null. */
export const nothing: Expr = { kind: 'nothing' };

/** A piece of literal text. */
export const text = (value: string): Expr => ({ kind: 'text', text: value });

/**
 * What is given to a variable to which code adds something: it then holds something else, unless a query was added, which
 * is no part of a name.
 */
export function afterAdding(added: Expr): Expr {
  return isQuery(added) ? nothing : unknown;
}

function isQuery(expr: Expr): boolean {
  if (expr.kind === 'text') return expr.text.startsWith('?');
  const [first] = expr.kind === 'concat' ? expr.items : [];
  return first !== undefined && isQuery(first);
}

/** The values of a property that is computed: any of what it returns. */
export function oneOf(returns: readonly Expr[] = []): Expr[] {
  return returns.length > 1 ? [{ kind: 'either', items: [...returns] }] : [...returns];
}

/** The field that what is said to be the base of a class outside of it is written to. */
export const baseField = '(base)';

/** The name that the additions to a variable or field have among the writes. */
export function addedTo(name: string): string {
  return `${name}[]`;
}

/** The name under which a function is declared that can be called like a method. */
export function extensionNamed(name: string): string {
  return `(this).${name}`;
}

/** The name under which a type of another one is declared, for code that sees it by its own name. */
export function nestedNamed(name: string): string {
  return `(in).${name}`;
}

/** The last name of what an expression names: `Handle` of `s.mux.Handle`. */
export function lastName(expr: Expr): string {
  return expr.kind === 'name' || expr.kind === 'member' ? expr.name : '';
}
