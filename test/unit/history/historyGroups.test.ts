import assert from 'node:assert/strict';
import { groupEntries } from '../../../src/history/historyGroups';
import { PersonTime } from '../../../src/util/personTime';
import { entry } from './records';

describe('The groups of the history', () => {
  const now = new Date(2026, 2, 29, 12).getTime();
  const person = new PersonTime();
  const nextDay = (time: number): number => person.nextDay(time);
  const at = (id: string, ...date: [number, number, number, number?, number?]): ReturnType<typeof entry> =>
    entry(id, { time: new Date(...date).getTime() });

  it('are what is pinned, then today, yesterday and each day before, by the calendar', () => {
    const entries = [
      at('1', 2026, 2, 29, 0, 1),
      at('2', 2026, 2, 28, 23, 59),
      at('3', 2026, 2, 28, 0, 0),
      { ...at('4', 2026, 2, 28, 0, 0), isPinned: true },
      at('5', 2026, 2, 27, 23, 59),
      at('6', 2025, 2, 27, 23, 59),
    ];
    const groups = groupEntries(entries, now, person).map((group) => [
      group.label,
      group.entries.map(({ record }) => record.id).join(''),
    ]);
    const day = (...date: [number, number, number]): string =>
      new Date(...date).toLocaleDateString('en', {
        weekday: 'long',
        day: 'numeric',
        month: 'long',
        year: 'numeric',
      });
    assert.deepEqual(groups, [
      ['Pinned', '4'],
      ['Today', '1'],
      ['Yesterday', '23'],
      [day(2026, 2, 27), '5'],
      [day(2025, 2, 27), '6'],
    ]);
  });

  it('have the same id as long as they are there', () => {
    const entries = [at('1', 2026, 2, 29)];
    const [today] = groupEntries(entries, now, person);
    const [yesterday] = groupEntries(entries, nextDay(now), person);
    assert.equal(today?.label, 'Today');
    assert.equal(yesterday?.label, 'Yesterday');
    assert.equal(yesterday.id, today.id);
  });

  it('are new at the next midnight, also when a month or a year ends', () => {
    assert.equal(nextDay(now), new Date(2026, 2, 30).getTime());
    assert.equal(nextDay(new Date(2026, 11, 31, 23, 59).getTime()), new Date(2027, 0, 1).getTime());
  });
});
