import assert from 'node:assert/strict';
import fc from 'fast-check';
import { listenSubject } from '../../../src/res/listenSubject';
import {
  checkName,
  checkPattern,
  covers,
  crossesServices,
  hasWildcard,
  matches,
  maxNameLength,
  minimalCover,
  overlaps,
  patternProblemText,
  serviceOf,
} from '../../../src/res/pattern';
import { PatternTree } from '../../../src/res/patternTree';
import { parseRequestSubject } from '../../../src/res/requestSubject';
import { buildResetMessage } from '../../../src/res/resetMessage';
import { encodeMessage, readSystemMessage, summarizeMessage } from '../../../src/res/systemMessage';
import { boundMessage } from '../../../src/res/boundMessage';
import { buildTokenReset } from '../../../src/res/tokenReset';
import { problemText } from '../../../src/util/problem';
import { pattern } from './arbitraries';
import { longPattern, longText } from './longTexts';
import { textOf } from '../../../src/util/l10n';

const few = { numRuns: 20, endOnFailure: true };

describe('A pattern that is longer than any resource name', () => {
  it('is refused, with its length', () => {
    assert.equal(checkPattern('a'.repeat(maxNameLength)), undefined);
    assert.equal(checkPattern(`${'*.'.repeat(2000)}>`), undefined);
    for (const long of ['a'.repeat(maxNameLength + 1), 'a.'.repeat(8000) + 'a', `${'*.'.repeat(4000)}>`]) {
      const built = buildResetMessage({ resources: ['library.>', long] });
      assert.ok(!built.ok);
      assert.match(
        problemText(built.problem),
        /Too long: \d+ characters, and Resgate can request names of at most 4063/,
      );
      const token = buildTokenReset(['12'], `auth.${long}.renew`);
      assert.ok(!token.ok && /at most 4063/.test(problemText(token.problem)));
    }
  });

  it('is not quoted whole', () => {
    fc.assert(
      fc.property(longText, (text) => {
        for (const built of [buildResetMessage({ access: text }), buildTokenReset(['1'], text)]) {
          assert.ok(!built.ok);
          assert.ok(problemText(built.problem).length < 500);
        }
      }),
      few,
    );
  });

  it('is heard by what it begins with', () => {
    fc.assert(
      fc.property(fc.oneof(pattern, longPattern), (text) => {
        const subject = `get.${text}`;
        const heard = listenSubject(subject);
        assert.ok(heard.length <= 1000 && covers(heard, subject), heard);
        assert.equal(checkPattern(heard), undefined);
        if (subject.length <= 1000) assert.equal(heard, subject);
      }),
    );
    assert.equal(listenSubject(`get.${'a'.repeat(4000)}.b`), 'get.>');
  });
});

describe('What is asked of patterns', () => {
  it('has an answer for texts of any length', () => {
    fc.assert(
      fc.property(fc.oneof(longText, longPattern), fc.oneof(longText, longPattern, pattern), (one, other) => {
        const problem = checkPattern(one) ?? checkName(one);
        if (problem) textOf(patternProblemText(problem));
        for (const ask of [matches, covers, overlaps]) ask(one, other);
        for (const ask of [hasWildcard, crossesServices, serviceOf, parseRequestSubject]) ask(one);
        for (const narrow of [one, other]) new PatternTree([one, other]).countCovering(narrow);
        minimalCover([one, other, one]);
        buildResetMessage({ resources: one, access: [other, one] });
        const message = { resources: [one, other], access: [other] };
        summarizeMessage(message);
        boundMessage(message);
        readSystemMessage('system.reset', encodeMessage(message));
        readSystemMessage('system.tokenReset', encodeMessage({ tids: [one], subject: other }));
      }),
      few,
    );
  });

  it('is right for patterns of many parts', () => {
    const [wide, narrow] = [`${'*.'.repeat(15_000)}>`, `${'a.'.repeat(20_000)}a`];
    assert.deepEqual([covers(wide, narrow), covers(narrow, wide)], [true, false]);
    assert.deepEqual(minimalCover([narrow, wide, 'b']), [wide, 'b']);
  });

  it('names a problem with a value that JSON can not hold', () => {
    const circular: unknown[] = [];
    circular.push(circular);
    const values: unknown[] = [10n, circular, undefined, Symbol('x')];
    for (const value of values) {
      const built = buildResetMessage({ resources: [value as string] });
      assert.ok(!built.ok && /which is not a string/.test(problemText(built.problem)));
    }
  });

  it('takes hardly longer for each of very many patterns', () => {
    // To compare each with each would take hours.
    const patterns = Array.from(
      { length: 20_000 },
      (_, number) => `library.shelf.${number % 1000}.book.${number}`,
    );
    assert.equal(minimalCover(patterns).length, 20_000);
    assert.deepEqual(minimalCover([...patterns, 'library.>']), ['library.>']);
  });
});
