import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LiveNames } from '../../../../src/code/index/liveNames';
import { checkName, matches } from '../../../../src/res/pattern';
import { pattern, resourceName } from '../../res/arbitraries';

describe('The names seen on the bus', () => {
  const seen = (...subjects: string[]): string[] => {
    const live = new LiveNames();
    subjects.forEach((subject, at) => {
      live.seeSubject(subject, at);
    });
    return [...live.names()];
  };

  it('come from requests and events, without method and event', () => {
    assert.deepEqual(
      seen(
        'get.library.books',
        'access.library',
        'call.library.book.1.set',
        'auth.users.login',
        'event.library.book.2.change',
      ),
      ['library.books', 'library', 'library.book.1', 'users', 'library.book.2'],
    );
  });

  it('do not come from anything else', () => {
    assert.deepEqual(
      seen('system.reset', '_INBOX.a', 'conn.x.token', 'get', 'get.', 'event.x', 'call.x', 'get.a b', ''),
      [],
    );
  });

  it('are the newest, when there are too many', () => {
    const live = new LiveNames(2);
    for (const [at, name] of ['a', 'b', 'a', 'c'].entries()) live.seeSubject(`get.${name}`, at);
    assert.deepEqual([...live.names()], ['a', 'c']);
    assert.equal(live.seenAt('a'), 2);
    assert.deepEqual(live.matching('b'), []);
  });

  it('are forgotten together', () => {
    const live = new LiveNames();
    live.seeSubject('get.a.b', 1);
    live.clear();
    assert.deepEqual([...live.names(), ...live.matching('>'), ...live.nextParts([])], []);
  });

  it('are valid, bounded, and found by the patterns that match them', () => {
    const subject = fc.oneof(
      fc
        .tuple(fc.constantFrom('get', 'access', 'event', 'call'), resourceName)
        .map((parts) => parts.join('.')),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(subject), pattern, (subjects, asked) => {
        const live = new LiveNames(5);
        for (const each of subjects) live.seeSubject(each, 1);
        const names = [...live.names()];
        assert.ok(names.length <= 5 && names.length === live.size);
        assert.ok(names.every((name) => checkName(name) === undefined));
        assert.deepEqual(live.matching(asked).sort(), names.filter((name) => matches(asked, name)).sort());
      }),
    );
  });
});
