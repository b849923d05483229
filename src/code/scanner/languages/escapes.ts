/** The letters whose escape sequences are the same nearly everywhere. */
export const commonEscapes = { n: '\n', t: '\t', r: '\r', f: '\f', v: '\v' } as const;

/**
 * Resolves a language's escape sequences in texts. `sequences` finds them: groups whose name begins with `hex`, and the
 * group `octal`, are numbers of characters, the group `letter` is anything else; where there is none of these, the text
 * stays as it is. `other` tells what a letter stands for that is not in the table: itself, unless said otherwise.
 */
export function unescaper(
  sequences: RegExp,
  letters: Readonly<Record<string, string>>,
  other: (letter: string, whole: string) => string = (letter) => letter,
): (text: string) => string {
  const resolve = (whole: string, ...rest: unknown[]): string => {
    const { octal, letter, ...hexes } = rest.at(-1) as Readonly<Record<string, string | undefined>>;
    const hex = Object.values(hexes).find((each) => each !== undefined);
    if (hex !== undefined) return character(parseInt(hex.replaceAll('_', ''), 16));
    if (octal !== undefined) return character(parseInt(octal, 8));
    return letter === undefined ? whole : (letters[letter] ?? other(letter, whole));
  };
  return (text) => (text.includes('\\') ? text.replace(sequences, resolve) : text);
}

function character(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
}
