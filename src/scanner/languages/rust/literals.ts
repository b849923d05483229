const escapes: Record<string, string> = { n: '\n', t: '\t', r: '\r', 0: '\0' };

/** The text that a string literal of any kind, quotes included, stands for. */
export function rustString(literal: string): string {
  const raw = /^[bc]?r(#*)"([\s\S]*)"\1$/.exec(literal);
  if (raw) return raw[2] ?? '';
  const inner = literal.replace(/^[bc]?"/, '').replace(/"$/, '');
  if (!inner.includes('\\')) return inner;
  return inner.replace(
    /\\(?:x([0-9a-fA-F]{2})|u\{([0-9a-fA-F_]{1,8})\}|(\r?\n\s*)|(.))/g,
    (_, x?: string, u?: string, newline?: string, letter?: string) => {
      if (newline !== undefined) return '';
      const hex = x ?? u?.replaceAll('_', '');
      if (hex === undefined) return escapes[letter ?? ''] ?? letter ?? '';
      const code = parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
    },
  );
}
