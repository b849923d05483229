const escapes: Record<string, string> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
  0: '\0',
  '\n': '',
};

/** The text that a quoted string literal, quotes included, stands for. */
export function jsString(literal: string): string {
  const inner = literal.slice(1, -1);
  return inner.includes('\\') ? unescape(inner) : inner;
}

/** The text with its escape sequences resolved. */
export function unescape(inner: string): string {
  return inner.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}|(.))/gs,
    (_, x?: string, u?: string, long?: string, letter?: string) => {
      const hex = x ?? u ?? long;
      if (hex === undefined) return escapes[letter ?? ''] ?? letter ?? '';
      const code = parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
    },
  );
}
