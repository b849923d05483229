import assert from 'node:assert/strict';
import fc from 'fast-check';
import { jwtOf, seedOf } from '../../../src/connections/link/jwt';

const jwt = 'eyJ0eXAiOiJKV1QifQ.eyJleHAiOjF9.c2ln_bmF0-dXJl';
const seed = `SU${'A2B7'.repeat(14)}`;

describe('a creds file', () => {
  const gap = fc.stringMatching(/^[ \t]{0,3}$/);
  const lineEnd = fc
    .tuple(gap, fc.constantFrom('\n', '\r\n', '\r'), fc.nat({ max: 2 }))
    .map(([space, end, more]) => space + end.repeat(1 + more));
  const dashes = fc.integer({ min: 3, max: 8 }).map((count) => '-'.repeat(count));

  /** The lines that matter and those around them, each with any indent and any line end. */
  const file = (ends: boolean, last: boolean): fc.Arbitrary<string> =>
    fc
      .tuple(dashes, fc.array(fc.tuple(gap, lineEnd), { minLength: 12, maxLength: 12 }), fc.boolean())
      .map(([dash, around, mark]) => {
        const lines = [
          `${dash}BEGIN NATS USER JWT${dash}`,
          jwt,
          ...(ends ? [`${dash}END NATS USER JWT${dash}`] : []),
          '************************* IMPORTANT *************************',
          'NKEY Seed printed below can be used to sign and prove identity.',
          `${dash}BEGIN USER NKEY SEED${dash}`,
          seed,
          ...(ends ? [`${dash}END USER NKEY SEED${dash}`] : []),
        ].filter((line) => ends || !/^[*N]/.test(line));
        const text = lines
          .map((line, at) => `${around[at]?.[0] ?? ''}${line}${around[at]?.[1] ?? ''}`)
          .join('');
        return `${mark ? '\uFEFF' : ''}${last ? text : text.trimEnd()}`;
      });

  for (const ends of [true, false])
    for (const last of [true, false]) {
      it(`is read whatever its line ends are, ${ends ? 'with' : 'without'} end markers, the last line ${last ? 'ended' : 'open'}`, () => {
        fc.assert(
          fc.property(file(ends, last), (text) => {
            assert.equal(jwtOf(text), jwt);
            assert.equal(seedOf(text), seed);
          }),
        );
      });
    }

  it('is read without markers too, and with its JWT broken over lines', () => {
    assert.equal(jwtOf(`${jwt}\r\n${seed}`), jwt);
    assert.equal(jwtOf(`---BEGIN---\n${jwt.slice(0, 20)}\r\n${jwt.slice(20)}\n---END---`), jwt);
  });

  it('holds no JWT where nothing looks like one', () => {
    for (const text of ['', seed, 'see docs.nats.io', '-----BEGIN NATS USER JWT-----\n', '{"a":1}'])
      assert.equal(jwtOf(text), undefined);
  });
});
