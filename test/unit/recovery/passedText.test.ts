import assert from 'node:assert/strict';
import { passedText } from '../../../src/recovery/passedText';
import type { ResetRecord, ResetState } from '../../../src/resets/resetRecord';

describe('what became of an automatic reset', () => {
  const text = (state: ResetState): string => {
    const record = { message: { resources: ['a'] }, origin: 'save', id: '1', time: 0, state } as ResetRecord;
    return passedText('a', { kind: 'sent', sent: { record, observed: Promise.resolve(record) } });
  };

  it('is not called a reset where the server refused it, or it did not arrive', () => {
    assert.equal(text({ kind: 'published', server: 'n1' }), 'Reset automatically: a');
    for (const kind of ['rejected', 'failed'] as const)
      assert.match(
        text({ kind, problem: { what: 'Not allowed' } }),
        /automatic reset of a failed\. Not allowed/,
      );
  });
});
