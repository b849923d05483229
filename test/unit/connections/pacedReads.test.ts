import assert from 'node:assert/strict';
import fc from 'fast-check';
import { PacedReads } from '../../../src/connections/link/pacedReads';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Resolves when all was handed on. */
async function allHeard(reads: PacedReads, isAll: () => boolean): Promise<void> {
  while (!isAll()) await turn();
  assert.ok(reads.arrival.at <= performance.now());
}

describe('What a socket reads', () => {
  it('is handed on whole and in order, however it came', async () => {
    const chunks = fc.array(fc.uint8Array({ maxLength: 30_000, size: 'max' }), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(chunks, async (all) => {
        const handedOn: Uint8Array[] = [];
        const reads = new PacedReads((data) => handedOn.push(data));
        for (const chunk of all) reads.receive(Buffer.from(chunk));
        const expected = Buffer.concat(all);
        await allHeard(reads, () => Buffer.concat(handedOn).length === expected.length);
        assert.ok(Buffer.concat(handedOn).equals(expected));
      }),
      { numRuns: 30 },
    );
  });

  it('is handed on at once, if it is little', () => {
    const handedOn: number[] = [];
    const reads = new PacedReads((data) => handedOn.push(data.length));
    reads.receive(Buffer.alloc(100));
    assert.deepEqual(handedOn, [100]);
  });

  it('lets others run in between, if it is much', async () => {
    let handedOn = 0;
    const reads = new PacedReads((data) => (handedOn += data.length));
    const size = 1_000_000;
    let most = 0;
    reads.receive(Buffer.alloc(size));
    while (handedOn < size) {
      const before = handedOn;
      await turn();
      most = Math.max(most, handedOn - before);
    }
    assert.ok(most < 20_000, `${most} bytes in one go`);
  });

  it('is known to wait, and is reported with the time at which it came', async () => {
    const told: number[] = [];
    const reads: PacedReads = new PacedReads(() => told.push(reads.arrival.at));
    reads.receive(Buffer.alloc(50_000));
    const received = performance.now();
    await turn();
    assert.ok(reads.heardUntil <= received, 'it says that it has told all');
    await allHeard(reads, () => reads.heardUntil > received);
    assert.ok(told.length > 2 && told.every((at) => at <= received), told.join());
  });

  it('is handed on without rests while somebody waits for an answer', async () => {
    // What takes so long is followed by a rest, where nobody waits.
    const work = (): void => {
      const end = performance.now() + 4;
      while (performance.now() < end);
    };
    const turnsToTheEnd = async (isHurried: boolean): Promise<number> => {
      let handedOn = 0;
      const reads = new PacedReads((data) => {
        handedOn += data.length;
        work();
      });
      reads.receive(Buffer.alloc(50_000));
      await turn();
      const calm = isHurried ? reads.hurry() : undefined;
      let turns = 0;
      for (; handedOn < 50_000; turns++) await turn();
      calm?.();
      return turns;
    };
    assert.ok((await turnsToTheEnd(true)) < 20);
    assert.ok((await turnsToTheEnd(false)) > 20);
  });

  it('is handed on at once when the socket ends', () => {
    let handedOn = 0;
    const reads = new PacedReads((data) => (handedOn += data.length));
    reads.receive(Buffer.alloc(50_000));
    assert.ok(handedOn < 50_000);
    reads.finish();
    assert.equal(handedOn, 50_000);
  });
});
