import { isUtf8 } from 'node:buffer';

/** The text of a source file. */
export interface Decoded {
  readonly text: string;
  /** Whether nothing says what encoding it has. */
  readonly isGuess: boolean;
}

interface Decoder {
  readonly decode: (bytes: Buffer) => string;
}

/** Encodings by the editor's names for them, where these are no names of the standard. */
const standardNames: Readonly<Record<string, string>> = {
  utf16le: 'utf-16le',
  utf16be: 'utf-16be',
  shiftjis: 'shift_jis',
  eucjp: 'euc-jp',
  euckr: 'euc-kr',
  cp950: 'big5',
  big5hkscs: 'big5-hkscs',
  koi8r: 'koi8-r',
  koi8u: 'koi8-u',
  macroman: 'macintosh',
  cp866: 'ibm866',
};

/** What Windows-1252 has where Latin-1 has control characters, from 0x80 on; Node's own decoder for it has those too. */
const printable = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

const windows1252: Decoder = {
  decode: (bytes) =>
    bytes
      .toString('latin1')
      .replace(/[\x80-\x9f]/g, (character) => printable.charAt(character.charCodeAt(0) - 0x80)),
};

const decoders = new Map<string, Decoder>([['windows-1252', windows1252]]);

/**
 * Decodes a file by its byte order mark, else as `encoding` says (a value of `files.encoding`), else as UTF-8, and where it is
 * not that, as Windows-1252.
 */
export function decodeSource(bytes: Buffer, encoding = 'utf8'): Decoded {
  const name = markedEncoding(bytes) ?? (encoding.startsWith('utf8') ? undefined : standardName(encoding));
  if (name !== undefined) return { text: decoderFor(name).decode(bytes), isGuess: false };
  if (isUtf8(bytes)) return { text: decoderFor('utf-8').decode(bytes), isGuess: false };
  return { text: asWindows1252(bytes), isGuess: true };
}

/** Whether each character takes two bytes or more, so that texts can't be looked for as bytes. */
export function isWide(encoding: string | undefined): boolean {
  return encoding?.startsWith('utf16') === true;
}

/** The text as bytes in which other texts can be looked for: those of the file where that can be. */
export function searchableBytes(bytes: Buffer, encoding?: string): Buffer {
  const isPlain = markedEncoding(bytes) === undefined && isUtf8(bytes) && !isWide(encoding);
  return isPlain ? bytes : Buffer.from(decodeSource(bytes, encoding).text);
}

function markedEncoding(bytes: Buffer): string | undefined {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}

function standardName(encoding: string): string {
  const [, family, number] = /^(iso8859|windows)(\d+)$/.exec(encoding) ?? [];
  if (family !== undefined) return `${family.replace('8859', '-8859')}-${number ?? ''}`;
  return standardNames[encoding] ?? encoding;
}

function decoderFor(name: string): Decoder {
  let decoder = decoders.get(name);
  if (!decoder) {
    try {
      decoder = new TextDecoder(name);
    } catch {
      // Those that the platform does not know have a byte for each character, too; names of resources are ASCII.
      decoder = windows1252;
    }
    decoders.set(name, decoder);
  }
  return decoder;
}

/** A character of UTF-8, or as much of one as there is. */
const sequence =
  /[\xc2-\xdf][\x80-\xbf]|(?:\xe0[\xa0-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]|\xed[\x80-\x9f])[\x80-\xbf]?|(?:\xf0[\x90-\xbf]|[\xf1-\xf3][\x80-\xbf]|\xf4[\x80-\x8f])[\x80-\xbf]{0,2}|[\x80-\xff]/g;

/** With as many characters in a line as the editor shows, which takes the file for UTF-8 and puts one for each it can't read. */
function asWindows1252(bytes: Buffer): string {
  return bytes.toString('latin1').replace(sequence, (part) => {
    const found = Buffer.from(part, 'latin1');
    return isUtf8(found) ? found.toString('utf8') : windows1252.decode(found.subarray(0, 1));
  });
}
