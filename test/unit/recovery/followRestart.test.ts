import assert from 'node:assert/strict';
import {
  followRestart,
  settleMs,
  type Answer,
  type RestartEnd,
  type Sign,
} from '../../../src/recovery/followRestart';
import type { ResetMessage } from '../../../src/res/resetMessage';

/** Follows a service that answers as said at each time (ms from the sign), and counts what it was asked. */
async function follow(
  answersAt: (time: number) => Answer,
  { sign = 'start', heard = [] }: { sign?: Sign; heard?: readonly (ResetMessage & { at?: number })[] } = {},
): Promise<RestartEnd & { time: number; asked: number }> {
  let time = 0;
  let asked = 0;
  const end = await followRestart(
    sign,
    { resources: ['library.>'], access: ['library.>'] },
    {
      ask: () => {
        if (answersAt(time) === true) asked++;
        return Promise.resolve(answersAt(time));
      },
      heard: (since) => heard.filter(({ at = time }) => at >= since).map((message) => ({ message, time: 0 })),
      pause: (ms) => {
        time += ms;
        return Promise.resolve();
      },
      now: () => time,
    },
    new AbortController().signal,
  );
  return { ...end, time, asked };
}

describe('a service that restarts', () => {
  it('is due once it has answered for two seconds after it was silent', async () => {
    const end = await follow((time) => time >= 1000);
    assert.deepEqual([end.kind, 'wasSilent' in end && end.wasSilent], ['answers', true]);
    assert.equal(end.time, 1000 + settleMs);
  });

  it('is due two seconds later where it answered throughout, and that is reported', async () => {
    const end = await follow(() => true);
    assert.deepEqual([end.kind, 'wasSilent' in end && end.wasSilent], ['answers', false]);
    assert.equal(end.time, settleMs);
    assert.ok(end.asked <= 10, `${end.asked} reads`);
  });

  it('is not due by an answer of the old process', async () => {
    const end = await follow((time) => time < 1000 || time >= 5000);
    assert.ok('wasSilent' in end && end.wasSilent);
    assert.equal(end.time, 5000 + settleMs);
  });

  it('is asked without an end in sight while it is down, but more and more rarely', async () => {
    const end = await follow((time) => time >= 120_000);
    assert.equal(end.kind, 'answers');
    assert.equal((await follow(() => false)).kind, 'nothing');
  });

  it('is left alone where its own reset covers what it serves', async () => {
    const heard = [{ resources: ['library.book.*'] }, { resources: ['library.>'], access: ['>'] }];
    const end = await follow((time) => time >= 500, { heard });
    assert.deepEqual('reset' in end && end.reset.message, heard[1]);
    assert.equal((await follow(() => true, { heard: [{ resources: ['library.>'] }] })).kind, 'answers');
  });

  it('is due where only resets were seen that came before it was back', async () => {
    const early = [{ at: 300, resources: ['library.>'], access: ['library.>'] }];
    assert.equal((await follow((time) => time >= 1000, { heard: early })).kind, 'answers');
    assert.equal((await follow((time) => time >= 200, { heard: early })).kind, 'resetItself');
  });

  it('is not taken for silent while the own link is away', async () => {
    const away = (time: number): Answer => time > 2000 || time < 500 || 'unlinked';
    const end = await follow(away);
    assert.deepEqual([end.kind, 'wasSilent' in end && end.wasSilent], ['answers', false]);
    assert.ok(end.time >= 2000 + settleMs);
    assert.equal((await follow(away, { sign: 'hint' })).kind, 'nothing');
  });

  it('does not count by a saved file alone', async () => {
    assert.equal((await follow(() => true, { sign: 'hint' })).kind, 'nothing');
    assert.equal((await follow((time) => time < 500 || time > 900, { sign: 'hint' })).kind, 'answers');
  });

  it('can’t be followed where it is not known what to ask', async () => {
    assert.equal((await follow(() => 'unaskable')).kind, 'unaskable');
  });
});
