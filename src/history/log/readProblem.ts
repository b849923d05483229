import { textOf, type Code } from '../../util/l10n';
import type { Problem, ProblemCodes } from '../../util/problem';
import { isObject } from './isObject';

const parts = ['what', 'why', 'remedy'] as const;

/** How deep codes stand in each other, at most. */
const maxDepth = 8;

/**
 * The problem that a value is; none if it isn't one. A text of which the code is known is said in the language of today;
 * any other, and all that older versions stored, as it was. Both are stored: an older version reads the texts.
 */
export function readProblem(value: unknown): Problem | undefined {
  if (!isObject(value) || typeof value.what !== 'string') return undefined;
  const problem: { what: string; why?: string; remedy?: string } = { what: value.what };
  const stored = isObject(value.codes) ? value.codes : {};
  const codes: { -readonly [Part in keyof ProblemCodes]: ProblemCodes[Part] } = {};
  for (const part of parts) {
    const text = value[part];
    if (typeof text !== 'string') continue;
    const code = stored[part];
    problem[part] = isCode(code) ? textOf(code) : text;
    if (isCode(code)) codes[part] = code;
  }
  return Object.keys(codes).length === 0 ? problem : { ...problem, codes };
}

function isCode(value: unknown, depth = 1): value is Code {
  if (!Array.isArray(value) || depth > maxDepth) return false;
  const [message, ...args] = value as unknown[];
  return (
    typeof message === 'string' &&
    args.every((arg) => typeof arg === 'string' || typeof arg === 'number' || isCode(arg, depth + 1))
  );
}
