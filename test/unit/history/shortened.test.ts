import assert from 'node:assert/strict';
import { decodeLog } from '../../../src/history/log/decodeLog';
import { encodeLine } from '../../../src/history/log/historyLog';
import { shortened } from '../../../src/history/shortened';
import type { ObservedRequest } from '../../../src/resets/observe/observation';
import type { ResetRecord } from '../../../src/resets/resetRecord';
import { record } from './records';

describe('A reset that made gateways ask for very much', () => {
  const requests = Array.from({ length: 1000 }, (_, at): ObservedRequest => {
    const kind = at >= 990 ? 'noAnswer' : 'answered';
    return { kind: 'get', name: `library.book.${at}`, gateway: 1, outcome: { kind } };
  });
  const counts = { get: { answered: 990, noAnswer: 10 }, access: {}, auth: {} };
  const large = record('1', {
    state: {
      kind: 'received',
      observation: {
        state: 'complete',
        answers: 'watched',
        counts,
        requests,
        other: 0,
        gateways: 1,
        took: 9,
      },
    },
  });

  const check = (kept: ResetRecord | undefined): void => {
    assert.ok(kept?.state.kind === 'received' && kept.state.observation);
    const { observation } = kept.state;
    assert.deepEqual(observation.counts, counts);
    assert.equal(observation.requests.length, 200);
    assert.deepEqual(observation.requests.slice(0, 11), [...requests.slice(990), requests[0]]);
  };

  it('is kept with the requests that went wrong, some of the others, and all in its counts', () => {
    check(shortened(large));
    const small = record('1');
    assert.equal(shortened(small), small);
  });

  it('is kept like that too when a log holds more of it', async () => {
    const { lines } = await decodeLog(encodeLine({ rev: 1, put: large }));
    const [line] = lines;
    check(line && 'put' in line ? line.put : undefined);
  });
});
