import { codeOf, type Code } from './l10n';

/** An expected failure, described so that a person can act on it. */
export interface Problem {
  /** What happened, one sentence without a full stop at the end. */
  readonly what: string;
  /** Why, where it is known. */
  readonly why?: string;
  /** What to do next. */
  readonly remedy?: string;
  /** The field of a connection's settings that it is about, as it is written there: `servers`, `tls.caFile`. */
  readonly field?: string;
  /** How the texts were made, where that is known and the problem is stored: it is read in the language of another day. */
  readonly codes?: ProblemCodes;
}

/** The codes of the texts of a problem. */
export type ProblemCodes = { readonly [Part in 'what' | 'why' | 'remedy']?: Code };

/** The value, or the problem that kept it from being made. */
export type Result<T, P = Problem> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: P };

/** The problem as one readable text: "What: why. Remedy." */
export function problemText({ what, why, remedy }: Problem): string {
  const first = why === undefined ? what : `${what}: ${why}`;
  return remedy === undefined ? `${first}.` : `${first}. ${remedy}`;
}

/** The problem with the codes of its texts, to be stored. What some other program said has none. */
export function codedProblem<P extends Problem>(problem: P): P {
  const { what, why, remedy } = problem;
  const texts = Object.entries({ what, why, remedy });
  const codes = texts.flatMap(([part, text]) => {
    const code = text === undefined ? undefined : codeOf(text);
    return code ? [[part, code] as const] : [];
  });
  return codes.length === 0 ? problem : { ...problem, codes: Object.fromEntries(codes) };
}
