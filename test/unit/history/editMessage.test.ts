import assert from 'node:assert/strict';
import type { SystemMessage } from '../../../src/res/systemMessage';
import { problemText } from '../../../src/util/problem';
import { joinList } from '../../../src/util/typedList';
import {
  checkMessage,
  editSteps,
  patternsHint,
  subjectHint,
  tokensHint,
  typedTokenReset,
  wholeMessage,
} from '../../../src/history/commands/editMessage';
import { record } from './records';

describe('Editing a reset', () => {
  it('sends the lists that were typed, with commas or spaces, and those that were not changed as they were', () => {
    for (const ids of ['12, 42', '12 42', '12,42']) {
      const typed = typedTokenReset(ids, ' auth.login.renew ');
      assert.deepEqual(typed, { ok: true, value: { tids: ['12', '42'], subject: 'auth.login.renew' } });
    }
    assert.deepEqual(editSteps({}).read(['library.a, library.b', '']), {
      ok: true,
      value: { resources: ['library.a', 'library.b'] },
    });
    const tids = ['a, b', '"c"', '42'];
    const same = typedTokenReset(joinList(tids), 'auth.login.renew');
    assert.deepEqual(same.ok && same.value.tids, tids);
  });

  it('asks for both lists, and takes no two empty ones', () => {
    const { steps } = editSteps({ resources: ['library.a', 'b,c'], access: ['library.>'] });
    assert.deepEqual(
      steps.map(({ what, value }) => [what, value]),
      [
        ['resources', 'library.a "b,c"'],
        ['access', 'library.>'],
      ],
    );
    const hint = (resources: string, access: string): unknown => steps[1]?.hint(access, [resources, access]);
    assert.deepEqual(hint(' ', ''), {
      isValid: false,
      text: 'Nothing to reset: enter a pattern here, or go back.',
    });
    assert.equal(hint('library.a', ''), undefined);
  });

  it('asks for the ids and the auth request of a token reset', () => {
    const { steps, read } = editSteps({ tids: ['12', '42'], subject: 'auth.login.renew' });
    assert.deepEqual(
      steps.map(({ value }) => value),
      ['12 42', 'auth.login.renew'],
    );
    assert.deepEqual(read(['7', 'auth.login.renew']), {
      ok: true,
      value: { tids: ['7'], subject: 'auth.login.renew' },
    });
  });

  it('needs a token id between the commas', () => {
    assert.equal(tokensHint('12, 42'), undefined);
    assert.equal(tokensHint(' , " "')?.isValid, false);
  });

  it('says what a comma was taken for, where it can be part of a name', () => {
    assert.match(patternsHint('a.b,c.d')?.text ?? '', /^Sent as a\.b c\.d\./);
    assert.equal(patternsHint('a.b, c.d'), undefined);
    assert.equal(patternsHint('"a.b,c.d"'), undefined);
  });

  it('says which pattern is wrong, and why, while it is typed', () => {
    const hint = patternsHint('library.> library..x');
    assert.equal(hint?.isValid, false);
    assert.match(hint.text, /“library\.\.x”: .*empty/);
  });

  it('says what is sent where one pattern covers another, and nothing where all are sent as typed', () => {
    assert.deepEqual(patternsHint('library.> library.book.1'), {
      isValid: true,
      text: 'Sent as library.>, which covers the others.',
    });
    assert.equal(patternsHint('library.a library.b'), undefined);
    assert.equal(patternsHint(''), undefined);
  });

  it('says what is wrong with an auth request', () => {
    assert.equal(subjectHint('auth.login.renew '), undefined);
    assert.equal(subjectHint('call.login.renew')?.isValid, false);
  });

  it('checks what comes from the history before it is sent, as if it were typed', () => {
    const check = (message: SystemMessage) => checkMessage(record('1', { message }));
    assert.equal(check({ resources: ['library..x'] }).ok, false);
    assert.equal(check({}).ok, false);
    assert.equal(check({ tids: [], subject: 'auth.login.renew' }).ok, false);
    assert.deepEqual(check({ resources: ['a.>', 'a.b'] }), { ok: true, value: { resources: ['a.>'] } });
  });

  it('refuses a message of which a part is not known, with the reason', () => {
    const cut = record('1', { origin: 'received', leftOut: 12 });
    for (const refused of [wholeMessage(cut), checkMessage(cut)]) {
      assert.ok(!refused.ok);
      assert.match(problemText(refused.problem), /12 patterns or token ids are missing/);
    }
  });
});
