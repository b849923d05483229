import assert from 'node:assert/strict';
import type { Candidate, Offer, RecentReset } from '../../../../src/code/index/candidates';
import { previewText, type KnownNames } from '../../../../src/code/index/coverage';
import { LiveNames } from '../../../../src/code/index/liveNames';
import { Offers } from '../../../../src/code/index/offers';
import { WorkspaceIndex } from '../../../../src/code/index/workspaceIndex';
import type { Fact } from '../../../../src/code/scanner/facts/fact';

/** The offer, once all is counted. */
function offerFor(names: KnownNames, typed: string, recent: readonly RecentReset[] = []): Offer {
  const work = new Offers(names, () => recent).offer(typed);
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}

describe('What is offered for a typed text', () => {
  const index = new WorkspaceIndex();
  const add = (file: string, ...facts: [kind: Fact['kind'], pattern: string][]): void => {
    index.update([
      {
        file,
        facts: facts.map(([kind, pattern], at) => ({
          kind,
          pattern,
          service: pattern.split('.')[0],
          line: at + 1,
          column: 1,
          language: 'go',
          library: 'go-res',
        })),
      },
    ]);
  };
  add(
    '/library.go',
    ['service', 'library.>'],
    ['handler', 'library'],
    ['handler', 'library.books'],
    ['handler', 'library.book.*'],
  );
  add('/inventory.go', ['service', 'inventory.>'], ['handler', 'inventory.item.*']);
  add(
    '/client.js',
    ['reference', 'library.book.1'],
    ['reference', 'library.book.2'],
    ['reference', 'inventory.item.7.stock'],
  );

  const told = (candidate: Candidate | undefined): string | undefined =>
    candidate &&
    `${candidate.kind}: ${candidate.kind === 'part' ? candidate.text : candidate.patterns.join(' ')}`;
  const offered = (typed: string): (string | undefined)[] => offerFor({ index }, typed).candidates.map(told);
  const active = (typed: string): string | undefined => told(offerFor({ index }, typed).active);

  it('is, for nothing typed yet, services first, then patterns, then names', () => {
    assert.deepEqual(offered(''), [
      'service: inventory.>',
      'service: library library.>',
      'pattern: inventory.item.*',
      'pattern: library.book.*',
      'name: inventory.item.7.stock',
      'name: library',
      'name: library.book.1',
      'name: library.book.2',
      'name: library.books',
    ]);
    assert.equal(active(''), 'service: inventory.>');
  });

  it('begins with the text itself, while three letters of a service and Enter take the service', () => {
    assert.equal(offered('lib')[0], 'typed: lib');
    assert.equal(active('lib'), 'service: library library.>');
    assert.equal(active('library'), 'service: library library.>');
  });

  it('finds a part in the middle, and ignores case', () => {
    assert.equal(active('book.'), 'pattern: library.book.*');
    assert.equal(active('STOCK'), 'name: inventory.item.7.stock');
  });

  it('holds a handler of all that a service serves once, as the service', () => {
    const whole = new WorkspaceIndex();
    const at = { service: 'library', line: 1, column: 1, language: 'javascript', library: 'nats' };
    whole.update([
      {
        file: '/a.js',
        facts: [
          { kind: 'service', pattern: 'library.>', ...at },
          { kind: 'handler', pattern: 'library.>', ...at },
        ],
      },
    ]);
    assert.deepEqual(offerFor({ index: whole }, '').candidates.map(told), ['service: library.>']);
  });

  it('takes a text with wildcards as it stands, and shows what it covers', () => {
    assert.equal(active('library.*'), 'typed: library.*');
    assert.equal(active('*.book.*'), 'typed: *.book.*');
    assert.deepEqual(offered('*.book.*'), [
      'typed: *.book.*',
      'pattern: library.book.*',
      'name: library.book.1',
      'name: library.book.2',
    ]);
  });

  it('takes a known pattern typed in full, and offers it once', () => {
    assert.equal(active('library.book.*'), 'pattern: library.book.*');
    assert.equal(offered('library.book.*').filter((text) => text?.endsWith('library.book.*')).length, 1);
    assert.equal(active('library.book.1'), 'name: library.book.1');
  });

  it('takes an unknown name as typed', () => {
    assert.deepEqual(offered('stock.room'), ['typed: stock.room']);
    assert.equal(active('stock.room'), 'typed: stock.room');
  });

  it('completes part by part', () => {
    assert.deepEqual(
      offered('library.b').filter((text) => text?.startsWith('part')),
      ['part: library.book.'],
    );
    assert.deepEqual(offered('inv').at(-1), 'part: inventory.');
    assert.deepEqual(offered('*.it').at(-1), 'part: *.item.');
  });

  it('offers all below a text that ends in a dot, and says why it is not a pattern yet', () => {
    const offer = offerFor({ index }, 'library.');
    assert.equal(told(offer.candidates[0]), 'service: library library.>');
    assert.equal(offered('library.book.')[0], 'below: library.book.>');
    assert.match(offer.reason ?? '', /empty/);
  });

  for (const typed of ['library..x', 'library.b*', ' bad', 'library.>.x', 'library.>.', 'a?b', '.']) {
    it(`is nothing but the reason for ${JSON.stringify(typed)}`, () => {
      const offer = offerFor({ index }, typed);
      assert.deepEqual(offer.candidates, []);
      assert.equal(offer.active, undefined);
      assert.ok(offer.reason);
    });
  }

  it('counts the known names that each covers', () => {
    const counts = new Map(
      offerFor({ index }, 'library').candidates.map((c) => [told(c), c.coverage?.count]),
    );
    assert.equal(counts.get('service: library library.>'), 4);
    assert.equal(counts.get('pattern: library.book.*'), 2);
    assert.equal(counts.get('name: library.books'), 1);
  });

  it('shows the first names that each covers', () => {
    const pattern = offerFor({ index }, 'library.book.*').active;
    assert.ok(pattern?.coverage);
    assert.equal(previewText(pattern.coverage), 'library.book.1, library.book.2');
  });

  it('holds the names that were seen on the bus, with when', () => {
    const live = new LiveNames();
    live.seeSubject('get.library.book.1', 1000);
    live.seeSubject('call.stock.room.9.set', 2000);
    const names = { index, live };
    const stock = offerFor(names, 'stock.room').candidates;
    assert.deepEqual(stock.map(told), ['typed: stock.room', 'name: stock.room.9', 'part: stock.room.']);
    assert.ok(stock[1]?.kind === 'name' && stock[1].seenAt === 2000);
    const pattern = offerFor(names, 'library.book.*').active;
    assert.ok(pattern?.coverage);
    assert.equal(pattern.coverage.count, 2);
    assert.equal(previewText(pattern.coverage), 'library.book.1 (live), library.book.2');
  });

  for (const typed of ['inv 7', 'i.item', 'iitem', 'invstock', 'in it 7 st']) {
    it(`finds by the beginnings of words: ${typed}`, () => {
      assert.ok(offered(typed).includes('name: inventory.item.7.stock'), offered(typed).join());
    });
  }

  it('takes what the beginnings of words find, and says nothing of the space', () => {
    const offer = offerFor({ index }, 'inv 7');
    assert.equal(told(offer.active), 'name: inventory.item.7.stock');
    assert.equal(offer.reason, undefined);
    assert.deepEqual(offered('inv 7'), ['name: inventory.item.7.stock']);
  });

  it('shows last, and does not take, what merely holds the characters in order', () => {
    assert.equal(active('lry.ks'), 'typed: lry.ks');
    assert.ok(offered('lry.ks').includes('name: library.books'));
  });

  it('ranks exact before beginnings, parts, initials and the middle', () => {
    const ranked = new WorkspaceIndex();
    const patterns = ['zoo.car', 'car', 'a.scar', 'carts.x', 'c.a.r', 'x.cart'];
    const at = { line: 1, column: 1, language: 'go', library: 'go-res' };
    ranked.update([
      { file: '/a.go', facts: patterns.map((pattern) => ({ kind: 'reference', pattern, ...at })) },
    ]);
    const names = offerFor({ index: ranked }, 'car').candidates.filter(({ kind }) => kind === 'name');
    assert.deepEqual(
      names.map((candidate) => (candidate.kind === 'name' ? candidate.patterns[0] : '')),
      ['car', 'carts.x', 'x.cart', 'zoo.car', 'c.a.r', 'a.scar'],
    );
  });

  it('begins, for nothing typed yet, with what was reset before, and holds it once', () => {
    const recent = [
      { patterns: ['library.>'], isPinned: true },
      { patterns: ['library.books'], isPinned: false },
    ];
    const all = offerFor({ index }, '', recent);
    assert.deepEqual(all.candidates.slice(0, 3).map(told), [
      'recent: library.>',
      'recent: library.books',
      'service: inventory.>',
    ]);
    assert.equal(
      all.candidates.filter((candidate) => told(candidate)?.endsWith(': library.books')).length,
      1,
    );
  });

  it('prefers what was reset before among what fits as well, and finds what only the history knows', () => {
    const recent = [
      { patterns: ['library.book.2'], isPinned: false },
      { patterns: ['garden.bed.7'], isPinned: false },
    ];
    const names = (typed: string): (string | undefined)[] =>
      offerFor({ index }, typed, recent)
        .candidates.map(told)
        .filter((text) => !text?.startsWith('p'));
    assert.deepEqual(names('book.').slice(-2), ['name: library.book.2', 'name: library.book.1']);
    assert.ok(names('bed').includes('recent: garden.bed.7'));
  });

  it('leaves names out when there are too many, and says how many', () => {
    const large = new WorkspaceIndex();
    const facts = Array.from({ length: 1000 }, (_, at) => ({
      kind: 'reference' as const,
      pattern: `library.book.${at}`,
      line: at + 1,
      column: 1,
      language: 'go',
      library: 'go-res',
    }));
    large.update([{ file: '/a.go', facts }]);
    const offer = offerFor({ index: large }, '');
    assert.equal(offer.candidates.length + offer.leftOut, 1000);
    assert.ok(offer.leftOut > 0);
  });
});
