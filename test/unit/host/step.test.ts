import assert from 'node:assert/strict';
import { step } from '../../host/step';

describe('a step of a longer work', () => {
  it('says what it does, and nothing more while it is quick', async () => {
    const lines: string[] = [];
    const say = (line: string): void => void lines.push(line);
    assert.equal(await step('Building', () => Promise.resolve(7), { say }), 7);
    assert.deepEqual(lines, ['Building…']);
  });

  it('says that it still goes on when it is slow, and for how long it went on', async () => {
    const lines: string[] = [];
    let finish = (): void => undefined;
    const work = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const say = (line: string): void => {
      lines.push(line);
      // The second sign of life ends the work.
      if (lines.length === 3) finish();
    };
    await step('Building', () => work, { say, interval: 1 });
    assert.match(
      lines.join('\n'),
      /^Building…\n {2}still at it, \d+ s so far…\n {2}still at it[^]*\n {2}done in \d+ s$/,
    );
  });

  it('says nothing any more when the work has failed', async () => {
    const lines: string[] = [];
    const say = (line: string): void => void lines.push(line);
    await assert.rejects(
      step('Building', () => Promise.reject(new Error('no')), { say, interval: 1 }),
      /no/,
    );
    assert.deepEqual(lines, ['Building…']);
  });
});
