import assert from 'node:assert/strict';
import fc from 'fast-check';
import { countOutcomes, OutcomeCount, type ObservedRequest } from '../../../src/resets/observe/observation';
import { RequestTally } from '../../../src/resets/requestTally';

const outcome = fc.constantFrom<ObservedRequest['outcome']>(
  { kind: 'answered' },
  { kind: 'error', code: 'system.internalError', message: '' },
  { kind: 'noAnswer' },
  { kind: 'noAnswer', unsure: 'late' },
  { kind: 'pending' },
);
const number = fc.integer({ min: 0, max: 60 });
const request: fc.Arbitrary<ObservedRequest> = fc
  .record({
    kind: fc.constantFrom('get', 'access' as const),
    outcome,
    took: fc.option(number, { nil: undefined }),
    least: fc.option(number, { nil: undefined }),
    at: fc.option(number, { nil: undefined }),
    bytes: fc.option(number, { nil: undefined }),
  })
  .map(({ kind, outcome, took, least, at, bytes }) => ({
    kind,
    name: 'a',
    gateway: 1,
    outcome,
    ...(took !== undefined && { took, ...(least !== undefined && { tookMin: Math.min(least, took) }) }),
    ...(at !== undefined && { at }),
    ...(bytes !== undefined && { bytes }),
  }));
/** Puts requests into places, one after the other; none takes what is there away. */
const changes = fc.array(fc.tuple(fc.nat(9), fc.option(request, { nil: undefined })));

describe('What requests say together', () => {
  it('is the same however they came and changed', () => {
    fc.assert(
      fc.property(changes, (all) => {
        const [tally, count] = [new RequestTally(), new OutcomeCount()];
        const places = new Map<number, ObservedRequest>();
        for (const [place, after] of all) {
          tally.replace(places.get(place), after);
          count.replace(places.get(place), after);
          if (after) places.set(place, after);
          else places.delete(place);
          // What is asked for in between must not matter.
          if (place % 2 === 0) tally.timeAt(0.5);
        }
        const anew = new RequestTally();
        for (const one of places.values()) anew.replace(undefined, one);
        assert.deepEqual(told(tally), told(anew));
        assert.deepEqual(count.counts(), countOutcomes([...places.values()]));
      }),
    );
  });
});

function told(tally: RequestTally): unknown {
  const { listed, bytes, answered, inexact, timed } = tally;
  return {
    ...{ listed, bytes, answered, inexact, timed },
    totals: [...tally.totals()].sort((a, b) => (a.kind + a.word < b.kind + b.word ? -1 : 1)),
    times: [0, 0.5, 0.95, 1].map((share) => tally.timeAt(share)),
    exact: tally.exactTimes(),
  };
}
