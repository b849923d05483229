import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeEntries, encodeEntries } from '../../../src/history/exchange';
import { anyRecord, entry } from './records';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('A history in a file', () => {
  it('is read as it was written, line for line, oldest first', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(anyRecord, fc.boolean(), fc.string({ unit: 'binary' }), fc.boolean())),
        async (all) => {
          const entries = all.map(([record, isPinned, label, isImported]) => ({
            record,
            isPinned,
            label,
            isImported,
          }));
          const data = await encodeEntries(entries);
          const { entries: read, badLines } = await decodeEntries(data);
          assert.equal(new TextDecoder().decode(data).split('\n').length, entries.length + 1);
          assert.deepEqual(badLines, []);
          const expected = entries.map(({ record, isPinned, label }) => ({ record, isPinned, label }));
          assert.deepEqual(read, expected.reverse());
        },
      ),
    ));

  it('may hold bad lines: the good ones are read, and the numbers of the others told', async () => {
    const good = new TextDecoder().decode(await encodeEntries([entry('1')]));
    const text = `\uFEFF${good}{"id":\r\n\r\n[1]\n{"id":"2","time":"now"}\n${good.replace('\n', '\r\n')}`;
    const { entries, badLines } = await decodeEntries(bytes(text));
    assert.deepEqual(
      entries.map(({ record }) => record.id),
      ['1', '1'],
    );
    assert.deepEqual(badLines, [2, 4, 5]);
  });

  it('never makes reading fail, whatever it holds', () =>
    fc.assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array(), fc.json().map(bytes)), async (data) => {
        await decodeEntries(data);
      }),
    ));
});
