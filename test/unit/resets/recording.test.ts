import assert from 'node:assert/strict';
import { Recording, type ResetStore } from '../../../src/resets/recording';
import type { ResetRecord } from '../../../src/resets/resetRecord';
import { ResetService } from '../../../src/resets/resetService';
import type { ResetMessage } from '../../../src/res/resetMessage';
import { problemText } from '../../../src/util/problem';
import { silentLogger } from '../../host/silentLogger';
import { busThatAnswers, keepsNothing } from './flowSetup';

describe('What becomes of a reset', () => {
  /** A window whose history throws as long as `broken` says so, of what is in it. */
  const setUp = (store: Partial<ResetStore> = {}) => {
    const kept = new Map<string, string>();
    const origins = new Map<string, string>();
    const logged: string[] = [];
    const said: string[] = [];
    const sent: string[] = [];
    const history: { broken: (record: ResetRecord) => boolean } = { broken: () => false };
    const recording = new Recording({
      store: {
        ...keepsNothing,
        put: (record) => {
          if (history.broken(record)) throw new Error('no room');
          kept.set(record.id, record.state.kind);
          origins.set(record.id, record.origin);
        },
        ...store,
      },
      logger: { ...silentLogger, error: (text) => logged.push(text) },
      onProblem: (problem) => said.push(problemText(problem)),
    });
    let count = 0;
    const service = new ResetService({
      recording,
      newId: () => String(++count),
      now: () => count,
      observe: () => undefined,
    });
    const bus = busThatAnswers({ state: 'published', server: 'nats-1' }, sent);
    const send = async (message: ResetMessage): Promise<string> =>
      (await service.send({ message, origin: 'command' }, bus)).record.state.kind;
    return { kept, origins, recording, logged, said, sent, history, service, send };
  };

  it('is recorded though its first record could not be kept', async () => {
    const { kept, said, sent, history, send } = setUp();
    history.broken = ({ state }) => state.kind === 'requested';
    assert.equal(await send({ resources: ['library.>'] }), 'published');
    assert.equal(sent.length, 1);
    assert.deepEqual([...kept], [['1', 'published']]);
    assert.deepEqual(said, []);
  });

  it('is said once and logged each time where it can’t be recorded, and recorded with the next reset', async () => {
    const { kept, logged, said, sent, history, send } = setUp();
    history.broken = () => true;
    assert.equal(await send({ resources: ['library.>'] }), 'published');
    assert.equal(await send({ access: ['users.>'] }), 'published');
    assert.equal(sent.length, 2);
    assert.deepEqual(said, [
      'A reset could not be added to the history: no room. Resets are still sent, and the log has what came of each. Adding those that are missing is tried again with the next reset.',
    ]);
    assert.ok(
      logged.some((text) => /library\.> on "local": published, but not in the history: no room/.test(text)),
    );
    assert.ok(
      logged.some((text) => /users\.>.* on "local": published, but not in the history: no room/.test(text)),
    );

    history.broken = () => false;
    await send({ resources: ['a.b'] });
    assert.deepEqual(Object.fromEntries(kept), { 1: 'published', 2: 'published', 3: 'published' });
    history.broken = () => true;
    await send({ resources: ['a.c'] });
    assert.equal(said.length, 2);
  });

  it('is recorded though an earlier one still can’t be', async () => {
    const { kept, history, send } = setUp();
    history.broken = ({ id }) => id === '1';
    await send({ resources: ['library.>'] });
    await send({ resources: ['users.>'] });
    assert.deepEqual([...kept], [['2', 'published']]);
  });

  it('is recorded before anybody else gets to know of it, whatever they do', async () => {
    const { kept, service, send } = setUp();
    const seen: boolean[] = [];
    service.onDidChange(({ id, state }) => seen.push(kept.get(id) === state.kind));
    await send({ resources: ['library.>'] });
    assert.deepEqual(seen, [true, true, true]);
  });

  it('stays the service’s own once that is known, whatever is observed of it later', () => {
    const { recording, origins } = setUp();
    const seen = {
      id: '1',
      time: 0,
      message: { resources: ['library.>'] },
      state: { kind: 'received' },
    } as const;
    recording.put({ ...seen, origin: 'received' });
    recording.put({ ...seen, origin: 'self' });
    recording.put({ ...seen, origin: 'received' });
    assert.equal(origins.get('1'), 'self');
  });

  it('is not kept from being sent by a history that can’t say whether it is written', async () => {
    const { logged, send } = setUp({ written: () => Promise.reject(new Error('broken')) });
    assert.equal(await send({ resources: ['library.>'] }), 'published');
    assert.match(logged.join('\n'), /broken/);
  });
});
