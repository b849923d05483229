import type { Expr } from '../outline/outline';

/** An expression of which nothing is known. */
export const unknown: Expr = { kind: 'unknown' };

/** The language's null. */
export const nothing: Expr = { kind: 'nothing' };

/** A piece of literal text. */
export const text = (value: string): Expr => ({ kind: 'text', text: value });

/**
 * What `subject += x` gives a variable: something that is not known, unless a query is added, which is no part of a
 * name.
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

/** Where a base class is stated outside of its class, it is noted as a write to this field. */
export const baseField = '(base)';

/** The field under which additions to a variable or field (`routes.push(…)`) are noted among the writes. */
export function addedTo(name: string): string {
  return `${name}[]`;
}

/**
 * The name under which an extension method is declared: a function that is called like a method of its first parameter.
 */
export function extensionNamed(name: string): string {
  return `(this).${name}`;
}

/** The name under which a nested type is declared at the top level, for code that uses its bare name. */
export function nestedNamed(name: string): string {
  return `(in).${name}`;
}

/** The last name of what an expression names: `Handle` of `s.mux.Handle`. */
export function lastName(expr: Expr): string {
  return expr.kind === 'name' || expr.kind === 'member' ? expr.name : '';
}
