import { commonEscapes, unescaper } from '../escapes';

/** The text with its escape sequences resolved; one that is none stays, backslash and all. */
export const unescape = unescaper(
  /\\(?:x(?<hex2>[0-9a-fA-F]{2})|u(?<hex4>[0-9a-fA-F]{4})|U(?<hex8>[0-9a-fA-F]{8})|N\{[^}]*\}|(?<octal>[0-7]{1,3})|(?<letter>.))/gs,
  { ...commonEscapes, a: '\x07', b: '\b', '\n': '' },
  (letter, whole) => (/\w/.test(letter) ? whole : letter),
);
