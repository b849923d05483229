import { commonEscapes, unescaper } from '../escapes';

/** The text with its escape sequences resolved. */
export const unescape = unescaper(
  /\\(?:x(?<hex2>[0-9a-fA-F]{2})|u(?<hex4>[0-9a-fA-F]{4})|u\{(?<hexAny>[0-9a-fA-F]{1,6})\}|(?<letter>.))/gs,
  { ...commonEscapes, b: '\b', 0: '\0', '\n': '' },
);

/** The text that a quoted string literal, quotes included, stands for. */
export function jsString(literal: string): string {
  return unescape(literal.slice(1, -1));
}
