import { patternsOf, type Candidate } from './candidates';

/**
 * What a typed text becomes by the next part of a candidate: `lib` by `library.book.1` is `library.`, that `library.book.`,
 * and at last the whole; none where the candidate adds nothing. A text that the candidate does not begin with is replaced.
 */
export function continuation(typed: string, candidate: Candidate | undefined): string | undefined {
  const whole = candidate?.kind === 'part' ? candidate.text : patternsOf(candidate).at(-1);
  if (whole === undefined) return undefined;
  const isBegun = whole.toLowerCase().startsWith(typed.toLowerCase());
  const dot = whole.indexOf('.', isBegun ? typed.length : commonParts(typed, whole));
  const text = dot < 0 ? whole : whole.slice(0, dot + 1);
  return text === typed ? undefined : text;
}

/** How long the parts are with which both begin. */
function commonParts(a: string, b: string): number {
  let length = 0;
  for (let at = 0; at < a.length && a[at] === b[at]; at++) if (a[at] === '.') length = at + 1;
  return length;
}
