import assert from 'node:assert/strict';
import type { Withheld } from '../../../src/recovery/withheld';
import { passedText } from '../../../src/recovery/passedText';
import type { ResetRecord, ResetState } from '../../../src/resets/resetRecord';
import { verbatim } from '../../../src/util/l10n';

describe('what became of an automatic reset', () => {
  const text = (state: ResetState): string => {
    const record = { message: { resources: ['a'] }, origin: 'save', id: '1', time: 0, state } as ResetRecord;
    return passedText('a', { kind: 'sent', sent: { record, observed: Promise.resolve(record) } });
  };

  it('is not called a reset where the server refused it, or it did not arrive', () => {
    assert.equal(text({ kind: 'published', server: 'n1' }), 'Reset automatically: a');
    for (const kind of ['rejected', 'failed'] as const)
      assert.match(
        text({ kind, problem: { what: verbatim('Not allowed') } }),
        /automatic reset of a failed\. Not allowed/,
      );
  });

  it('says another connection was opened only where it was another one', () => {
    const withheld = (cause: Withheld): string => passedText('a', { kind: 'withheld', cause });
    assert.equal(withheld('switched'), 'a was not reset: another connection was opened meanwhile.');
    assert.equal(withheld('reopened'), 'a was not reset: the connection was opened anew meanwhile.');
    assert.equal(withheld('closed'), 'a was not reset: the connection is no longer open.');
    assert.equal(withheld('notConnected'), 'a was not reset: no connection was open. Connect first.');
  });
});
