import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { decodeLog } from '../../../../src/history/log/decodeLog';
import { encodeLine, formatLine, type LogLine } from '../../../../src/history/log/historyLog';
import { anyDamage, damaged } from './damage';
import { decodeAsFirst, encodeAsFirst } from './firstVersion';
import { anyLine, record } from '../records';

const log = (lines: readonly LogLine[]): string => formatLine + lines.map(encodeLine).join('');
const holds = (lines: readonly LogLine[], line: LogLine): boolean =>
  lines.some((one) => isDeepStrictEqual(one, line));

describe('The log of the history', () => {
  it('reads what it wrote', () =>
    fc.assert(
      fc.asyncProperty(fc.array(anyLine), async (lines) => {
        assert.deepEqual(await decodeLog(log(lines)), { lines, damaged: 0, format: 'checked' });
      }),
    ));

  it('names its format in its first line', () => {
    const [first = ''] = log([{ rev: 1, remove: '1' }])
      .trim()
      .split('\n');
    const { format, version } = JSON.parse(first) as Record<string, unknown>;
    assert.deepEqual([format, version], ['res-history', 2]);
  });

  it('reads what the first version wrote, and what that has made of a log of today', () =>
    fc.assert(
      fc.asyncProperty(fc.array(anyLine), async (lines) => {
        const old = decodeAsFirst(log(lines)).lines.map(encodeAsFirst).join('');
        assert.deepEqual(await decodeLog(old), { lines, damaged: 0, format: 'plain' });
      }),
    ));

  it('can be read by the first version, which finds no damage in it', () => {
    fc.assert(
      fc.property(fc.array(anyLine), (lines) => {
        const read = decodeAsFirst(log(lines));
        assert.equal(read.damaged, 0);
        // The line about the format is one about an entry that can't be.
        assert.deepEqual(read.lines, [{ rev: 0, restore: '' }, ...lines]);
      }),
    );
  });

  it('cut off at any byte, loses no line that was written whole, and has no damage', () =>
    fc.assert(
      fc.asyncProperty(fc.array(anyLine, { minLength: 1, maxLength: 4 }), fc.nat(), async (lines, at) => {
        const bytes = Buffer.from(log(lines));
        const cut = at % (bytes.length + 1);
        let end = formatLine.length - 1;
        // A line is whole with its checksum, even if its line break is missing.
        const whole = lines.filter((line) => (end += Buffer.byteLength(encodeLine(line))) <= cut);
        const read = await decodeLog(bytes.subarray(0, cut).toString());
        assert.deepEqual({ lines: read.lines, damaged: read.damaged }, { lines: whole, damaged: 0 });
      }),
      { numRuns: 1000 },
    ));

  it('of the first version, cut off at any byte and written on, loses no whole line and has no damage', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(anyLine, { minLength: 1, maxLength: 4 }),
        anyLine,
        fc.nat(),
        async (lines, next, at) => {
          const encoded = lines.map((line) => Buffer.from(encodeAsFirst(line)));
          const bytes = Buffer.concat(encoded);
          const cut = at % (bytes.length + 1);
          const text = Buffer.concat([bytes.subarray(0, cut), Buffer.from(encodeAsFirst(next))]).toString();

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

  it('damaged anyhow, shows every line that is whole, nothing that was not written, and reports what is missing', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(anyLine, { minLength: 1, maxLength: 8 }),
        fc.array(anyDamage, { minLength: 1, maxLength: 3 }),
        async (lines, damages) => {
          const bytes = damages.reduce(damaged, Buffer.from(log(lines)));
          const read = await decodeLog(bytes.toString());
          for (const line of read.lines) assert.ok(holds(lines, line), `shows ${JSON.stringify(line)}`);
          for (const line of lines) {
            if (holds(read.lines, line)) continue;
            assert.ok(!bytes.includes(encodeLine(line)), `loses ${JSON.stringify(line)}`);
            // What is missing at the end may have been cut off: nobody can tell.
            if (damages.some(({ kind }) => kind === 'truncate' || kind === 'drop')) continue;
            const isLast = isDeepStrictEqual(line, lines.at(-1)) && damages.length > 1;
            assert.ok(read.damaged > 0 || isLast, `says nothing of ${JSON.stringify(line)}`);
          }
        },
      ),
      { numRuns: 2000 },
    ));

  it('with all lost between the first line and the last checksum tells of the damage', async () => {
    const bytes = log([{ rev: 1, pin: '1', on: true }]);
    const torn = bytes.replace(/("restore":").*(?=[0-9a-f]{8}"\}\n$)/s, '$1');
    assert.match(torn, /^\n\{"rev":0,"restore":"[0-9a-f]{8}"\}\n$/);
    assert.deepEqual(await decodeLog(torn), { lines: [], damaged: 1, format: 'plain' });
  });

  it('with any one bit flipped shows all other lines and reports the damage', async () => {
    const lines: LogLine[] = [
      { rev: 1, put: record('1') },
      { rev: 2, label: '1', text: 'ä' },
      { rev: 3, pin: '1', on: true },
    ];
    const bytes = Buffer.from(log(lines));
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const flipped = damaged(bytes, { kind: 'flip', at: bit >> 3, bit: bit & 7 });
      const read = await decodeLog(flipped.toString());
      const isTold = read.damaged > 0 && read.lines.length >= lines.length - 1;
      const isHarmless = read.lines.length === lines.length;
      assert.ok(isTold || isHarmless, `bit ${bit}: ${JSON.stringify(flipped.toString())}`);
      for (const line of read.lines) assert.ok(holds(lines, line));
    }
  });

  it('keeps every readable line of a damaged file, and counts the others', async () => {
    for (const encode of [encodeLine, encodeAsFirst]) {
      const good = encode({ rev: 1, put: record('1') });
      const bad = '{"rev":2,"put":{"id":5}}\n{"rev":3,"pin":"1"}\n{"rev":4,"label":"1"}\n[]\n';
      const read = await decodeLog(`PNG\u0000\u0001${good}${bad}${good}`);
      assert.equal(read.lines.length, 2);
      assert.equal(read.damaged, 5);
    }
  });

  it('takes a last line without its break for cut off, as every reader does, and garbage there for damage', async () => {
    const line = encodeAsFirst({ rev: 1, put: record('1') });
    assert.deepEqual(await decodeLog(line.slice(0, -1)), { lines: [], damaged: 0, format: 'plain' });
    assert.deepEqual(await decodeLog(`${line}{"rev":2,`), {
      lines: [{ rev: 1, put: record('1') }],
      damaged: 0,
      format: 'plain',
    });
    assert.equal((await decodeLog(`${line}\u0000garbage`)).damaged, 1);
    assert.equal((await decodeLog(`${log([])}{"rev":2,\u0000\u0000`)).damaged, 1);
  });

  it('reads on in pieces as it reads the whole', () =>
    fc.assert(
      fc.asyncProperty(fc.array(anyLine, { maxLength: 4 }), fc.nat(), async (lines, at) => {
        const encoded = [formatLine, ...lines.map(encodeLine)];
        const cut = 1 + (at % encoded.length);
        const first = await decodeLog(encoded.slice(0, cut).join(''));
        const second = await decodeLog(encoded.slice(cut).join(''), first.format);
        assert.deepEqual([...first.lines, ...second.lines], lines);
        // Without a checksum, a line can't belong to such a log.
        assert.equal((await decodeLog(encodeAsFirst({ rev: 1, remove: '1' }), first.format)).damaged, 1);
      }),
    ));

  it('takes what a newer version wrote as far as it can, and what it can’t for no damage', async () => {
    const newer = formatLine.replace('"version":2', '"version":3').replace(/,"sum":"\w+"/, '');
    const text = `${newer}${encodeAsFirst({ rev: 1, put: record('1') })}{"rev":2,"something":"new"}\nelse\n`;
    const lines = [{ rev: 1, put: record('1') }];
    assert.deepEqual(await decodeLog(text), { lines, damaged: 0, format: 'newer' });
  });

  it('takes a time or a number that no clock has for damage', async () => {
    for (const encode of [encodeLine, encodeAsFirst]) {
      const late = await decodeLog(encode({ rev: 1, put: record('1', { time: 1e300 }) }));
      assert.deepEqual([late.lines, late.damaged], [[], 1]);
      for (const rev of [2 ** 53 + 1, 2 ** 53, 1e15, 1e308, -1, 0.3]) {
        const read = await decodeLog(encode({ rev, put: record('1') }));
        assert.deepEqual([read.lines, read.damaged], [[], 1], String(rev));
      }
      for (const rev of [0, 1.5, Date.UTC(2099, 0)])
        assert.equal((await decodeLog(encode({ rev, put: record('1') }))).lines.length, 1, String(rev));
    }
  });

  it('never fails, whatever it holds', () =>
    fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.json(), fc.string({ unit: 'binary' })), async (text) => {
        await decodeLog(text);
        await decodeLog(formatLine + text);
      }),
    ));
});
