import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { DayTurn } from '../../../src/history/dayTurn';
import { PersonTime } from '../../../src/util/personTime';

describe('The turn of the day', () => {
  const midnight = Date.UTC(2026, 5, 30, 22);
  const berlin = new PersonTime({ timeZone: 'Europe/Berlin', language: 'en' });
  let turns: number;
  let day: DayTurn;

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout', 'Date'], now: midnight - 3_600_000 });
    turns = 0;
    day = new DayTurn(berlin, () => turns++);
  });
  afterEach(() => {
    mock.timers.reset();
  });

  it('is reported at the person’s midnight, and not before', () => {
    day.await();
    mock.timers.tick(3_600_000 - 1);
    assert.equal(turns, 0);
    mock.timers.tick(1);
    assert.equal(turns, 1);
  });

  it('is reported once, however often days were named before', () => {
    for (let time = 0; time < 3; time++) day.await();
    mock.timers.tick(2 * 86_400_000);
    assert.equal(turns, 1);
  });

  it('is reported no more once nobody shows days', () => {
    day.await();
    day.dispose();
    mock.timers.tick(86_400_000);
    assert.equal(turns, 0);
  });
});
