import { commonEscapes, unescaper } from '../escapes';

const unescape = unescaper(
  /\\(?:x(?<hex2>[0-9a-fA-F]{2})|u(?<hex4>[0-9a-fA-F]{4})|U(?<hex8>[0-9a-fA-F]{8})|(?<octal>[0-7]{3})|(?<letter>.))/gs,
  { ...commonEscapes, a: '\x07', b: '\b' },
);

/** The text that a Go string literal, quotes included, stands for. */
export function goString(literal: string): string {
  const inner = literal.slice(1, -1);
  return literal.startsWith('`') ? inner.replaceAll('\r', '') : unescape(inner);
}
