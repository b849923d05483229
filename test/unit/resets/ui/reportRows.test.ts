import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseFromReport, parseRememberedReport, type ReportRow } from '../../../../src/resets/messages';
import { axisTicks, type RowOrder } from '../../../../media/report/reportRows';
import { RowLines, type Line } from '../../../../media/report/rowLines';

const row = (name: string, rest: Partial<ReportRow> = {}): ReportRow => ({
  kind: 'get',
  name,
  gateway: 1,
  tone: 'good',
  result: 'refetched',
  meaning: 'refetched',
  ...rest,
});
const order = (rest: Partial<RowOrder> = {}): RowOrder => ({
  sort: 'arrival',
  isDescending: false,
  grouping: 'none',
  filter: '',
  ...rest,
});
const linesIn = (lines: RowLines): Line[] =>
  Array.from({ length: lines.count }, (_, line) => lines.at(line) as Line);
const linesOf = (all: readonly ReportRow[], by: RowOrder): Line[] => {
  const lines = new RowLines(by);
  lines.arrange(all, by);
  return linesIn(lines);
};
const rows = [
  row('b', { at: 1, took: 30 }),
  row('a', { at: 2, tone: 'bad', result: 'no answer' }),
  row('c', { at: 3, took: 10, gateway: 2, tone: 'warning', result: 'not found' }),
  row('a', { at: 4, took: 20, kind: 'access' }),
];
const names = (rest: Partial<RowOrder>): string =>
  linesOf(rows, order(rest))
    .map((line) =>
      line.kind === 'row' ? rows[line.index]?.name : `[${line.label} ${line.count} ${line.bad}]`,
    )
    .join(' ');

describe('The rows of a report', () => {
  it('come in the order of arrival, or worst first, or by a column, up or down', () => {
    assert.equal(names({}), 'b a c a');
    assert.equal(names({ isDescending: true }), 'a c a b');
    assert.equal(names({ sort: 'outcome' }), 'a c b a');
    assert.equal(names({ sort: 'name' }), 'a a b c');
    assert.equal(names({ sort: 'duration' }), 'c a b a');
    assert.equal(names({ sort: 'duration', isDescending: true }), 'a b a c');
    assert.equal(names({ sort: 'time', isDescending: true }), 'a c a b');
  });

  it('stand together by gateway or by resource, with how many went wrong', () => {
    assert.equal(names({ grouping: 'gateway' }), '[Gateway 1 3 1] b a a [Gateway 2 1 0] c');
    assert.equal(names({ grouping: 'resource' }), '[b 1 0] b [a 2 1] a a [c 1 0] c');
  });

  it('are filtered by all words typed, in name, kind, result and gateway', () => {
    assert.equal(names({ filter: 'no ANSWER' }), 'a');
    assert.equal(names({ filter: 'access' }), 'a');
    assert.equal(names({ filter: 'gateway 2' }), 'c');
    assert.equal(names({ filter: 'nothing like it' }), '');
  });

  it('are each there once, however they are sorted and grouped', () => {
    const orders = fc.record({
      sort: fc.constantFrom('arrival', 'outcome', 'name', 'time', 'duration' as const),
      isDescending: fc.boolean(),
      grouping: fc.constantFrom('none', 'gateway', 'resource' as const),
      filter: fc.constant(''),
    });
    const some = fc.array(
      fc.record({
        name: fc.constantFrom('a', 'b', 'c'),
        gateway: fc.integer({ min: 1, max: 12 }),
        took: fc.nat(),
      }),
    );
    fc.assert(
      fc.property(some, orders, (list, by) => {
        const all = list.map(({ name, ...rest }) => row(name, rest));
        const lines = linesOf(all, by).flatMap((line) => (line.kind === 'row' ? line.index : []));
        assert.deepEqual(
          [...lines].sort((a, b) => a - b),
          all.map((_, index) => index),
        );
      }),
    );
  });

  it('stand where they would stand had all been there from the start, however they come and change', () => {
    const someRow = fc.record({
      name: fc.constantFrom('a', 'b', 'ab'),
      gateway: fc.integer({ min: 1, max: 3 }),
      took: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
      at: fc.integer({ min: 0, max: 4 }),
      tone: fc.constantFrom('good', 'bad', 'pending' as const),
    });
    const orders = fc.record({
      sort: fc.constantFrom('arrival', 'outcome', 'name', 'time', 'duration' as const),
      isDescending: fc.boolean(),
      grouping: fc.constantFrom('none', 'gateway', 'resource' as const),
      filter: fc.constantFrom('', 'b', 'gateway 2'),
    });
    const change = fc.record({ put: fc.array(fc.tuple(fc.nat(12), someRow)), length: fc.nat(14) });
    fc.assert(
      fc.property(orders, fc.array(change), (by, changes) => {
        const all: ReportRow[] = [];
        const lines = new RowLines(by);
        lines.arrange(all, by);
        for (const { put, length } of changes) {
          const changed = new Set<number>();
          for (const [place, { name, took, ...rest }] of put) {
            const index = Math.min(place, all.length);
            all[index] = row(name, { ...rest, ...(took !== undefined && { took }) });
            changed.add(index);
          }
          for (let index = length; index < all.length; index++) changed.add(index);
          all.length = Math.min(all.length, length);
          lines.update(changed);
          assert.deepEqual(linesIn(lines), linesOf(all, by));
          assert.equal(lines.shownRows, linesIn(lines).filter(({ kind }) => kind === 'row').length);
        }
      }),
    );
  });

  it('have an axis of round times that reaches to the end', () => {
    assert.deepEqual(axisTicks(100, 4), [0, 50, 100]);
    assert.deepEqual(axisTicks(3500, 4), [0, 1000, 2000, 3000, 4000]);
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e7, noNaN: true }), (end) => {
        const ticks = axisTicks(end, 4);
        assert.ok((ticks.at(-1) ?? 0) >= end && ticks.length <= 6, ticks.join());
      }),
    );
  });
});

describe('What a report page sends', () => {
  it('is taken where it is one of its messages, and nothing else is', () => {
    assert.deepEqual(parseFromReport({ type: 'ready' }), { type: 'ready' });
    const person = { timeZone: 'Asia/Tokyo', language: 'en' };
    assert.deepEqual(parseFromReport({ type: 'ready', person }), { type: 'ready', person });
    assert.deepEqual(parseFromReport({ type: 'action', action: 'sendAgain' }), {
      type: 'action',
      action: 'sendAgain',
    });
    assert.equal(parseFromReport({ type: 'action', action: 'rm' }), undefined);
    assert.equal(parseFromReport({ type: 'reveal', slot: 'main', index: 1.5 }), undefined);
    fc.assert(
      fc.property(fc.anything(), (value) => {
        parseFromReport(value);
        parseRememberedReport(value);
      }),
    );
  });
});
