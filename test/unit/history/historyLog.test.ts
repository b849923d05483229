import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeLog, encodeLine } from '../../../src/history/historyLog';
import { anyLine, record } from './records';

describe('The log of the history', () => {
  it('reads what it wrote', () =>
    fc.assert(
      fc.asyncProperty(fc.array(anyLine), async (lines) => {
        assert.deepEqual(await decodeLog(lines.map(encodeLine).join('')), { lines, damaged: 0 });
      }),
    ));

  it('cut off at any byte, loses no line that was written whole, and spoils none that comes after', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(anyLine, { minLength: 1, maxLength: 4 }),
        anyLine,
        fc.nat(),
        async (lines, next, at) => {
          const encoded = lines.map((line) => Buffer.from(encodeLine(line)));
          const bytes = Buffer.concat(encoded);
          const cut = at % (bytes.length + 1);
          const text = Buffer.concat([bytes.subarray(0, cut), Buffer.from(encodeLine(next))]).toString();

          let end = 0;
          const whole = lines.filter((_, index) => (end += encoded[index]?.length ?? 0) <= cut);
          const read = await decodeLog(text);
          assert.equal(read.damaged, 0, 'a line cut off by a crash is no damage');
          assert.deepEqual(read.lines.slice(0, whole.length), whole);
          assert.deepEqual(read.lines.at(-1), next);
          assert.ok(read.lines.length <= whole.length + 2);
        },
      ),
      { numRuns: 1000 },
    ));

  it('keeps every readable line of a damaged file, and counts the others', async () => {
    const good = encodeLine({ rev: 1, put: record('1') });
    const bad = '{"rev":2,"put":{"id":5}}\n{"rev":3,"pin":"1"}\n{"rev":4,"label":"1"}\n[]\n';
    const read = await decodeLog(`PNG\u0000\u0001${good}${bad}${good}`);
    assert.equal(read.lines.length, 2);
    assert.equal(read.damaged, 5);
  });

  it('takes a last line without its break for cut off, as every reader does, and garbage there for damage', async () => {
    const line = encodeLine({ rev: 1, put: record('1') });
    assert.deepEqual(await decodeLog(line.slice(0, -1)), { lines: [], damaged: 0 });
    assert.deepEqual(await decodeLog(`${line}{"rev":2,`), {
      lines: [{ rev: 1, put: record('1') }],
      damaged: 0,
    });
    assert.equal((await decodeLog(`${line}\u0000garbage`)).damaged, 1);
  });

  it('takes a time that no calendar has for damage', async () => {
    const read = await decodeLog(encodeLine({ rev: 1, put: record('1', { time: 1e300 }) }));
    assert.deepEqual(read, { lines: [], damaged: 1 });
  });

  it('never fails, whatever it holds', () =>
    fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.json(), fc.string({ unit: 'binary' })), async (text) => {
        await decodeLog(text);
      }),
    ));
});
