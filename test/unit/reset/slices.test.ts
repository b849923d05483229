import assert from 'node:assert/strict';
import { Slices } from '../../../src/reset/slices';

/** Keeps the thread busy for some milliseconds. */
function work(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

describe('Jobs in slices', () => {
  it('run in their order, those that others add included', async () => {
    const slices = new Slices();
    const ran: number[] = [];
    await new Promise<void>((resolve) => {
      slices.add(() => {
        ran.push(1);
        slices.add(() => {
          ran.push(4);
          resolve();
        });
        work(10);
      });
      slices.add(() => ran.push(2));
      slices.add(() => ran.push(3));
    });
    assert.deepEqual(ran, [1, 2, 3, 4]);
    assert.equal(slices.isBehind, false);
  });

  it('let others run in between', async () => {
    const slices = new Slices();
    let left = 20;
    for (let job = 0; job < 20; job++) {
      slices.add(() => {
        work(1);
        left--;
      });
    }
    await new Promise((resolve) => setTimeout(resolve, 0));
    assert.ok(slices.isBehind && left > 0, `${left} are left`);
  });

  it('are forgotten when they are cleared', async () => {
    const slices = new Slices();
    slices.add(() => assert.fail('it was run'));
    slices.clear();
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  });
});
