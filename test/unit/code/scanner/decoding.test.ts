import assert from 'node:assert/strict';
import fc from 'fast-check';
import { encodingOf, type FolderEncodings } from '../../../../src/code/scanner/files/encodings';
import { decodeSource, searchableBytes } from '../../../../src/code/scanner/files/decoding';

const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
const mark = '\ufeff';

describe('The text of a source file', () => {
  const text = 'größe = "get.library.名前"; // 😀';
  const cases: readonly [what: string, bytes: Buffer, encoding: string | undefined, expected: string][] = [
    ['as UTF-8', Buffer.from(text), undefined, text],
    ['as UTF-8 by its mark, whatever is set', Buffer.from(mark + text), 'shiftjis', text],
    ['as UTF-16 by its mark, whatever is set', Buffer.from(mark + text, 'utf16le'), 'utf8', text],
    ['as UTF-16, big end first, by its mark', utf16be(mark + text), undefined, text],
    [
      'as the setting says',
      Buffer.from([0x83, 0x65, 0x83, 0x58, 0x27, 0x95, 0x5c, 0x27]),
      'shiftjis',
      "テス'表'",
    ],
    ['as the setting says, where it is UTF-8 too', Buffer.from('ö'), 'iso88591', 'Ã¶'],
    ['as UTF-16 without a mark where that is set', Buffer.from(text, 'utf16le'), 'utf16le', text],
    [
      'byte by byte where the encoding that is set is not known',
      Buffer.from([0x61, 0x84, 0x2e]),
      'cp437',
      'a„.',
    ],
    [
      'as Windows-1252 where it is no UTF-8',
      Buffer.from([0x67, 0x72, 0xf6, 0xdf, 0x65, 0x80]),
      'utf8',
      'größe€',
    ],
  ];
  for (const [what, bytes, encoding, expected] of cases) {
    it(`is read ${what}`, () => {
      assert.equal(decodeSource(bytes, encoding).text, expected);
      assert.equal(searchableBytes(bytes, encoding).includes('get.'), expected.includes('get.'));
    });
  }

  it('has each character where the editor shows it, which takes it for UTF-8', () => {
    const byte = fc.oneof(
      fc.integer({ min: 0x80, max: 0xff }),
      fc.constantFrom(0x41, 0x0a, 0xc3, 0xb6, 0xe4, 0xbc),
    );
    fc.assert(
      fc.property(fc.array(byte), fc.array(fc.constantFrom('é', '名', '😀', '\ufffd')), (bytes, others) => {
        const file = Buffer.concat([Buffer.from(others.join('')), Buffer.from(bytes), Buffer.from('get.a')]);
        const shown = new TextDecoder('utf-8', { ignoreBOM: true }).decode(file);
        const { text } = decodeSource(Buffer.concat([Buffer.from('x'), file]));
        assert.equal(text.slice(1).replace(/\P{ASCII}/gu, '?'), shown.replace(/\P{ASCII}/gu, '?'));
        assert.equal(text.length, shown.length + 1);
      }),
      { numRuns: 2000 },
    );
  });

  it('is read as is set for the innermost folder and the ending', () => {
    const folders: FolderEncodings[] = [
      { folder: '/w', byEnding: { cs: 'windows1252', js: 'gbk' } },
      { folder: '/w/in', byEnding: { cs: 'shiftjis' } },
    ];
    const all = ['/w/a.cs', '/w/b.JS', '/w/in/a.cs', '/w/in/a.js', '/w/inn/a.cs', '/v/a.cs'];
    assert.deepEqual(
      all.map((file) => encodingOf(file, folders)),
      ['windows1252', 'gbk', 'shiftjis', undefined, 'windows1252', undefined],
    );
  });
});
