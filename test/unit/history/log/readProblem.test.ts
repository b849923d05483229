import assert from 'node:assert/strict';
import fc from 'fast-check';
import { notConnectedProblem } from '../../../../src/connections/busProblems';
import { diagnoseFailure } from '../../../../src/connections/diagnosis/diagnosis';
import { readProblem } from '../../../../src/history/log/readProblem';
import { recordJson } from '../../../../src/resets/recordJson';
import { msg, setBundle, t, type Code } from '../../../../src/util/l10n';
import { problemText, type Problem } from '../../../../src/util/problem';
import { said } from '../../said';
import { anyProblem, record } from '../records';

/** How version 0.1.0 reads a problem: kept as it was, so that its windows can read what later ones write. */
function readAs010({ what, why, remedy }: Record<string, unknown>): string {
  return [what, why, remedy].map(String).join(' | ');
}

/** What of the problem of a reset stands in the log. */
function stored(problem: Problem): Record<string, unknown> {
  const json = JSON.stringify(recordJson(record('1', { state: { kind: 'failed', problem } })));
  return (JSON.parse(json) as { state: { problem: Record<string, unknown> } }).state.problem;
}

describe('a problem in the history', () => {
  afterEach(() => {
    setBundle({});
  });

  it('is read as it was stored, whatever its texts were made of', () => {
    fc.assert(
      fc.property(anyProblem, (problem) => {
        assert.deepEqual(readProblem(stored(problem)), problem);
        const { what, why, remedy } = problem;
        const shown = [what, why, remedy].map((text) => String(text && said(text))).join(' | ');
        assert.equal(readAs010(stored(problem)), shown, 'by version 0.1.0 too');
      }),
    );
  });

  it('is read as it was stored after any number of other texts', () => {
    const problem = { what: msg('Nothing was sent'), why: msg('"{0}" is not connected', 'dev') };
    for (let count = 0; count < 1000; count++) t('{0} resets were imported', count);
    assert.deepEqual(stored(problem).codes, problem);
  });

  it('is read as text, whatever stands where the codes belong', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (codes, code) => {
        const problem = { what: 'It was lost', why: 'nobody knows' };
        const read = readProblem({ ...problem, codes: codes ?? { what: code, why: [code] } });
        assert.equal(typeof (read && problemText(read)), 'string');
        assert.deepEqual(readProblem({ ...problem, codes: { what: code === '' ? 1 : [[code]] } }), problem);
      }),
    );
  });

  it('is read where codes stand in each other without an end, as its texts', () => {
    let code: Code = ['x'];
    for (let depth = 0; depth < 10_000; depth++) code = ['{0}', code];
    assert.deepEqual(readProblem({ what: 'It was lost', codes: { what: code } }), { what: 'It was lost' });
  });

  it('is said in the language of the day on which it is read', () => {
    const reason = diagnoseFailure({ code: 'ECONNREFUSED', message: '' }, 'nats://h1:4222', 'none');
    const problem = stored(notConnectedProblem({ kind: 'disconnected', profile: 'dev', reason }, 'dev'));
    setBundle({
      'Nothing was sent': 'Es wurde nichts gesendet',
      'No server is listening at {0}': 'Unter {0} antwortet kein Server',
    });
    const german = readProblem(problem);
    assert.equal(said(german?.what), 'Es wurde nichts gesendet');
    assert.equal(said(german?.why), 'Unter nats://h1:4222 antwortet kein Server');
    assert.equal(
      said(german?.remedy),
      'Send it again once the connection is back.',
      'what is not translated is English',
    );

    assert.ok(german);
    const back = stored(german);
    setBundle({});
    assert.equal(said(readProblem(back)?.what), 'Nothing was sent');
  });

  it('keeps the text that version 0.1.0 stored, in any language', () => {
    setBundle({ 'Nothing was sent': 'Es wurde nichts gesendet' });
    const old = { what: 'Nothing was sent', why: 'the connection was closed before it was open' };
    assert.deepEqual(readProblem(old), old);
  });
});
