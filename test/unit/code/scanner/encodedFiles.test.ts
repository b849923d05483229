import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { FolderEncodings } from '../../../../src/code/scanner/files/encodings';
import { languages } from '../../../../src/code/scanner/languages/index';
import { Scanner } from '../../../../src/code/scanner/scanner';
import { temporaryFolder } from '../../../host/cache';
import { grammarFolder } from './grammarFolder';

const csharp = (comment: string, name = 'größe'): string => `using ResgateIO.Service;
/* ${comment} */ class P { void M(int ${name}) { var s = new ResService("library"); s.AddHandler("book.$id", new B()); } }
`;
const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
/** 表 ends in the byte of a backslash, and 予約 is no UTF-8. */
const shiftJis = (text: string): Buffer =>
  Buffer.concat(
    text
      .split(/(?<=表)|(?=表)/)
      .map((part) => (part === '表' ? Buffer.from([0x95, 0x5c]) : Buffer.from(part))),
  );

describe('A source file', () => {
  let folder: { path: string; remove: () => Promise<void> };
  let encodings: FolderEncodings[];

  beforeEach(async () => {
    folder = await temporaryFolder('res-encoded-');
    encodings = [];
  });

  afterEach(() => folder.remove());

  /** What is found in a file with these bytes, each fact with its column, and what is noted. */
  async function scanned(
    content: Buffer,
    name = 'P.cs',
  ): Promise<{ facts: string[]; notes: readonly string[] }> {
    const file = path.join(folder.path, name);
    writeFileSync(file, content);
    const scanner = new Scanner(languages, grammarFolder);
    scanner.reading = { maxFileSize: 1024 * 1024, encodings };
    const results = await scanner.apply([{ file, fromDisk: true }]);
    return {
      facts: results.flatMap(({ facts }) =>
        facts.map(({ kind, pattern, line, column }) => `${kind} ${pattern} ${line}:${column}`),
      ),
      notes: results.flatMap(({ notes = [] }) => notes),
    };
  }

  const expected = (text: string): { facts: string[]; notes: string[] } => {
    const line = text.split('\n')[1] ?? '';
    const column = (part: string): number => line.indexOf(part) + 1;
    return {
      facts: [`service library.> 2:${column('"library"')}`, `handler library.book.* 2:${column('"book')}`],
      notes: [],
    };
  };

  it('in Windows-1252 is read, with the columns of the editor', async () => {
    const text = csharp('Öl, Ärger, ä¼');
    // The editor shows one character for each that it can't read as UTF-8.
    const shown = new TextDecoder().decode(Buffer.from(text, 'latin1'));
    assert.notEqual(shown.length, text.length);
    assert.deepEqual(await scanned(Buffer.from(text, 'latin1')), expected(shown));
  });

  it('in UTF-16 is read by its mark', async () => {
    const text = csharp('表 😀');
    assert.deepEqual(await scanned(Buffer.from(`\ufeff${text}`, 'utf16le')), expected(text));
    assert.deepEqual(await scanned(utf16be(`\ufeff${text}`)), expected(text));
  });

  it('with the mark of UTF-8 is read without it', async () => {
    const text = csharp('名').split('\n').slice(1).join('\n').replace('/*', '\nusing ResgateIO.Service; /*');
    assert.deepEqual(await scanned(Buffer.from(`\ufeff${text}`)), expected(text));
  });

  it('in the encoding that is set is read by that', async () => {
    const text = csharp('表', 'n');
    encodings = [{ folder: folder.path, byEnding: { cs: 'shiftjis' } }];
    assert.deepEqual(await scanned(shiftJis(text)), expected(text));
    encodings = [{ folder: folder.path, byEnding: { cs: 'utf16le' } }];
    assert.deepEqual(await scanned(Buffer.from(text, 'utf16le')), expected(text));
  });

  it('that does not parse as what it was taken for is noted', async () => {
    const { notes } = await scanned(shiftJis(csharp('x', 'n').replace('"book.$id"', '"book.表"')));
    assert.match(notes.join(), /not UTF-8.*files\.encoding/);
    const broken = await scanned(Buffer.from(csharp('ö', 'n').replace('new B());', 'new B(')), 'Q.cs');
    assert.deepEqual(broken.notes, []);
  });
});
