import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeLog, encodeLine, mergeLines, type LogLine } from '../../../src/history/historyLog';
import { anyRecord, record } from './records';

const anyLine: fc.Arbitrary<LogLine> = fc.oneof(
  fc.tuple(fc.nat(9), anyRecord).map(([rev, put]) => ({ rev, put })),
  fc.tuple(fc.nat(9), fc.constantFrom('1', '2')).map(([rev, remove]) => ({ rev, remove })),
);

describe('The log of the history', () => {
  it('reads what it wrote', () => {
    fc.assert(
      fc.property(fc.array(anyLine), (lines) => {
        assert.deepEqual(decodeLog(lines.map(encodeLine).join('')), { lines, damaged: 0 });
      }),
    );
  });

  it('cut off at any byte, loses no line that was written whole, and spoils none that comes after', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { minLength: 1, maxLength: 4 }), anyLine, fc.nat(), (lines, next, at) => {
        const encoded = lines.map((line) => Buffer.from(encodeLine(line)));
        const bytes = Buffer.concat(encoded);
        const cut = at % (bytes.length + 1);
        const text = Buffer.concat([bytes.subarray(0, cut), Buffer.from(encodeLine(next))]).toString();

        let end = 0;
        const whole = lines.filter((_, index) => (end += encoded[index]?.length ?? 0) <= cut);
        const read = decodeLog(text);
        assert.equal(read.damaged, 0, 'a line cut off by a crash is no damage');
        assert.deepEqual(read.lines.slice(0, whole.length), whole);
        assert.deepEqual(read.lines.at(-1), next);
        assert.ok(read.lines.length <= whole.length + 2);
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps every readable line of a damaged file, and counts the others', () => {
    const good = encodeLine({ rev: 1, put: record('1') });
    const read = decodeLog(`PNG\u0000\u0001${good}{"rev":2,"put":{"id":5}}\n[]\n${good}`);
    assert.equal(read.lines.length, 2);
    assert.equal(read.damaged, 3);
  });

  it('never fails, whatever it holds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.string({ unit: 'binary' })), (text) => {
        decodeLog(text);
      }),
    );
  });

  it('leaves the same records however the lines of two writers are interleaved', () => {
    const writer = (start: number): fc.Arbitrary<LogLine[]> =>
      fc.array(anyRecord).map((records) => records.map((put, index) => ({ rev: start + index * 2, put })));
    fc.assert(
      fc.property(writer(0), writer(1), fc.infiniteStream(fc.boolean()), (a, b, choices) => {
        const mixed: LogLine[] = [];
        const [left, right] = [[...a], [...b]];
        for (const first of choices) {
          const line = (first ? left.shift() : right.shift()) ?? left.shift() ?? right.shift();
          if (!line) break;
          mixed.push(line);
        }
        assert.deepEqual(mergeLines(mixed), mergeLines([...a, ...b]));
      }),
    );
  });
});
