import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseProtectedContexts } from '../../../../src/connections/contexts/protectedContexts';
import { said } from '../../said';

describe('the setting res.protectedContexts', () => {
  it('protects the contexts that it names, and no others', () => {
    const contexts = parseProtectedContexts(['prod', 'stage']);
    assert.ok(contexts.has({ name: 'prod' }));
    assert.ok(!contexts.has({ name: 'pro' }));
    assert.ok(!parseProtectedContexts(undefined).has({ name: 'prod' }));
    assert.equal(contexts.problem, undefined);
  });

  it('protects the connection of the environment with the context that it starts from', () => {
    const contexts = parseProtectedContexts(['prod']);
    assert.ok(contexts.has({ name: 'Environment', basedOn: 'prod' }));
    assert.ok(!contexts.has({ name: 'Environment', basedOn: 'dev' }));
    assert.ok(!contexts.has({ name: 'Environment' }));
    assert.ok(parseProtectedContexts(['Environment']).has({ name: 'Environment', basedOn: 'dev' }));
  });

  it('takes a name on and off, and keeps whatever else stands there', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.string(), (list, name) => {
        const others = list.filter((one) => one !== name);
        const on = parseProtectedContexts(list).with?.(name, true);
        assert.ok(parseProtectedContexts(on).has({ name }));
        const off = parseProtectedContexts(on).with?.(name, false);
        assert.ok(!parseProtectedContexts(off).has({ name }));
        assert.deepEqual(new Set(off), new Set(others));
      }),
    );
  });

  it('protects all of them where it is no list, says so, and is not overwritten', () => {
    for (const value of ['prod', { prod: true }, 5, true]) {
      const contexts = parseProtectedContexts(value);
      assert.ok(contexts.has({ name: 'anything' }));
      assert.match(said(contexts.problem?.what), /res\.protectedContexts is not a list/);
      assert.equal(contexts.with, undefined);
    }
  });
});
