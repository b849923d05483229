import assert from 'node:assert/strict';
import fc from 'fast-check';
import { continuation } from '../../../../src/code/picker/patternChoice';
import { findNames, type LastSearch } from '../../../../src/code/index/nameFinder';
import { NameQuery } from '../../../../src/code/index/nameQuery';
import { NameTrie } from '../../../../src/code/index/nameTrie';
import { SortedNames } from '../../../../src/code/index/sortedNames';
import { covers, hasWildcard } from '../../../../src/res/pattern';
import { workInSlices } from '../../../../src/code/picker/slicedWork';

const part = fc.constantFrom('order', 'Orders', 'kind42', 'kind7', 'k', 'item', '1', '12', 'a-b');
const name = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('.'));
const pattern = fc
  .tuple(fc.array(fc.oneof(part, fc.constant('*')), { minLength: 1, maxLength: 3 }), fc.boolean())
  .map(([parts, isOpen]) => [...parts, ...(isOpen ? ['>'] : [])].join('.'));

function find(
  names: SortedNames,
  typed: string,
  preferred: readonly string[] = [],
  limit = 300,
  last: LastSearch = {},
) {
  const work = findNames(names, new NameQuery(typed), { preferred, limit, last });
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}

describe('Names in order', () => {
  it('are in order, each once, however they come and go', () => {
    const step = fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 3000 }));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 4000, size: 'max' }), (steps) => {
        const names = new SortedNames();
        const expected = new Set<string>();
        for (const [isAdded, number] of steps) {
          const text = `kind${number % 7}.Item${number}`;
          if (isAdded) names.add(text);
          else names.delete(text);
          if (isAdded) expected.add(text);
          else expected.delete(text);
        }
        assert.deepEqual([...names], [...expected].sort());
        assert.equal(names.size, expected.size);
        for (const { names: texts, lower } of names.chunks)
          assert.deepEqual(
            lower,
            texts.map((text) => text.toLowerCase()),
          );
      }),
      { numRuns: 30 },
    );
  });
});

describe('A search for names', () => {
  it('finds each that holds the typed characters in order, best first, and counts them all', () => {
    const typed = fc.stringMatching(/^[okid142. -]{0,6}$/);
    fc.assert(
      fc.property(fc.uniqueArray(name, { maxLength: 40 }), typed, (list, text) => {
        const names = new SortedNames();
        for (const each of list) names.add(each);
        const letters = text.replaceAll(' ', '');
        const inOrder = new RegExp(
          letters.replace(/./g, (letter) => `${letter.replace(/[.-]/, '\\$&')}.*`),
          'i',
        );
        const { best, count } = find(names, text);
        assert.deepEqual(
          best.map((one) => one.name).sort(),
          list.filter((each) => inOrder.test(each)).sort(),
        );
        assert.equal(count, best.length);
        assert.deepEqual(
          best.map((one) => one.rank),
          best.map((one) => one.rank).sort(),
        );
      }),
    );
  });

  for (const typed of ['ord k42', 'o.kind42', 'okind42', 'ORD K42', 'kind42.it']) {
    it(`finds orders.kind42.item by ${JSON.stringify(typed)} before what only has the letters`, () => {
      const names = new SortedNames();
      for (const each of ['orders.kind42.item', 'oxrxd.kxixnxdx4x2.ixt', 'users.kind42.item'])
        names.add(each);
      const found = find(names, typed).best.map((one) => one.name);
      assert.ok(found.includes('orders.kind42.item'));
      assert.notEqual(found[0], 'oxrxd.kxixnxdx4x2.ixt');
    });
  }

  it('finds with wildcards what the pattern covers', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.oneof(name, pattern), { maxLength: 40 }), pattern, (list, text) => {
        fc.pre(hasWildcard(text));
        const names = new SortedNames();
        for (const each of list) names.add(each);
        const found = find(names, text).best.map((one) => one.name);
        const expected = list.filter(
          (each) => covers(text, each) || each.toLowerCase().includes(text.toLowerCase()),
        );
        assert.deepEqual(found.sort(), expected.sort());
      }),
    );
  });

  it('is as good with few rows as with many, as far as the rows go', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(name, { maxLength: 60 }),
        fc.constantFrom('k', 'o1', 'kind', '4'),
        (list, typed) => {
          const names = new SortedNames();
          for (const each of list) names.add(each);
          const all = find(names, typed);
          const few = find(names, typed, [], 3);
          assert.equal(few.count, all.count);
          assert.deepEqual(few.best, all.best.slice(0, 3));
        },
      ),
    );
  });

  it('finds the same letter by letter, and when one is taken back, as at once', () => {
    const text = fc.stringMatching(/^[okid142.* -]{1,6}$/);
    fc.assert(
      fc.property(
        fc.uniqueArray(name, { maxLength: 60 }),
        fc.array(text),
        fc.nat(5),
        (list, texts, limit) => {
          const names = new SortedNames();
          for (const each of list) names.add(each);
          const last: LastSearch = {};
          for (const typed of texts)
            for (let end = 1; end <= typed.length; end++) {
              const part = typed.slice(0, end);
              assert.deepEqual(find(names, part, [], limit, last), find(names, part, [], limit));
            }
        },
      ),
    );
  });

  it('puts preferred names before others that fit as well', () => {
    const names = new SortedNames();
    for (const each of ['a.kind1', 'b.kind1', 'kind1.z', 'c.kind1']) names.add(each);
    const found = find(names, 'kind', ['c.kind1', 'b.kind1']).best.map((one) => one.name);
    assert.deepEqual(found, ['kind1.z', 'c.kind1', 'b.kind1', 'a.kind1']);
  });
});

