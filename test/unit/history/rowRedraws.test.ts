import assert from 'node:assert/strict';
import { RowRedraws } from '../../../src/history/rowRedraws';

describe('A row of the history while its reset is observed', () => {
  function make() {
    let now = 1000;
    const timers: { at: number; callback: () => void }[] = [];
    const drawn: string[] = [];
    const shown = { text: 'sending', stage: 'sending' };
    const redraws = new RowRedraws(
      () => ({ ...shown }),
      () => drawn.push(shown.text),
      {
        now: () => now,
        after: (time, callback) => {
          const timer = { at: now + time, callback };
          timers.push(timer);
          return () => timers.splice(timers.indexOf(timer), 1);
        },
      },
    );
    return {
      drawn,
      redraws,
      show: (text: string, stage = 'watching') => {
        Object.assign(shown, { text, stage });
        redraws.changed('1');
      },
      pass: (time: number) => {
        now += time;
        for (const timer of timers.filter(({ at }) => at <= now)) {
          timers.splice(timers.indexOf(timer), 1);
          timer.callback();
        }
      },
    };
  }

  it('is drawn at once where the reset has come further', () => {
    const { drawn, show } = make();
    show('sending', 'sending');
    show('published', 'published');
    show('1 refetched');
    show('2 refetched', 'complete');
    assert.deepEqual(drawn, ['sending', 'published', '1 refetched', '2 refetched']);
  });

  it('is not drawn where it looks the same', () => {
    const { drawn, show, pass } = make();
    show('1 refetched');
    pass(2000);
    show('1 refetched');
    assert.deepEqual(drawn, ['1 refetched']);
  });

  it('is drawn twice a second while answers come, and at last as it is', () => {
    const { drawn, show, pass } = make();
    for (let count = 1; count <= 20; count++) {
      show(`${count} refetched`);
      pass(50);
    }
    pass(500);
    assert.deepEqual(drawn, ['1 refetched', '10 refetched', '20 refetched']);
  });

  it('is not drawn any more once it has gone', () => {
    const { drawn, show, pass, redraws } = make();
    show('1 refetched');
    show('2 refetched');
    redraws.keepOnly(new Set());
    pass(1000);
    assert.deepEqual(drawn, ['1 refetched']);
  });
});
