import { closeSync, fstatSync, openSync, readFileSync, readdirSync, readSync, statSync } from 'node:fs';
import path from 'node:path';
import { type Decoded, decodeSource, searchableBytes } from './decoding';
import { type FolderEncodings, encodingOf } from './encodings';
import type { Disk } from './fileLanguage';

/** How files on disk are read. */
export interface Reading {
  /** Larger files are left out, in bytes. */
  readonly maxFileSize: number;
  readonly encodings: readonly FolderEncodings[];
}

/** The sieve of files that are read whatever they contain. */
export const anything = [Buffer.alloc(0)];

export const defaultReading: Reading = { maxFileSize: 1024 * 1024, encodings: [] };

/** A file's content, nothing (it can't speak RES), or why it was left out. */
export type Content = Decoded | { readonly note: string } | undefined;

/** Reads a source file, unless it contains none of the sieve's literals or more bytes than are to be read. */
export function readSource(
  file: string,
  sieve: readonly Buffer[],
  { maxFileSize, encodings }: Reading,
  isWanted: (bytes: Buffer) => boolean = () => false,
): Content {
  let bytes: Buffer;
  try {
    const stats = statSync(file);
    // A pipe would be waited for.
    if (!stats.isFile()) return { note: 'is not a file' };
    const { size } = stats;
    if (size > maxFileSize) return { note: `${size} bytes are more than the ${maxFileSize} that are read` };
    bytes = readFileSync(file);
  } catch (error) {
    return { note: `cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})` };
  }
  const encoding = encodingOf(file, encodings);
  const searchable = searchableBytes(bytes, encoding);
  if (!sieve.some((literal) => searchable.includes(literal)) && !isWanted(searchable)) return undefined;
  return decodeSource(bytes, encoding);
}

/** The text of a file that is read; undefined for any other. */
export function textOnDisk(file: string, reading: Reading): string | undefined {
  const content = readSource(file, anything, reading);
  return content && 'text' in content ? content.text : undefined;
}

/** What `test` says of a file's text as UTF-8; false for one that can't be read. */
export function readBytes(file: string, { encodings }: Reading, test: (bytes: Buffer) => boolean): boolean {
  try {
    return test(searchableBytes(readFileSync(file), encodingOf(file, encodings)));
  } catch {
    return false;
  }
}

/** The literals of a sieve as bytes to search for. */
export function sieveBytes(literals: readonly string[]): Buffer[] {
  return literals.map((literal) => Buffer.from(literal));
}

/** The disk, with answers remembered until `forget`, and what editors hold in place of what is on it. */
export class RealDisk implements Disk {
  readonly #files = new Map<string, boolean>();
  readonly #folders = new Map<string, readonly string[]>();
  readonly #texts = new Map<string, string | undefined>();
  /** The texts of files that an editor holds, on disk or not, by folder and name. */
  readonly #open = new Map<string, Map<string, string>>();

  isFile(file: string): boolean {
    if (this.isOpen(file)) return true;
    let known = this.#files.get(file);
    if (known === undefined) {
      known = statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
      this.#files.set(file, known);
    }
    return known;
  }

  filesIn(folder: string): readonly string[] {
    let known = this.#folders.get(folder);
    if (known === undefined) {
      known = list(folder);
      this.#folders.set(folder, known);
    }
    const open = this.#open.get(folder);
    return open ? [...new Set([...known, ...open.keys()])] : known;
  }

  text(file: string): string | undefined {
    if (!this.#texts.has(file)) this.#texts.set(file, readSmall(file));
    return this.#texts.get(file);
  }

  isOpen(file: string): boolean {
    return this.openText(file) !== undefined;
  }

  /** What an editor holds of a file; undefined if none does. */
  openText(file: string): string | undefined {
    return this.#open.get(path.dirname(file))?.get(path.basename(file));
  }

  /** Notes what an editor holds of a file; `undefined` if none holds it any more. */
  open(file: string, text: string | undefined): void {
    const [folder, name] = [path.dirname(file), path.basename(file)];
    const open = this.#open.get(folder) ?? new Map<string, string>();
    if (text === undefined) open.delete(name);
    else open.set(name, text);
    if (open.size > 0) this.#open.set(folder, open);
    else this.#open.delete(folder);
  }

  /** Forgets what is known of a file that appeared, changed or went away. */
  forget(file: string): void {
    this.#files.delete(file);
    this.#folders.delete(path.dirname(file));
    this.#texts.delete(file);
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name)
      .sort();
  } catch {
    return [];
  }
}

function readSmall(file: string): string | undefined {
  let handle: number;
  try {
    handle = openSync(file, 'r');
  } catch {
    return undefined;
  }
  try {
    const buffer = Buffer.alloc(Math.min(fstatSync(handle).size, 64 * 1024));
    return decodeSource(buffer.subarray(0, readSync(handle, buffer))).text;
  } catch {
    return undefined;
  } finally {
    closeSync(handle);
  }
}
