import assert from 'node:assert/strict';
import { selfReset } from '../../../src/recovery/selfReset';
import type { ResetRecord } from '../../../src/resets/resetRecord';

describe('The reset of a restarted service itself', () => {
  const bus = { id: 'user:local', connection: 'local' };
  const heard = { message: { resources: ['library.>'] }, time: 100_000 };
  const received: ResetRecord = {
    id: 'r',
    time: 100_020,
    origin: 'received',
    message: { resources: ['library.>'] },
    connection: 'local',
    connectionId: 'user:local',
    state: { kind: 'received' },
  };
  const idOf = (...records: ResetRecord[]): string => selfReset(heard, bus, records, () => 'new').id;

  it('is the one that the monitor recorded, with all that it has seen of it', () => {
    const record = { ...received, state: { kind: 'received', observation: undefined } } as ResetRecord;
    assert.deepEqual(
      selfReset(heard, bus, [record], () => 'new'),
      { ...record, origin: 'self' },
    );
  });

  it('is not an equal one of another moment, connection or client', () => {
    assert.equal(idOf({ ...received, time: 60_000 }), 'new', 'it was sent half a minute before');
    assert.equal(idOf({ ...received, connectionId: 'workspace:local' }), 'new');
    assert.equal(idOf({ ...received, origin: 'command' }), 'new');
    assert.equal(idOf({ ...received, time: 60_000 }, received), 'r');
  });

  it('is recorded as it was heard where nothing else recorded it, and says what of it is not stored', () => {
    assert.deepEqual(
      selfReset({ ...heard, leftOut: 3 }, bus, [], () => 'new'),
      { ...received, id: 'new', time: 100_000, leftOut: 3, origin: 'self' },
    );
  });
});
