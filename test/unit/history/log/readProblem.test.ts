import assert from 'node:assert/strict';
import fc from 'fast-check';
import { notConnectedProblem } from '../../../../src/connections/busProblems';
import { diagnoseFailure } from '../../../../src/connections/diagnosis/diagnosis';
import { readProblem } from '../../../../src/history/log/readProblem';
import { codeOf, setBundle, textOf, t, type Code } from '../../../../src/util/l10n';
import { codedProblem, type Problem } from '../../../../src/util/problem';

/** How version 0.1.0 reads a problem: kept as it was, so that its windows can read what later ones write. */
function readAs010(value: Record<string, unknown>): Problem {
  const { what, why, remedy } = value;
  return {
    what: String(what),
    ...(typeof why === 'string' && { why }),
    ...(typeof remedy === 'string' && { remedy }),
  };
}

const stored = (problem: Problem): Record<string, unknown> =>
  JSON.parse(JSON.stringify(codedProblem(problem))) as Record<string, unknown>;

const anyText = fc.string({ unit: 'binary', maxLength: 12 });
const anyCode: fc.Arbitrary<Code> = fc.letrec<{ code: Code; arg: string | number | Code }>((tie) => ({
  code: fc
    .tuple(
      fc.oneof(anyText, fc.constantFrom('{0}', 'Lost {0}', '{1} of {0}')),
      fc.array(tie('arg'), { maxLength: 2 }),
    )
    .map(([message, args]): Code => [message, ...args]),
  arg: fc.oneof({ maxDepth: 3 }, anyText, fc.nat(), tie('code')),
})).code;

describe('a problem in the history', () => {
  afterEach(() => {
    setBundle({});
  });

  it('is read as it was stored, whatever its texts were made of', () => {
    fc.assert(
      fc.property(anyCode, fc.option(anyCode), fc.option(anyText), (first, second, other) => {
        const problem = {
          what: textOf(first),
          ...(second && { why: textOf(second) }),
          ...(other !== null && { remedy: other }),
        };
        assert.deepEqual(readProblem(stored(problem)), codedProblem(problem));
        assert.deepEqual(readAs010(stored(problem)), problem, 'by version 0.1.0 too');
      }),
    );
  });

  it('is read as text, whatever stands where the codes belong', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (codes, code) => {
        const problem = { what: 'It was lost', why: 'nobody knows' };
        const read = readProblem({ ...problem, codes: codes ?? { what: code, why: [code] } });
        assert.equal(typeof read?.what, 'string');
        assert.deepEqual(readProblem({ ...problem, codes: { what: code === '' ? 1 : [[code]] } }), problem);
      }),
    );
  });

  it('is said in the language of the day on which it is read', () => {
    const reason = diagnoseFailure({ code: 'ECONNREFUSED', message: '' }, 'nats://h1:4222', 'none');
    const problem = stored(notConnectedProblem({ kind: 'disconnected', profile: 'dev', reason }, 'dev'));
    setBundle({
      'Nothing was sent': 'Es wurde nichts gesendet',
      'No server is listening at {0}': 'Unter {0} antwortet kein Server',
    });
    const german = readProblem(problem);
    assert.equal(german?.what, 'Es wurde nichts gesendet');
    assert.equal(german.why, 'Unter nats://h1:4222 antwortet kein Server');
    assert.equal(
      german.remedy,
      'Send it again once the connection is back.',
      'what is not translated is English',
    );

    const back = stored(german);
    setBundle({});
    assert.equal(readProblem(back)?.what, 'Nothing was sent');
  });

  it('keeps the text that version 0.1.0 stored, in any language', () => {
    setBundle({ 'Nothing was sent': 'Es wurde nichts gesendet' });
    const old = { what: 'Nothing was sent', why: 'the connection was closed before it was open' };
    assert.deepEqual(readProblem(old), old);
  });

  it('is stored without what was taken out of its text, and without what a translation leaves out', () => {
    const secret = 'hunter2 or so';
    const redacted = t('{0} does not accept the token', secret).replace(secret, '***');
    assert.deepEqual(stored({ what: redacted }), { what: redacted });

    setBundle({ 'Lost {0} here': 'Hier ging etwas verloren' });
    assert.equal(codeOf(t('Lost {0} here', secret)), undefined);
  });
});
