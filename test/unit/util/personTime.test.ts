import assert from 'node:assert/strict';
import { PersonTime } from '../../../src/util/personTime';

describe('Days and times of a person', () => {
  const time = Date.UTC(2026, 2, 28, 20, 30, 5);
  const english = 'en-GB';

  it('are those of the person, wherever this process runs', () => {
    const tokyo = new PersonTime({ timeZone: 'Asia/Tokyo', language: english });
    const lima = new PersonTime({ timeZone: 'America/Lima', language: english });
    assert.equal(tokyo.day(time), '2026-03-29');
    assert.equal(lima.day(time), '2026-03-28');
    assert.equal(tokyo.timeText(time), '05:30:05');
    assert.equal(lima.dateTimeText(time), '28 Mar 2026, 15:30:05');
    assert.match(tokyo.dayText(time), /^Sunday,? 29 March 2026$/);
  });

  it('name the zone of this process until that of the person is known', () => {
    const person = new PersonTime();
    const own = new Intl.DateTimeFormat('en', { timeZoneName: 'short' });
    const zone = own.formatToParts(time).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    assert.ok(person.timeText(time).endsWith(` ${zone}`));
    let told = 0;
    person.onDidChange(() => told++);
    person.know({ timeZone: 'Asia/Kolkata', language: english });
    person.know({ timeZone: 'Asia/Kolkata', language: english });
    assert.equal(told, 1);
    assert.equal(person.timeText(time), '02:00:05');
  });

  it('stay as they are for a zone or a language that nobody knows', () => {
    const person = new PersonTime({ timeZone: 'Asia/Tokyo', language: english });
    person.know({ timeZone: 'Moon/Base', language: english });
    person.know({ timeZone: 'UTC', language: 'no language' });
    assert.equal(person.timeText(time), '05:30:05');
  });

  it('are in English, as all texts are', () => {
    const person = new PersonTime({ timeZone: 'Europe/Berlin', language: 'de-DE' });
    assert.match(person.dayText(time), /^Saturday, March 28, 2026$/);
  });

  it('begin a new day at midnight, also when the clocks change', () => {
    const berlin = new PersonTime({ timeZone: 'Europe/Berlin', language: english });
    // On that day the clocks go forward: it has 23 hours.
    const midnight = Date.UTC(2026, 2, 28, 23);
    assert.equal(berlin.nextDay(midnight - 1), midnight);
    assert.equal(berlin.nextDay(midnight), midnight + 23 * 3_600_000);
    const nepal = new PersonTime({ timeZone: 'Asia/Kathmandu', language: english });
    assert.equal(nepal.nextDay(Date.UTC(2026, 0, 1, 12)), Date.UTC(2026, 0, 1, 18, 15));
  });
});
