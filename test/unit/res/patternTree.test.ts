import assert from 'node:assert/strict';
import fc from 'fast-check';
import { covers, minimalCover } from '../../../src/res/pattern';
import { PatternTree } from '../../../src/res/patternTree';
import { pattern } from './arbitraries';

describe('Many patterns at once', () => {
  /** Few parts, so that patterns meet. */
  const near = fc
    .tuple(fc.array(fc.constantFrom('a', 'b', '*'), { maxLength: 3 }), fc.constantFrom('a', 'b', '*', '>'))
    .map(([parts, last]) => [...parts, last].join('.'));
  const any = fc.oneof({ weight: 4, arbitrary: near }, pattern);

  it('cover what one of them covers by itself, and as many times', () => {
    fc.assert(
      fc.property(fc.uniqueArray(any), any, fc.nat(3), (patterns, narrow, most) => {
        const expected = patterns.filter((wide) => covers(wide, narrow)).length;
        const tree = new PatternTree(patterns);
        assert.equal(tree.countCovering(narrow), expected);
        assert.equal(Math.min(most, tree.countCovering(narrow, most)), Math.min(most, expected));
      }),
      { numRuns: 2000 },
    );
  });

  it('are the fewest when none is covered by another', () => {
    fc.assert(
      fc.property(fc.array(any), (patterns) => {
        const distinct = [...new Set(patterns)];
        const expected = distinct.filter(
          (one) => !distinct.some((other) => other !== one && covers(other, one)),
        );
        assert.deepEqual(minimalCover(patterns), expected);
      }),
      { numRuns: 1000 },
    );
  });
});
