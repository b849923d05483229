import assert from 'node:assert/strict';
import {
  countOutcomes,
  type Observation,
  type RequestOutcome,
} from '../../../src/resets/observe/observation';
import { markOf, worstFirst } from '../../../src/resets/observe/outcomes';
import type { ResetState } from '../../../src/resets/resetRecord';
import { iconOfState, toneOfState } from '../../../src/resets/resetTone';
import { verbatim } from '../../../src/util/l10n';

const answered: RequestOutcome = { kind: 'answered' };
const error: RequestOutcome = { kind: 'error', code: 'system.internalError', message: '' };

/** A reset after which gateways sent requests with these outcomes. */
function published(outcomes: readonly RequestOutcome[], more: Partial<Observation> = {}): ResetState {
  const requests = outcomes.map((outcome) => ({ kind: 'get' as const, name: 'a.b', gateway: 1, outcome }));
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
  return { kind: 'published', server: 'n1', observation };
}

describe('the mark of a published reset', () => {
  const mark = (...all: Parameters<typeof published>): string => {
    const state = published(...all);
    return `${toneOfState(state)} ${iconOfState(state)}`;
  };

  it('is a green check only where all that gateways asked for was seen to be answered', () => {
    assert.equal(mark([answered, { kind: 'granted' }]), 'good check');
    assert.equal(mark([]), 'unknown circle-outline');
    assert.equal(mark([answered, { kind: 'unseen' }]), 'unknown circle-outline');
    assert.equal(mark([answered], { state: 'cutOff' }), 'unknown circle-outline');
    assert.equal(mark([], { state: 'denied' }), 'unknown circle-outline');
  });

  it('is no check where answers are not observed, as on a protected connection, or nobody looked', () => {
    assert.equal(mark([{ kind: 'unseen' }], { answers: 'off' }), 'unknown circle-outline');
    assert.equal(iconOfState({ kind: 'published', server: 'n1' }), 'circle-outline');
  });

  it('is red where a gateway surely kept what it had, and yellow where clients lost something or that is unsure', () => {
    for (const bad of [error, { kind: 'malformed' }, { kind: 'noAnswer' }] as const)
      assert.equal(mark([answered, { kind: 'notFound' }, bad]), 'bad warning', bad.kind);
    for (const warning of [{ kind: 'notFound' }, { kind: 'refused' }] as const)
      assert.equal(mark([answered, warning]), 'warning warning', warning.kind);
    assert.equal(mark([answered, { kind: 'noAnswer', unsure: 'hidden' }]), 'warning warning');
    assert.equal(mark([answered, { kind: 'noAnswer', unsure: 'late' }]), 'warning warning');
  });

  it('turns while it is observed, until something went wrong', () => {
    assert.equal(mark([answered, { kind: 'pending' }], { state: 'watching' }), 'pending sync~spin');
    assert.equal(mark([error, { kind: 'pending' }], { state: 'watching' }), 'bad warning');
  });

  it('is another where it did not arrive', () => {
    const problem = { what: verbatim('Denied') };
    assert.equal(iconOfState({ kind: 'rejected', problem }), 'circle-slash');
    assert.equal(iconOfState({ kind: 'failed', problem }), 'error');
  });
});

describe('the requests of a reset', () => {
  it('come in the order of what a person must know first, and else as they came', () => {
    const outcomes: RequestOutcome[] = [
      answered,
      { kind: 'pending' },
      { kind: 'unseen' },
      { kind: 'notFound' },
      { kind: 'noAnswer', unsure: 'late' },
      error,
      { kind: 'noAnswer' },
    ];
    const requests = outcomes.map((outcome, at) => ({
      kind: 'get' as const,
      name: `a.${at}`,
      gateway: 1,
      outcome,
    }));
    assert.deepEqual(
      worstFirst(requests).map(({ name }) => name),
      ['a.5', 'a.6', 'a.3', 'a.4', 'a.2', 'a.1', 'a.0'],
    );
  });

  it('have the same severity each as the reset has that made no other', () => {
    const all: RequestOutcome[] = [
      answered,
      error,
      { kind: 'malformed' },
      { kind: 'notFound' },
      { kind: 'granted' },
      { kind: 'refused' },
      { kind: 'noAnswer' },
      { kind: 'noAnswer', unsure: 'hidden' },
      { kind: 'unseen' },
    ];
    for (const outcome of all)
      assert.equal(markOf(outcome).tone, toneOfState(published([outcome])), outcome.kind);
  });
});
