import type { Fact } from '../../../../src/code/scanner/facts/fact';

/** One line a fact: `12:5 handler library.book.* get,access`. */
export function describeFact({ line, column, kind, pattern, serves }: Fact): string {
  const what = serves && serves.length > 0 ? ` ${serves.join(',')}` : '';
  return `${line}:${column} ${kind} ${pattern}${what}`;
}

/**
 * The facts that a fixture expects. A mark is a comment under the code, with a `^` under the place where the naming
 * expression starts: `//      ^ handler library.book.* get,access`. Several can stand below each other.
 */
export function expectedFacts(text: string): string[] {
  const expected: string[] = [];
  let code = 0;
  for (const [index, line] of text.split('\n').entries()) {
    const mark =
      /^\s*(?:\/\/|#|<!--)[^^\w]*\^ ((?:service|handler|reference|unresolved) \S+(?: [\w,]+)?)\s*(?:-->)?$/.exec(
        line,
      );
    if (mark) expected.push(`${code}:${line.indexOf('^') + 1} ${mark[1] ?? ''}`);
    else code = index + 1;
  }
  return expected.sort();
}
