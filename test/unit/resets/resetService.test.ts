import assert from 'node:assert/strict';
import type { Bus } from '../../../src/resets/bus';
import type { ResetRecord } from '../../../src/resets/resetRecord';
import { encodeMessage } from '../../../src/res/systemMessage';
import { ResetService } from '../../../src/resets/resetService';
import { msg, verbatim } from '../../../src/util/l10n';
import type { Problem } from '../../../src/util/problem';
import { uncaughtDuring } from '../util/uncaught';
import { busThatAnswers, keepsNothing } from './flowSetup';

describe('A reset', () => {
  const message = { resources: ['library.>'] };

  const setUp = (): { service: ResetService; seen: ResetRecord[]; kinds: () => string[] } => {
    let count = 0;
    const service = new ResetService({
      recording: keepsNothing,
      newId: () => String(++count),
      now: () => 1000 + count,
      observe: () => undefined,
    });
    const seen: ResetRecord[] = [];
    service.onDidChange((record) => seen.push(record));
    return { service, seen, kinds: () => seen.map((record) => record.state.kind) };
  };

  it('is published once the server has confirmed it, and reports each step on the way', async () => {
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
      connectionId: 'user:local',
      state: { kind: 'published', server: 'nats-1' },
    });
  });

  it('that was published is told as that, though somebody who listens throws', async () => {
    const { service, seen } = setUp();
    service.onDidChange(() => {
      throw new Error('of another extension');
    });
    const bus = busThatAnswers({ state: 'published', server: 'nats-1' });
    const uncaught = await uncaughtDuring(async () => {
      const { record, observed } = await service.send({ message, origin: 'api' }, bus);
      assert.equal(record.state.kind, 'published');
      assert.equal(await observed, record);
    });
    assert.equal(uncaught.length, 3);
    assert.deepEqual(
      seen.map(({ state }) => state.kind),
      ['requested', 'sending', 'published'],
    );
  });

  it('that failed is recorded with how its reason is said, for readers of another language', async () => {
    const { service } = setUp();
    const problem = {
      what: msg('Nothing was sent'),
      why: msg('"{0}" is not connected', 'local'),
      remedy: verbatim('of somebody else'),
    };
    const { record } = await service.send(
      { message, origin: 'api' },
      busThatAnswers({ state: 'failed', problem }),
    );
    assert.deepEqual(record.state, { kind: 'failed', problem });
    const refused = service.fail({ message, origin: 'api' }, problem);
    assert.deepEqual(refused.state, { kind: 'failed', problem });
  });

  it('is not published where it is withdrawn while that is prepared, and that is recorded', async () => {
    const { service } = setUp();
    const sent: string[] = [];
    const bus = busThatAnswers({ state: 'published', server: 'nats-1' }, sent);
    const withdrawn = (): Problem => ({ what: verbatim('Paused') });
    const { record, observed } = await service.send({ message, origin: 'save', withdrawn }, bus);
    assert.deepEqual(record.state, { kind: 'failed', problem: { what: 'Paused' } });
    assert.equal(await observed, record);
    assert.deepEqual(sent, []);
    assert.equal((await service.send({ message, origin: 'save' }, bus)).record.state.kind, 'published');
  });

  it('is published only once it is recorded that it is being sent', async () => {
    const steps: string[] = [];
    const service = new ResetService({
      newId: () => '1',
      now: () => 1000,
      observe: () => undefined,
      recording: {
        ...keepsNothing,
        put: ({ state }) => steps.push(state.kind),
        written: async () => {
          await new Promise(setImmediate);
          steps.push('written');
        },
      },
    });
    const bus = busThatAnswers({ state: 'published', server: 'nats-1' });
    const publish = bus.publish.bind(bus);
    bus.publish = (subject, data) => {
      steps.push('handed over');
      return publish(subject, data);
    };
    await service.send({ message, origin: 'command' }, bus);
    assert.deepEqual(steps, ['requested', 'sending', 'written', 'handed over', 'published']);
  });

  for (const state of ['rejected', 'failed'] as const) {
    it(`is ${state} with the reason when the connection says so`, async () => {
      const { service, kinds } = setUp();
      const problem = { what: verbatim('No'), why: verbatim('the server said so') };
      const { record } = await service.send(
        { message, origin: 'command' },
        busThatAnswers({ state, problem }),
      );
      assert.deepEqual(record.state, { kind: state, problem });
      assert.deepEqual(kinds(), ['requested', 'sending', state]);
    });
  }

  it('is known as its own by each who is handed it back, once; an equal one that comes later is somebody else’s', async () => {
    const { service } = setUp();
    const [isOwn, ofAnother] = [service.listener(), service.listener()];
    const handedBack: boolean[] = [];
    const seen = { subject: 'system.reset', data: encodeMessage(message) };
    const bus = busThatAnswers({ state: 'published', server: 'nats-1' });
    const listening: Bus = {
      ...bus,
      publish: (subject, data) => {
        handedBack.push(...[isOwn, isOwn, ofAnother].map((of) => of({ subject, data })));
        return bus.publish(subject, data);
      },
    };
    assert.equal(isOwn(seen), false);
    await service.send({ message, origin: 'command' }, listening);
    assert.deepEqual(handedBack, [true, false, true]);
    // Nobody listened here to this one: it was not handed back.
    await service.send({ message, origin: 'command' }, bus);
    assert.equal(isOwn(seen), false);
  });

  it('is known as its own when it arrives late, though it counts as failed', async () => {
    const { service } = setUp();
    const isOwn = service.listener();
    const bus = busThatAnswers({ state: 'failed', problem: { what: verbatim('No confirmation') } });
    await service.send({ message, origin: 'command' }, bus);
    const seen = { subject: 'system.reset', data: encodeMessage(message) };
    assert.deepEqual([isOwn(seen), isOwn(seen)], [true, false]);
  });

  it('that never reached a connection is failed, and on the record', () => {
    const { service, kinds } = setUp();
    const record = service.fail({ message, origin: 'command' }, { what: verbatim('No server') }, 'local');
    assert.deepEqual(record.state, { kind: 'failed', problem: { what: 'No server' } });
    assert.equal(record.connection, 'local');
    assert.deepEqual(kinds(), ['requested', 'failed']);
  });
});