describe('Counting what a pattern covers', () => {
  it('is right while names and patterns come and go', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.oneof(name, pattern))), pattern, (steps, asked) => {
        const trie = new NameTrie();
        const there = new Set<string>();
        for (const [isAdded, text] of steps) {
          if (isAdded) trie.add(text);
          else trie.delete(text);
          if (isAdded) there.add(text);
          else there.delete(text);
        }
        const expected = [...there].filter((text) => !hasWildcard(text) && covers(asked, text)).length;
        assert.equal(hasWildcard(asked) ? trie.countCoveredBy(asked) : expected, expected);
      }),
    );
  });
});

describe('The next part of a row', () => {
  const row = (...patterns: [string]) => ({ kind: 'typed' as const, patterns });

  for (const [typed, whole, becomes] of [
    ['', 'library.book.1', 'library.'],
    ['lib', 'library.book.1', 'library.'],
    ['LIB', 'library.book.1', 'library.'],
    ['library.', 'library.book.1', 'library.book.'],
    ['library.book.', 'library.book.1', 'library.book.1'],
    ['library.book.1', 'library.book.1', undefined],
    ['okind42', 'orders.kind42.item', 'orders.'],
    ['orders.4', 'orders.kind42.item', 'orders.kind42.'],
  ] as const) {
    it(`${JSON.stringify(typed)} by ${whole} is ${JSON.stringify(becomes)}`, () => {
      assert.equal(continuation(typed, row(whole)), becomes);
    });
  }

  it('is none without a row', () => {
    assert.equal(continuation('lib', undefined), undefined);
  });
});

describe('Work in slices', () => {
  it('is done at once where it is short, and reports nothing before', () => {
    const told: string[] = [];
    function* work(): Generator<string | undefined, string> {
      yield 'step';
      return 'done';
    }
    workInSlices(work(), { onStep: (step) => told.push(step), onDone: (outcome) => told.push(outcome) });
    assert.deepEqual(told, ['done']);
  });

  it('rests when it is long, tells the last step before each rest, and nothing once it is cancelled', async () => {
    const told: string[] = [];
    function* work(): Generator<string | undefined, string> {
      for (let step = 1; ; step++) {
        const until = performance.now() + 20;
        while (performance.now() < until);
        yield `step ${step}`;
      }
    }
    const rests = workInSlices(work(), {
      onStep: (step) => {
        told.push(step);
        if (told.length === 3) rests.cancel();
      },
      onDone: (outcome) => told.push(outcome),
    });
    assert.deepEqual(told, ['step 1']);
    await rests.done;
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(told, ['step 1', 'step 2', 'step 3']);
  });
});
