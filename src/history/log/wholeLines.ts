import type { FileHandle } from 'node:fs/promises';

/** So much is read at once, in bytes: to turn more into text would take long. */
const chunkSize = 256 * 1024;

/**
 * The bytes of a file from one place to another in pieces that end with a line, as it is wanted; the last piece is what
 * stands behind the last line.
 */
export async function* wholeLines(file: FileHandle, from: number, to: number): AsyncGenerator<Buffer> {
  let begun: Buffer[] = [];
  for (let at = from; at < to;) {
    const buffer = Buffer.allocUnsafe(Math.min(chunkSize, to - at));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, at);
    if (bytesRead === 0) break;
    at += bytesRead;
    const chunk = buffer.subarray(0, bytesRead);
    const end = chunk.lastIndexOf(0x0a) + 1;
    if (end > 0) {
      yield Buffer.concat([...begun, chunk.subarray(0, end)]);
      begun = [];
    }
    begun.push(chunk.subarray(end));
  }
  const rest = Buffer.concat(begun);
  if (rest.length > 0) yield rest;
}
