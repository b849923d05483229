import assert from 'node:assert/strict';
import { checkMessage, patternsHint, splitTexts, subjectHint } from '../../../src/history/editMessage';

describe('Editing a reset', () => {
  it('takes what stands between spaces for patterns', () => {
    assert.deepEqual(splitTexts('  library.>\tlibrary.a, b '), ['library.>', 'library.a,', 'b']);
    assert.deepEqual(splitTexts(' '), []);
  });

  it('says which pattern is wrong, and why, while it is typed', () => {
    const hint = patternsHint('library.> library..x');
    assert.equal(hint?.isValid, false);
    assert.match(hint.text, /“library\.\.x”: .*empty/);
  });

  it('says what is sent where one pattern covers another, and nothing where all are sent as typed', () => {
    assert.deepEqual(patternsHint('library.> library.book.1'), {
      isValid: true,
      text: 'Sent as library.>: the others are covered by it.',
    });
    assert.equal(patternsHint('library.a library.b'), undefined);
    assert.equal(patternsHint(''), undefined);
  });

  it('says what is wrong with an auth request', () => {
    assert.equal(subjectHint('auth.login.renew '), undefined);
    assert.equal(subjectHint('call.login.renew')?.isValid, false);
  });

  it('checks what comes from the history before it is sent, as if it were typed', () => {
    assert.equal(checkMessage({ resources: ['library..x'] }).ok, false);
    assert.equal(checkMessage({}).ok, false);
    assert.equal(checkMessage({ tids: [], subject: 'auth.login.renew' }).ok, false);
    assert.deepEqual(checkMessage({ resources: ['a.>', 'a.b'] }), {
      ok: true,
      value: { resources: ['a.>'] },
    });
  });
});
