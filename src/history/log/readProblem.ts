import { verbatim, type Code, type Text } from '../../util/l10n';
import type { Problem } from '../../util/problem';
import { isObject } from './isObject';

const parts = ['what', 'why', 'remedy'] as const;

/** How deep codes stand in each other, at most. */
const maxDepth = 8;

/** The problem that a value is; none if it isn't one. A text of which it is not known how it was made stays as it was. */
export function readProblem(value: unknown): Problem | undefined {
  if (!isObject(value) || typeof value.what !== 'string') return undefined;
  const codes = isObject(value.codes) ? value.codes : {};
  const textAt = (part: (typeof parts)[number]): Text | undefined => {
    const [text, code] = [value[part], codes[part]];
    if (typeof text !== 'string') return undefined;
    return isCode(code) ? code : verbatim(text);
  };
  const [what = verbatim(value.what), why, remedy] = parts.map(textAt);
  return { what, ...(why !== undefined && { why }), ...(remedy !== undefined && { remedy }) };
}

function isCode(value: unknown, depth = 1): value is Code {
  if (!Array.isArray(value) || depth > maxDepth) return false;
  const [message, ...args] = value as unknown[];
  return (
    typeof message === 'string' &&
    args.every((arg) => typeof arg === 'string' || typeof arg === 'number' || isCode(arg, depth + 1))
  );
}
