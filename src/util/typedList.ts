const item = /("(?:[^"\\]|\\.)*")(?=[\s,]|$)|[^\s,]+/g;

/**
 * The texts of a list that a person typed, apart from each other by spaces or commas. A text that holds one of these
 * itself stands in double quotes, as in JSON.
 */
export function splitList(typed: string): string[] {
  return [...typed.matchAll(item)].map(([text, quoted]) => (quoted === undefined ? text : unquote(quoted)));
}

/** The texts as a person would type them: `splitList` makes the same texts of it. */
export function joinList(texts: readonly string[]): string {
  return texts.map((text) => (/^$|^"|[\s,]/.test(text) ? JSON.stringify(text) : text)).join(' ');
}

function unquote(quoted: string): string {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return quoted.slice(1, -1);
  }
}
