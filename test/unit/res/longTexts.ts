import fc from 'fast-check';

/** So many parts are more than the stack has room for, if each takes a frame of it. */
const many = 20_000;

/** Texts much longer than any that a person types: of many parts, of one, or of nothing that makes sense. */
export const longText = fc
  .tuple(
    fc.constantFrom('a.', '*.', '>.', '.', 'a', '\\', '"', '{{', ' ', '\n', '\ud800', '€', 'a b.', "'$`%"),
    fc.constantFrom(5_000, 8_000, many),
    fc.constantFrom('', 'a', '>', '*', '.', '?q', ' '),
  )
  .map(([unit, count, end]) => unit.repeat(count) + end);

/** Names and patterns as the protocol has them, of very many parts. */
export const longPattern = fc
  .tuple(fc.constantFrom('a.', '*.', 'book.'), fc.constantFrom(8_000, many), fc.constantFrom('a', '*', '>'))
  .map(([unit, count, end]) => unit.repeat(count) + end);
