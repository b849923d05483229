import assert from 'node:assert/strict';
import fc from 'fast-check';
import { shortenedInMiddle } from '../../../src/util/middle';

describe('A text shortened in the middle', () => {
  for (const [text, length, expected] of [
    ['library.book.*', 8, 'l…book.*'],
    ['inventory.book.*', 8, 'i…book.*'],
    ['library.books', 8, 'li…books'],
    ['library.department.book.kind.*', 20, 'library.…book.kind.*'],
    ['billing.customer.*.invoice.*', 20, 'billing.…*.invoice.*'],
    ['access library.book.*', 10, 'acc…book.*'],
    ['what the whole team resets before each demonstration', 8, 'wha…tion'],
    ['library.>', 9, 'library.>'],
  ] as const) {
    it(`is ${expected} of ${text} for ${length} characters`, () => {
      assert.equal(shortenedInMiddle(text, length), expected);
    });
  }

  it('is no longer than allowed, keeps both ends, and the last part whole where it fits', () => {
    const part = fc.stringMatching(/^[a-z0-9é😀-]{1,12}$/u);
    const pattern = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('.'));
    fc.assert(
      fc.property(pattern, fc.integer({ min: 8, max: 20 }), (text, length) => {
        const shown = Array.from(shortenedInMiddle(text, length));
        assert.ok(shown.length <= length);
        assert.equal(shown[0], Array.from(text)[0]);
        assert.equal(shown.at(-1), Array.from(text).at(-1));
        const last = Array.from(text.split('.').at(-1) ?? '');
        if (last.length + 2 <= length) assert.equal(shown.slice(-last.length).join(''), last.join(''));
      }),
    );
  });
});
