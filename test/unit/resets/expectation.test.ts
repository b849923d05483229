import assert from 'node:assert/strict';
import type { Observation } from '../../../src/resets/observe/observation';
import { expectedRequests } from '../../../src/resets/observe/expectation';
import type { ResetRecord } from '../../../src/resets/resetRecord';
import type { SystemMessage } from '../../../src/res/systemMessage';

const observed = (message: SystemMessage, count: number, more: Partial<Observation> = {}): ResetRecord => ({
  id: '1',
  time: 1,
  origin: 'command',
  connection: 'local',
  message,
  state: {
    kind: 'published',
    server: 'nats',
    observation: {
      state: 'complete',
      answers: 'watched',
      counts: { get: { answered: count }, access: {}, auth: {} },
      requests: [],
      other: 0,
      gateways: 1,
      took: 1,
      ...more,
    },
  },
});
const all = { resources: ['library.>'] };

describe('How many requests are to be expected of a reset', () => {
  it('is what the last one made the gateways send', () => {
    const records = [observed(all, 700), observed(all, 5)];
    assert.deepEqual(
      expectedRequests(all, 'local', records, () => 3),
      { count: 700, source: 'observation' },
    );
  });

  it('is no less than a narrower one made them send', () => {
    const records = [observed({ resources: ['library.book.*'] }, 700)];
    assert.equal(expectedRequests(all, 'local', records, () => 0).count, 700);
  });

  it('does not count a wider one, another connection, or one that could not be watched', () => {
    const book = { resources: ['library.book.1'] };
    assert.equal(expectedRequests(book, 'local', [observed(all, 700)], () => 1).count, 1);
    assert.equal(expectedRequests(all, 'other', [observed(all, 700)], () => 0).count, 0);
    assert.equal(expectedRequests(all, 'local', [observed(all, 700, { state: 'denied' })], () => 0).count, 0);
  });

  it('is not told by another connection of the same name, where both are known by their ids', () => {
    const on = (connectionId: string) => ({ ...observed(all, 700), connectionId });
    const count = (records: ResetRecord[]) =>
      expectedRequests(all, { id: 'user:local', connection: 'local' }, records, () => 0).count;
    assert.deepEqual([count([on('context:local')]), count([on('user:local')])], [0, 700]);
    assert.equal(count([observed(all, 700)]), 700, 'stored without an id');
  });

  it('is how many known names match, where that is more', () => {
    assert.deepEqual(
      expectedRequests(all, 'local', [observed(all, 2)], () => 900),
      {
        count: 900,
        source: 'knownNames',
      },
    );
  });

  it('counts a name that two lists match once', () => {
    const both = { resources: ['library.>'], access: ['library.>'] };
    assert.equal(expectedRequests(both, 'local', [], () => 10).count, 10);
  });
});
