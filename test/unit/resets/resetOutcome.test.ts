import assert from 'node:assert/strict';
import { shortened } from '../../../src/history/shortened';
import {
  countOutcomes,
  type Observation,
  type ObservedRequest,
} from '../../../src/resets/observe/observation';
import { outcomeOf } from '../../../src/resets/resetOutcome';
import type { ResetRecord } from '../../../src/resets/resetRecord';

const request = (
  kind: ObservedRequest['kind'],
  name: string,
  outcome: ObservedRequest['outcome'],
): ObservedRequest => ({ kind, name, gateway: 1, outcome });

function published(requests: readonly ObservedRequest[], more: Partial<Observation> = {}): ResetRecord {
  const observation: Observation = {
    state: 'complete',
    answers: 'watched',
    ...countOutcomes(requests),
    requests,
    other: 0,
    gateways: 1,
    took: 1,
    ...more,
  };
  const message = { resources: ['library.>'], access: ['library.>'] };
  const state = { kind: 'published' as const, server: 'n1', observation };
  return { id: '1', time: 0, origin: 'api', message, state };
}

const answered = { kind: 'answered' } as const;
const names = (record: ResetRecord): object => {
  const { refetched, reaccessed, incomplete, notListed } = outcomeOf(record);
  return { refetched, reaccessed, incomplete, notListed };
};

describe('what a command returns of a reset', () => {
  it('names as refetched what a service answered a get request with, and nothing else', () => {
    assert.deepEqual(
      names(
        published([
          request('get', 'library.b', answered),
          request('get', 'library.a', answered),
          request('get', 'library.gone', { kind: 'notFound' }),
          request('get', 'library.broken', { kind: 'error', code: 'system.internalError', message: '' }),
          request('access', 'library.a', { kind: 'granted' }),
          request('access', 'library.b', { kind: 'refused' }),
          request('access', 'library.c', { kind: 'noAnswer' }),
        ]),
      ),
      {
        refetched: ['library.a', 'library.b'],
        reaccessed: ['library.a', 'library.b'],
        incomplete: undefined,
        notListed: undefined,
      },
    );
  });

  it('calls no renewed token refetched', () => {
    assert.deepEqual(names(published([request('auth', 'authentication', answered)])), {
      refetched: [],
      reaccessed: [],
      incomplete: undefined,
      notListed: undefined,
    });
  });

  it('says nothing of what was not observed', () => {
    const nothing = {
      refetched: undefined,
      reaccessed: undefined,
      incomplete: undefined,
      notListed: undefined,
    };
    assert.deepEqual(names(published([], { state: 'denied' })), nothing);
    assert.deepEqual(
      names(published([request('get', 'a.b', { kind: 'unseen' })], { answers: 'off' })),
      nothing,
    );
    const unknown = { ...nothing, incomplete: ['refetched', 'reaccessed'] };
    assert.deepEqual(names(published([], { state: 'cutOff' })), unknown);
    assert.deepEqual(names(published([], { other: 2 })), unknown);
  });

  it('says of each list whether names may be missing, and of no list that was not asked for', () => {
    const some = [request('get', 'library.a', answered), request('access', 'library.b', { kind: 'granted' })];
    const listed = { refetched: ['library.a'], reaccessed: ['library.b'], notListed: undefined };
    const cases: [Partial<Observation>, string[] | undefined][] = [
      [{}, undefined],
      [{ state: 'cutOff' }, ['refetched', 'reaccessed']],
      [{ other: 1 }, ['refetched', 'reaccessed']],
      [
        { counts: countOutcomes([...some, request('access', 'x', { kind: 'unseen' })]).counts },
        ['reaccessed'],
      ],
      [countOutcomes([...some, request('get', 'x', { kind: 'noAnswer', unsure: 'late' })]), ['refetched']],
      [countOutcomes([...some, request('get', 'x', { kind: 'noAnswer' })]), undefined],
    ];
    for (const [more, incomplete] of cases)
      assert.deepEqual(names(published(some, more)), { ...listed, incomplete }, JSON.stringify(more));
    const { id, state, ...rest } = published([], { state: 'cutOff' });
    const accessOnly = outcomeOf({ ...rest, id, state, message: { access: ['library.>'] } });
    assert.deepEqual(accessOnly.incomplete, ['reaccessed']);
  });

  it('counts what is not listed for the list where it belongs', () => {
    const more = [request('get', 'x', answered), request('access', 'x', { kind: 'refused' })];
    const record = published(
      [],
      countOutcomes([...more, ...more, request('access', 'y', { kind: 'granted' })]),
    );
    assert.deepEqual(names(record), {
      refetched: undefined,
      reaccessed: undefined,
      incomplete: ['refetched', 'reaccessed'],
      notListed: { refetched: 2, reaccessed: 3 },
    });
  });

  it('tells of a stored reset how many answered requests were counted without their names', () => {
    const failed = Array.from({ length: 190 }, (_, at) => request('get', `a.${at}`, { kind: 'noAnswer' }));
    const fetched = Array.from({ length: 300 }, (_, at) => request('get', `b.${at}`, answered));
    const stored = outcomeOf(shortened(published([...failed, ...fetched])));
    assert.equal(stored.refetched?.length, 10);
    assert.deepEqual(stored.notListed, { refetched: 290 });
    assert.deepEqual(stored.incomplete, ['refetched']);
    const allFailed = Array.from({ length: 200 }, (_, at) => request('get', `a.${at}`, { kind: 'noAnswer' }));
    assert.deepEqual(names(shortened(published([...allFailed, ...fetched]))), {
      refetched: undefined,
      reaccessed: [],
      incomplete: ['refetched'],
      notListed: { refetched: 300 },
    });
  });
});
