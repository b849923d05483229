import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { OwnMessages } from '../../../src/resets/ownMessages';

describe('A message on the bus', () => {
  const message = (text: string, subject = 'system.reset') => ({
    subject,
    data: new TextEncoder().encode(text),
  });

  it('is this window’s own for each who listens, once for each time that it is published', () => {
    const own = new OwnMessages();
    const [one, other] = [own.listener(), own.listener()];
    own.publishing(message('a'));
    own.publishing(message('a'));
    assert.deepEqual(
      [one, one, one].map((of) => of(message('a'))),
      [true, true, false],
    );
    assert.deepEqual(
      [other, other, other].map((of) => of(message('a'))),
      [true, true, false],
    );
  });

  it('is somebody else’s where it says something else, was not published, or was confirmed before', () => {
    const own = new OwnMessages();
    const isOwn = own.listener();
    assert.ok(!isOwn(message('a')));
    const settled = own.publishing(message('a'));
    assert.ok(!isOwn(message('b')));
    assert.ok(!isOwn(message('a', 'system.tokenReset')));
    settled(true);
    assert.ok(!isOwn(message('a')));
  });

  it('is still this window’s own a while after the server did not confirm it, and then no more', () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      const own = new OwnMessages();
      const [early, late] = [own.listener(), own.listener()];
      own.publishing(message('a'))(false);
      mock.timers.tick(4999);
      assert.ok(early(message('a')));
      mock.timers.tick(1);
      assert.ok(!late(message('a')));
    } finally {
      mock.timers.reset();
    }
  });
});
