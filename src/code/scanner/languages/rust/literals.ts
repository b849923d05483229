import { unescaper } from '../escapes';

const unescape = unescaper(
  /\\(?:x(?<hex2>[0-9a-fA-F]{2})|u\{(?<hexAny>[0-9a-fA-F_]{1,8})\}|(?<letter>\r?\n\s*|.))/g,
  { n: '\n', t: '\t', r: '\r', 0: '\0' },
  // A line goes on behind the next line's spaces.
  (letter) => (/\n/.test(letter) ? '' : letter),
);

/** The text that a string literal of any kind, quotes included, stands for. */
export function rustString(literal: string): string {
  const raw = /^[bc]?r(#*)"([\s\S]*)"\1$/.exec(literal);
  if (raw) return raw[2] ?? '';
  return unescape(literal.replace(/^[bc]?"/, '').replace(/"$/, ''));
}
