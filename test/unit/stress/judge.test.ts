import assert from 'node:assert/strict';
import type { Observation, ObservedRequest, RequestOutcome } from '../../../src/resets/observe/observation';
import type { ResetRecord, ResetState } from '../../../src/resets/resetRecord';
import { judge, type Truth } from '../../stress/judge';
import type { SeenRequest } from '../../stress/witness';
import { verbatim } from '../../../src/util/l10n';

describe('What is told of resets under faults is held against what the bus saw', () => {
  const name = 'stress.r1.answers0';
  const asked: SeenRequest = { kind: 'get', name, at: 10, answer: { kind: 'answered', at: 20 } };
  const truth = (overrides: Partial<Truth> = {}): Truth => ({
    accepted: 1,
    denied: 0,
    sighting: { at: [5], requests: [asked] },
    denials: new Set(),
    wasSlow: false,
    requestTimeout: 1500,
    ...overrides,
  });
  const record = (state: ResetState): ResetRecord => ({
    id: '1',
    time: 0,
    origin: 'command',
    message: { resources: ['stress.r1.*'] },
    state,
  });
  const told = (outcome: RequestOutcome): ObservedRequest => ({ kind: 'get', name, gateway: 1, outcome });
  const published = (
    requests: readonly ObservedRequest[],
    state: Observation['state'] = 'complete',
  ): ResetState => ({
    kind: 'published',
    server: 's',
    observation: {
      ...{ state, answers: 'watched', requests, other: 0, gateways: 1, took: 10 },
      counts: { get: {}, access: {}, auth: {} },
    },
  });
  const failed = (what: string): ResetState => ({ kind: 'failed', problem: { what: verbatim(what) } });
  const good = published([told({ kind: 'answered' })]);
  const found = (state: ResetState, facts: Truth = truth(), kept = [record(state)]): string[] =>
    judge({ last: record(state), kept }, facts).map(({ kind }) => kind);

  it('and holds where it is true', () => {
    assert.deepEqual(found(good), []);
    assert.deepEqual(found(published([], 'cutOff')), []);
    assert.deepEqual(found(failed('It is unknown whether the message arrived')), []);
    assert.deepEqual(
      found({ kind: 'rejected', problem: { what: verbatim('x') } }, truth({ accepted: 0, denied: 1 })),
      [],
    );
  });

  it('published, where the server did not take it', () => {
    assert.deepEqual(found(good, truth({ accepted: 0 })), ['untrue']);
  });

  it('not sent, or rejected, where the server took it', () => {
    assert.deepEqual(found(failed('Nothing was sent')), ['untrue']);
    assert.deepEqual(found(failed('The reset was not sent')), ['untrue']);
    assert.deepEqual(found(failed('Nothing listens at s')), ['untrue']);
    assert.deepEqual(found({ kind: 'rejected', problem: { what: verbatim('x') } }), ['untrue']);
  });

  it('complete, where a gateway did more than is reported', () => {
    assert.deepEqual(found(published([])), ['untrue']);
    assert.deepEqual(found(published([]), truth({ wasSlow: true })), []);
  });

  it('no answer, where there was one; an answer, where there was another or none', () => {
    for (const unsure of [undefined, 'hidden'] as const) {
      const none = { kind: 'noAnswer', ...(unsure && { unsure }) } as const;
      assert.deepEqual(found(published([told(none)], 'cutOff')), ['untrue']);
    }
    assert.deepEqual(found(published([told({ kind: 'noAnswer', unsure: 'late' })])), []);
    assert.deepEqual(found(published([told({ kind: 'notFound' })])), ['untrue']);
    const silent = truth({ sighting: { at: [5], requests: [{ kind: 'get', name, at: 10 }] } });
    assert.deepEqual(found(good, silent), ['untrue']);
  });

  it('a request that nobody sent', () => {
    assert.deepEqual(found(good, truth({ sighting: { at: [5], requests: [] } })), ['untrue']);
  });

  it('denied, where it was allowed', () => {
    assert.deepEqual(found(published([], 'denied')), ['untrue']);
    assert.deepEqual(found(published([], 'denied'), truth({ denials: new Set(['requests']) })), []);
  });

  it('what is not over', () => {
    assert.deepEqual(found({ kind: 'sending' }), ['open']);
    assert.deepEqual(found(published([], 'watching')), ['open']);
  });

  it('lost, doubled, or other in the history than in its window', () => {
    assert.deepEqual(found(good, truth(), []), ['lost']);
    assert.deepEqual(found(good, truth(), [record(good), record(good)]), ['doubled']);
    assert.deepEqual(found(good, truth({ accepted: 2 })), ['doubled']);
    assert.deepEqual(found(good, truth(), [record(published([], 'cutOff'))]), ['untrue']);
  });
});
