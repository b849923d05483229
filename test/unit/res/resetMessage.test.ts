import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkPattern } from '../../../src/res/pattern';
import { buildResetMessage, summarizeReset } from '../../../src/res/resetMessage';
import { nearlyPattern, pattern } from './arbitraries';
import { said } from '../said';

describe('A reset message', () => {
  it('holds the minimal cover of each list', () => {
    assert.deepEqual(buildResetMessage({ resources: ['library.book.1', 'library.>'], access: 'library.>' }), {
      ok: true,
      value: { resources: ['library.>'], access: ['library.>'] },
    });
  });

  it('leaves an empty list out', () => {
    assert.deepEqual(buildResetMessage({ resources: ['library'], access: [] }), {
      ok: true,
      value: { resources: ['library'] },
    });
  });

  it('is refused without a pattern', () => {
    assert.equal(buildResetMessage({}).ok, false);
    assert.equal(buildResetMessage({ resources: [] }).ok, false);
  });

  it('is refused whole when one pattern is invalid, naming it and the reason', () => {
    const built = buildResetMessage({ resources: ['library.>', 'library..x'] });
    assert.ok(!built.ok);
    assert.match(said(built.problem.why), /library\.\.x/);
    assert.match(said(built.problem.remedy), /empty/);
  });

  for (const wrong of [5, { a: 1 }, ['library.>', 5], [null]]) {
    it(`is refused for ${JSON.stringify(wrong)} as a list`, () => {
      assert.equal(buildResetMessage({ resources: wrong as unknown as string[] }).ok, false);
    });
  }

  it('never holds a pattern that Resgate would drop', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(pattern, nearlyPattern), { maxLength: 4 }), (resources) => {
        const built = buildResetMessage({ resources });
        if (built.ok) assert.ok(built.value.resources?.every((text) => checkPattern(text) === undefined));
        else assert.ok(resources.length === 0 || resources.some((text) => checkPattern(text) !== undefined));
      }),
    );
  });

  it('is summarized in few words', () => {
    assert.equal(summarizeReset({ resources: ['a.>', 'b', 'c'] }), 'a.> +2');
    assert.equal(summarizeReset({ access: ['a.>'] }), 'access a.>');
    assert.equal(summarizeReset({ resources: ['a'], access: ['b'] }), 'a, access b');
    assert.equal(summarizeReset({ resources: ['a'], access: ['a'] }), 'a and access');
  });
});
