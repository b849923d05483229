import { textOf, verbatim, type Text, type Verbatim } from './l10n';

/** An expected failure, described so that a person can act on it. */
export interface Problem {
  /** What happened, one sentence without a full stop at the end. */
  readonly what: Text;
  /** Why, where it is known. */
  readonly why?: Text;
  /** What to do next. */
  readonly remedy?: Text;
  /** The field of a connection's settings that it is about, as it is written there: `servers`, `tls.caFile`. */
  readonly field?: string;
}

/** The value, or the problem that kept it from being made. */
export type Result<T, P = Problem> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: P };

/** What an exception says. */
export function reasonOf(error: unknown): Verbatim {
  return verbatim(error instanceof Error ? error.message : String(error));
}

/** The problem as one readable text: "What: why. Remedy." */
export function problemText({ what, why, remedy }: Problem): string {
  const first = why === undefined ? textOf(what) : `${textOf(what)}: ${textOf(why)}`;
  return remedy === undefined ? `${first}.` : `${first}. ${textOf(remedy)}`;
}
