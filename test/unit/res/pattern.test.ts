import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  checkName,
  checkPattern,
  covers,
  crossesServices,
  hasWildcard,
  matches,
  minimalCover,
  overlaps,
  patternProblemText,
  serviceOf,
} from '../../../src/res/pattern';
import { nearlyPattern, pattern, resourceName } from './arbitraries';
import { textOf } from '../../../src/util/l10n';

describe('A pattern', () => {
  for (const valid of [
    'library',
    'library.>',
    '*',
    '>',
    '*.*.>',
    'library.*.42',
    'a.b-c.D_e',
    'core.$1.{x}',
    '~.!',
  ]) {
    it(`may be ${valid}`, () => {
      assert.equal(checkPattern(valid), undefined);
    });
  }

  const refused: [text: string, kind: string, offset?: number][] = [
    ['', 'empty'],
    ['.', 'emptyPart', 0],
    ['library..x', 'emptyPart', 8],
    ['library.', 'emptyPart', 8],
    ['library.b*', 'wildcardNotAlone', 9],
    ['library.**', 'wildcardNotAlone', 8],
    ['a.>b', 'wildcardNotAlone', 2],
    ['library.>.x', 'fullWildcardNotLast', 8],
    [' bad', 'invalidCharacter', 0],
    ['library.book 1', 'invalidCharacter', 12],
    ['library.bücher', 'invalidCharacter', 9],
    ['a.\u007f', 'invalidCharacter', 2],
    ['library.books?start=0', 'query', 13],
  ];
  for (const [text, kind, offset] of refused) {
    it(`is not ${JSON.stringify(text)}, and the reason is “${kind}”`, () => {
      const problem = checkPattern(text);
      assert.ok(problem);
      assert.equal(problem.kind, kind);
      if (offset !== undefined) assert.equal('offset' in problem && problem.offset, offset);
      assert.ok(textOf(patternProblemText(problem)).length > 20);
    });
  }

  it('is valid exactly when a plain reading of the rules says so', () => {
    const valid = /^(?:(?:\*|[!-)+-=@-~]+)(?:\.(?:\*|[!-)+-=@-~]+))*(?:\.>)?|>)$/;
    const readPlainly = (text: string): boolean =>
      valid.test(text) &&
      text.split('.').every((part) => part !== '' && (part.length === 1 || !/[*>]/.test(part)));
    fc.assert(
      fc.property(nearlyPattern, (text) => (checkPattern(text) === undefined) === readPlainly(text)),
      {
        numRuns: 3000,
      },
    );
  });

  it('is a name exactly when it has no wildcard', () => {
    fc.assert(fc.property(pattern, (text) => (checkName(text) === undefined) === !hasWildcard(text)));
  });

  it('names its service by its first part', () => {
    assert.equal(serviceOf('library.book.*'), 'library');
    assert.equal(serviceOf('*.book'), undefined);
    assert.equal(serviceOf('>'), undefined);
    assert.equal(crossesServices('*.book'), true);
    assert.equal(crossesServices('library.>'), false);
  });
});

describe('Matching', () => {
  const cases: [pattern: string, name: string, expected: boolean][] = [
    ['library.>', 'library.book.1', true],
    ['library.>', 'library', false],
    ['library.*', 'library.book', true],
    ['library.*', 'library.book.1', false],
    ['library.book.*', 'library.Book.1', false],
    ['>', 'library', true],
    ['*', 'library', true],
  ];
  for (const [text, name, expected] of cases) {
    it(`${text} ${expected ? 'matches' : 'does not match'} ${name}`, () => {
      assert.equal(matches(text, name), expected);
    });
  }
});

describe('Cover and overlap', () => {
  it('a pattern that covers another matches whatever that one matches', () => {
    fc.assert(
      fc.property(pattern, pattern, resourceName, (wide, narrow, name) => {
        fc.pre(covers(wide, narrow) && matches(narrow, name));
        return matches(wide, name);
      }),
      { numRuns: 200 },
    );
  });

  it('a pattern that does not cover another misses one of its names', () => {
    // A name made from the narrow pattern, with parts that no pattern here holds, is missed.
    const exemplars = (text: string): string[] => {
      const filled = text.replaceAll('*', 'fresh');
      return filled.endsWith('>')
        ? [filled.slice(0, -1) + 'fresh', filled.slice(0, -1) + 'fresh.fresh.fresh.fresh']
        : [filled];
    };
    fc.assert(
      fc.property(pattern, pattern, (wide, narrow) => {
        fc.pre(!covers(wide, narrow));
        return exemplars(narrow).some((name) => !matches(wide, name));
      }),
    );
  });

  it('two patterns overlap exactly when a name exists that both match', () => {
    const names: string[] = [];
    const letters = ['a', 'b'];
    const grow = (prefix: string[], depth: number): void => {
      if (prefix.length > 0) names.push(prefix.join('.'));
      if (depth > 0) for (const letter of letters) grow([...prefix, letter], depth - 1);
    };
    grow([], 5);
    const part = fc.constantFrom('a', 'b', '*');
    const small = fc
      .tuple(fc.array(part, { maxLength: 3 }), fc.constantFrom('a', 'b', '*', '>'))
      .map(([parts, last]) => [...parts, last].join('.'));
    fc.assert(
      fc.property(
        small,
        small,
        (a, b) => overlaps(a, b) === names.some((name) => matches(a, name) && matches(b, name)),
      ),
      { numRuns: 2000 },
    );
  });

  it('the minimal cover matches the same names, and no member covers another', () => {
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 6 }), resourceName, (patterns, name) => {
        const cover = minimalCover(patterns);
        const matchedBy = (list: readonly string[]): boolean => list.some((text) => matches(text, name));
        assert.equal(matchedBy(cover), matchedBy(patterns));
        for (const a of cover) for (const b of cover) assert.ok(a === b || !covers(a, b));
        assert.equal(new Set(cover).size, cover.length);
      }),
    );
  });

  it('the minimal cover keeps the order and leaves out doubles', () => {
    assert.deepEqual(minimalCover(['b.x', 'a.1', 'b.>', 'a.1', 'b']), ['a.1', 'b.>', 'b']);
  });
});
