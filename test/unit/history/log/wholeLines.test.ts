import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { wholeLines } from '../../../../src/history/log/wholeLines';

describe('A long file in pieces', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'lines-'));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  const piecesOf = async (text: string, from = 0): Promise<string[]> => {
    const file = path.join(folder, 'file');
    writeFileSync(file, text);
    const handle = await open(file, 'r');
    try {
      const pieces: string[] = [];
      for await (const piece of wholeLines(handle, from, Buffer.byteLength(text)))
        pieces.push(piece.toString());
      return pieces;
    } finally {
      await handle.close();
    }
  };

  it('is read whole, and no line or character is torn, however long the lines are', async () => {
    // Three bytes each, so that a border of what is read at once falls within one.
    const lines = [10, 700_000, 1, 300_000, 0, 5].map((length) => '→'.repeat(length));
    const text = `${lines.join('\n')}\n`;
    const pieces = await piecesOf(text);
    assert.equal(pieces.join(''), text);
    assert.ok(pieces.length > 1);
    for (const piece of pieces) assert.ok(piece.endsWith('\n'));
  });

  it('ends with what stands behind its last line', async () => {
    assert.deepEqual(await piecesOf('a\nb\nc'), ['a\nb\n', 'c']);
    assert.deepEqual(await piecesOf('a\nb\nc', 2), ['b\n', 'c']);
    assert.deepEqual(await piecesOf(''), []);
    assert.equal((await piecesOf('→'.repeat(300_000))).join('').length, 300_000);
  });
});
