import type { Expr } from './outline';

const hole = '\0';

/** A part of a text that a formatting function replaces: `%s`, `{}`, `{id}`, `{0}`. */
const placeholder = /%[a-z]|\{\w*\}/i;

/** The resource IDs in JSON that is written out as text, `'{"rid":"library.book.1"}'`, or put together of pieces. */
export function ridsIn(expr: Expr): Expr[] {
  if (expr.kind !== 'text' && expr.kind !== 'concat') return [];
  const holes: Expr[] = [];
  const text = flat(expr, holes);
  if (!text.includes('"rid"')) return [];
  return [...text.matchAll(/"rid"\s*:\s*"([^"\\]+)"/g)].map(({ 0: whole, 1: rid = '', index }) => {
    const before = text.slice(0, index + whole.lastIndexOf(rid)).split(hole).length - 1;
    const items = rid.split(hole).flatMap((piece, at): Expr[] => {
      const given = at === 0 ? undefined : holes[before + at - 1];
      return [...(given ? [given] : []), ...literals(piece)];
    });
    return { kind: 'concat', items };
  });
}

/** The text with a hole for each expression in it, which are added to `holes`. */
function flat(expr: Expr, holes: Expr[]): string {
  if (expr.kind === 'text') return expr.text.replaceAll(hole, ' ');
  if (expr.kind === 'concat') return expr.items.map((item) => flat(item, holes)).join('');
  holes.push(expr);
  return hole;
}

function literals(piece: string): Expr[] {
  return piece
    .split(placeholder)
    .flatMap((text, index): Expr[] => [
      ...(index === 0 ? [] : [{ kind: 'unknown' as const }]),
      { kind: 'text' as const, text },
    ]);
}
