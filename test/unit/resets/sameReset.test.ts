import assert from 'node:assert/strict';
import { isSameConnection } from '../../../src/resets/connections';
import { isAlike, isSameMessage, isSameReset, type SeenReset } from '../../../src/resets/sameReset';

describe('Two sightings', () => {
  const seen = (more: Partial<SeenReset> = {}): SeenReset => ({
    message: { resources: ['library.>'] },
    connection: 'local',
    connectionId: 'user:local',
    time: 10_000,
    ...more,
  });

  it('are of one reset where they are of the same message, connection and moment, whichever came first', () => {
    for (const time of [9000, 10_000, 11_000]) {
      assert.ok(isSameReset(seen(), seen({ time })));
      assert.ok(isSameReset(seen({ time }), seen()));
    }
    for (const time of [8999, 11_001]) assert.ok(!isSameReset(seen(), seen({ time })));
    const others: Partial<SeenReset>[] = [
      { message: { resources: ['library.book.1'] } },
      { message: { access: ['library.>'] } },
      { message: { tids: ['library.>'], subject: 'auth' } },
      { connectionId: 'workspace:local' },
      { connectionId: undefined, connection: 'other' },
      { leftOut: 1 },
    ];
    for (const other of others) assert.ok(!isSameReset(seen(), seen(other)), JSON.stringify(other));
  });

  it('are on one connection where that was stored without an id, and its name is the same', () => {
    assert.ok(isSameReset(seen(), seen({ connectionId: undefined })));
  });

  it('are alike days later too', () => {
    assert.ok(isAlike(seen(), seen({ time: 1e9 })));
    assert.ok(!isAlike(seen(), seen({ leftOut: 2 })));
  });

  it('are of the same message where both say the same in the same order', () => {
    assert.ok(isSameMessage({ resources: ['a', 'b'] }, { resources: ['a', 'b'] }));
    assert.ok(!isSameMessage({ resources: ['a', 'b'] }, { resources: ['b', 'a'] }));
  });
});

describe('Two connections', () => {
  const [saved, context] = [
    { id: 'user:local', connection: 'local' },
    { id: 'context:local', connection: 'local' },
  ];

  it('are the same by their ids, whatever they are called', () => {
    assert.ok(!isSameConnection(saved, context));
    assert.ok(isSameConnection(saved, { ...saved, connection: 'renamed' }));
  });

  it('are the same by their name where no more is known of one', () => {
    for (const known of [saved, context]) {
      assert.ok(isSameConnection(known, 'local'));
      assert.ok(isSameConnection('local', known));
      assert.ok(!isSameConnection(known, 'other'));
      assert.ok(!isSameConnection(known, undefined));
    }
    assert.ok(isSameConnection('local', 'local'));
    assert.ok(isSameConnection(undefined, undefined));
  });
});
