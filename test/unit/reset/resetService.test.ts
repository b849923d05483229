import assert from 'node:assert/strict';
import type { Bus, PublishResult } from '../../../src/reset/bus';
import type { ResetRecord } from '../../../src/reset/resetRecord';
import { ResetService } from '../../../src/reset/resetService';

describe('A reset', () => {
  const message = { resources: ['library.>'] };

  const setUp = (): { service: ResetService; seen: ResetRecord[]; kinds: () => string[] } => {
    let count = 0;
    const service = new ResetService({
      newId: () => String(++count),
      now: () => 1000 + count,
      observe: () => undefined,
    });
    const seen: ResetRecord[] = [];
    service.onDidChange((record) => seen.push(record));
    return { service, seen, kinds: () => seen.map((record) => record.state.kind) };
  };

  const busThatAnswers = (result: PublishResult, sent: string[] = []): Bus => ({
    connection: 'local',
    isProtected: false,
    isUnverified: false,
    publish: (subject, data) => {
      sent.push(`${subject} ${new TextDecoder().decode(data)}`);
      return Promise.resolve(result);
    },
    subscribe: () => ({ dispose: () => undefined }),
    onDidDisconnect: () => ({ dispose: () => undefined }),
    heardUntil: 0,
    flush: () => Promise.resolve(true),
  });

  it('is published once the server has confirmed it, and tells each step on the way', async () => {
    const { service, seen, kinds } = setUp();
    const sent: string[] = [];
    const bus = busThatAnswers({ state: 'published', server: 'nats-1' }, sent);
    const { record } = await service.send({ message, origin: 'codeLens' }, bus);
    assert.deepEqual(sent, ['system.reset {"resources":["library.>"]}']);
    assert.deepEqual(kinds(), ['requested', 'sending', 'published']);
    assert.deepEqual(record, seen.at(-1));
    assert.deepEqual(record, {
      id: '1',
      time: 1001,
      origin: 'codeLens',
      message,
      connection: 'local',
      state: { kind: 'published', server: 'nats-1' },
    });
  });

  for (const state of ['rejected', 'failed'] as const) {
    it(`is ${state} with the reason when the connection says so`, async () => {
      const { service, kinds } = setUp();
      const problem = { what: 'No', why: 'the server said so' };
      const { record } = await service.send(
        { message, origin: 'command' },
        busThatAnswers({ state, problem }),
      );
      assert.deepEqual(record.state, { kind: state, problem });
      assert.deepEqual(kinds(), ['requested', 'sending', state]);
    });
  }

  it('that never reached a connection is failed, and on the record', () => {
    const { service, kinds } = setUp();
    const record = service.fail({ message, origin: 'command' }, { what: 'No server' }, 'local');
    assert.deepEqual(record.state, { kind: 'failed', problem: { what: 'No server' } });
    assert.equal(record.connection, 'local');
    assert.deepEqual(kinds(), ['requested', 'failed']);
  });
});
