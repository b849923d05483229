import { readFile, stat } from 'node:fs/promises';
import * as l10n from '../../util/l10n';
import type { Result } from '../../util/problem';

/** What is read here, contexts, credentials and certificates, is a few kB long. */
const maxBytes = 1024 * 1024;

/** Why a file can't be read; it never repeats what stands in it. */
interface UnreadableFile {
  /** It may simply not be there. */
  readonly isMissing: boolean;
  /** A clause about "it". */
  readonly why: l10n.Text;
}

/** The text of a small file in UTF-8, without a byte order mark. Never rejects. */
export async function readTextFile(file: string): Promise<Result<string, UnreadableFile>> {
  const bytes = await readSmallFile(file);
  if (!bytes.ok) return bytes;
  try {
    return { ok: true, value: new TextDecoder('utf-8', { fatal: true }).decode(bytes.value) };
  } catch {
    return unreadable(l10n.msg('it is not UTF-8 text'));
  }
}

/** The text of a small file of which only the ASCII parts matter; comments may be in any code page. Never rejects. */
export async function readAsciiFile(file: string): Promise<Result<string, UnreadableFile>> {
  const bytes = await readSmallFile(file);
  if (!bytes.ok) return bytes;
  return bytes.value.includes(0)
    ? unreadable(l10n.msg('it is not UTF-8 text'))
    : { ok: true, value: new TextDecoder().decode(bytes.value) };
}

async function readSmallFile(file: string): Promise<Result<Buffer, UnreadableFile>> {
  try {
    // Reading a pipe waits for whoever writes to it, perhaps for ever.
    const found = await stat(file);
    if (found.isDirectory()) return unreadable(l10n.msg('it is a folder'));
    if (!found.isFile()) return unreadable(l10n.msg('it is not a regular file'));
    if (found.size > maxBytes) return unreadable(l10n.msg('it is larger than 1 MB'));
    return { ok: true, value: await readFile(file) };
  } catch (error) {
    return { ok: false, problem: { isMissing: codeOf(error) === 'ENOENT', why: reasonOf(error) } };
  }
}

function unreadable(why: l10n.Text): { ok: false; problem: UnreadableFile } {
  return { ok: false, problem: { isMissing: false, why } };
}

/** Why the operating system refused, as a clause about "it"; the system's own words may quote a path. */
export function reasonOf(error: unknown): l10n.Text {
  const code = codeOf(error);
  switch (code) {
    case 'ENOENT':
      return l10n.msg('it does not exist');
    case 'EACCES':
    case 'EPERM':
      return l10n.msg('you have no permission to read it ({0})', code);
    case 'ENOTDIR':
      return l10n.msg('it does not exist: part of its path is a file ({0})', code);
    case 'EISDIR':
      return l10n.msg('it is a folder');
    case 'ELOOP':
      return l10n.msg('its symbolic links form a loop ({0})', code);
    case 'ENAMETOOLONG':
      return l10n.msg('its name is too long ({0})', code);
    case '':
      return l10n.msg('it cannot be read');
    default:
      return l10n.msg('it cannot be read ({0})', code);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
