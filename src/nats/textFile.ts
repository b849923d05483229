import { readFile, stat } from 'node:fs/promises';
import type { Result } from '../util/problem';

/** What is read here, contexts, credentials and certificates, is a few kB long. */
const maxBytes = 1024 * 1024;

/** Why a file can't be read; it never repeats what stands in it. */
export interface UnreadableFile {
  /** It may simply not be there. */
  readonly isMissing: boolean;
  /** Completes "it …" or "the file …". */
  readonly why: string;
}

/** The text of a small file in UTF-8, without a byte order mark. Never rejects. */
export async function readTextFile(file: string): Promise<Result<string, UnreadableFile>> {
  const bytes = await readSmallFile(file);
  if (!bytes.ok) return bytes;
  try {
    return { ok: true, value: new TextDecoder('utf-8', { fatal: true }).decode(bytes.value) };
  } catch {
    return unreadable(notText);
  }
}

/** The text of a small file of which only the ASCII parts matter; comments may be in any code page. Never rejects. */
export async function readAsciiFile(file: string): Promise<Result<string, UnreadableFile>> {
  const bytes = await readSmallFile(file);
  if (!bytes.ok) return bytes;
  return bytes.value.includes(0)
    ? unreadable(notText)
    : { ok: true, value: new TextDecoder().decode(bytes.value) };
}

async function readSmallFile(file: string): Promise<Result<Buffer, UnreadableFile>> {
  try {
    // Reading a pipe waits for whoever writes to it, perhaps for ever.
    const found = await stat(file);
    if (found.isDirectory()) return unreadable('is a folder');
    if (!found.isFile()) return unreadable('is not a regular file');
    if (found.size > maxBytes) return unreadable('is larger than 1 MB');
    return { ok: true, value: await readFile(file) };
  } catch (error) {
    return { ok: false, problem: { isMissing: codeOf(error) === 'ENOENT', why: reasonOf(error) } };
  }
}

const notText = 'is not UTF-8 text';

function unreadable(why: string): { ok: false; problem: UnreadableFile } {
  return { ok: false, problem: { isMissing: false, why } };
}

/** Why the operating system refused, as it completes "it …"; the system's own words may quote a path. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  const words = reasons.get(code);
  if (words !== undefined) return words;
  return code === '' ? 'cannot be read' : `cannot be read (${code})`;
}

const reasons = new Map([
  ['ENOENT', 'does not exist'],
  ['EACCES', 'may not be read by you (EACCES)'],
  ['EPERM', 'may not be read by you (EPERM)'],
  ['ENOTDIR', 'does not exist: part of its path is a file (ENOTDIR)'],
  ['EISDIR', 'is a folder'],
  ['ELOOP', 'is a symbolic link that leads in a circle (ELOOP)'],
  ['ENAMETOOLONG', 'has a name that is too long (ENAMETOOLONG)'],
]);

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
