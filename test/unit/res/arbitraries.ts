import fc from 'fast-check';

/** Few letters, so that random names and patterns meet often. */
const literal = fc.constantFrom('a', 'b', 'c', 'A', '1', 'x-y', '$id', '{', '"');

/** A valid resource name of one to four parts. */
export const resourceName = fc.array(literal, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('.'));

/** A valid pattern of one to four parts. */
export const pattern = fc
  .tuple(
    fc.array(fc.oneof({ weight: 2, arbitrary: literal }, { weight: 1, arbitrary: fc.constant('*') }), {
      maxLength: 3,
    }),
    fc.oneof(literal, fc.constant('*'), fc.constant('>')),
  )
  .map(([parts, last]) => [...parts, last].join('.'));

/** Text that is often nearly a pattern. */
export const nearlyPattern = fc.oneof(
  fc.string(),
  fc
    .array(fc.constantFrom('a', 'b', '*', '>', '.', '?', ' ', 'é', '\u007f', '\n', '~', '!'), {
      maxLength: 8,
    })
    .map((characters) => characters.join('')),
);
