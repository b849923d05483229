/** Something that was expected to go wrong sometimes, told so that a person can act on it. */
export interface Problem {
  /** What happened, one sentence without a full stop at the end. */
  readonly what: string;
  /** Why, where it is known. */
  readonly why?: string;
  /** What to do next. */
  readonly remedy?: string;
  /** The field of a connection's settings that it is about, as it is written there: `servers`, `tls.caFile`. */
  readonly field?: string;
}

/** The value, or the problem that kept it from being made. */
export type Result<T, P = Problem> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: P };

/** The problem as one readable text: "What: why. Remedy." */
export function problemText({ what, why, remedy }: Problem): string {
  const first = why === undefined ? what : `${what}: ${why}`;
  return remedy === undefined ? `${first}.` : `${first}. ${remedy}`;
}
