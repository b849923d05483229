import assert from 'node:assert/strict';
import type { Observation, OutcomeCounts } from '../../../src/resets/observe/observation';
import { publishedIcon } from '../../../src/resets/publishedIcon';

describe('the icon of a published reset', () => {
  const observed = (counts: Partial<Record<'get' | 'access' | 'auth', OutcomeCounts>>): Observation => ({
    state: 'complete',
    answers: 'watched',
    counts: { get: {}, access: {}, auth: {}, ...counts },
    requests: [],
    other: 0,
    gateways: 1,
    took: 1,
  });

  it('is no check where no gateway was seen to react', () => {
    assert.equal(publishedIcon(observed({})), 'circle-outline');
  });

  it('is a check where each gateway got an answer that counts, or nobody looked', () => {
    assert.equal(publishedIcon(undefined), 'check');
    const answered = { get: { answered: 3, notFound: 1, error: 0 }, access: { granted: 1, refused: 1 } };
    assert.equal(publishedIcon(observed(answered)), 'check');
  });

  it('is a warning where one answer was an error, no RES response, or never came', () => {
    assert.equal(publishedIcon(observed({ get: { answered: 3, error: 1 } })), 'warning');
    assert.equal(publishedIcon(observed({ get: { error: 0, malformed: 1 } })), 'warning');
    assert.equal(publishedIcon(observed({ access: { noAnswer: 1 } })), 'warning');
    assert.equal(publishedIcon(observed({ auth: { error: 2 } })), 'warning');
  });
});
