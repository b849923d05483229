import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { wholeLines } from './wholeLines';

/**
 * Where the history is kept: a log for each window, so that two windows can't overwrite each other. Only the window that
 * owns a log appends to it.
 */
export interface HistoryStorage {
  /** What the other windows' logs hold that was not read before, in pieces of whole lines. What is taken counts as read. */
  readOthers(): AsyncIterable<string>;
  /** Appends to this window's log; resolves when it is on the disk. */
  append(text: string): Promise<void>;
  /** Replaces this window's log by all pieces together, wholly or not at all. */
  replace(pieces: Iterable<string>): Promise<void>;
  /** Takes over the logs of windows that are gone, and tells their names; they stay until `discard`. */
  claimOrphans(): Promise<readonly string[]>;
  /** A log that was taken over, in pieces of whole lines, and what stands behind the last. */
  read(name: string): AsyncIterable<string>;
  discard(name: string): Promise<void>;
  /** Keeps a damaged log out of the way; resolves to where it is now. */
  setAside(name: string): Promise<string>;
}

const logName = /^(?:claimed-\d+-)*history-(\d+)-[\w-]+\.jsonl$/;

/** Keeps the history in a folder, in files named for the process that writes them. */
export class FileHistoryStorage implements HistoryStorage {
  readonly #folder: string;
  readonly #own = `history-${process.pid}-${randomUUID()}.jsonl`;
  /** How many bytes of each log were read, and of which file: another may have taken its place. */
  readonly #readUpTo = new Map<string, { readonly file: string; readonly bytes: number }>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  async *readOthers(): AsyncGenerator<string> {
    const names = (await this.#names()).filter((name) => name !== this.#own);
    for (const name of this.#readUpTo.keys()) if (!names.includes(name)) this.#readUpTo.delete(name);
    for (const name of names) yield* this.#readNew(name);
  }

  async append(text: string): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    // Opened anew each time: if another window took the file for an orphan's, it is made again, and nothing is lost.
    const file = await open(this.#path(this.#own), 'a');
    try {
      await file.writeFile(text);
      await file.datasync();
    } finally {
      await file.close();
    }
  }

  async replace(pieces: Iterable<string>): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const next = this.#path(`${this.#own}.next`);
    const file = await open(next, 'w');
    try {
      for (const piece of pieces) await file.writeFile(piece);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(next, this.#path(this.#own));
  }

  async claimOrphans(): Promise<readonly string[]> {
    const claimed: string[] = [];
    for (const name of await this.#names()) {
      const owner = Number((/^claimed-(\d+)/.exec(name) ?? logName.exec(name))?.[1]);
      if (name === this.#own || isRunning(owner)) continue;
      const mine = `claimed-${process.pid}-${name.replace(/^(?:claimed-\d+-)*/, '')}`;
      try {
        // Of two windows that try, one succeeds; the other finds nothing to rename.
        await rename(this.#path(name), this.#path(mine));
      } catch {
        continue;
      }
      claimed.push(mine);
    }
    return claimed;
  }

  async *read(name: string): AsyncGenerator<string> {
    const log = await open(this.#path(name), 'r');
    try {
      const { size } = await log.stat();
      for await (const piece of wholeLines(log, 0, size)) yield piece.toString();
    } finally {
      await log.close();
    }
  }

  async discard(name: string): Promise<void> {
    await rm(this.#path(name), { force: true });
  }

  async setAside(name: string): Promise<string> {
    const aside = this.#path(`damaged-${name.replace(/^(?:claimed-\d+-)*/, '')}.txt`);
    await rename(this.#path(name), aside);
    return aside;
  }

  async #names(): Promise<string[]> {
    try {
      return (await readdir(this.#folder)).filter((name) => logName.test(name)).sort();
    } catch {
      return [];
    }
  }

  /** What was appended since it was read last, up to the end of its last whole line. */
  async *#readNew(name: string): AsyncGenerator<string> {
    let log: FileHandle;
    try {
      log = await open(this.#path(name), 'r');
    } catch {
      // Its window is gone, or has just taken another file in its place.
      return;
    }
    try {
      const { ino, birthtimeMs, size } = await log.stat();
      const file = `${ino} ${birthtimeMs}`;
      const known = this.#readUpTo.get(name);
      let bytes = known?.file === file && known.bytes <= size ? known.bytes : 0;
      for await (const piece of wholeLines(log, bytes, size)) {
        // What its window is just writing comes the next time.
        if (piece.at(-1) !== 0x0a) break;
        yield piece.toString();
        bytes += piece.length;
        this.#readUpTo.set(name, { file, bytes });
      }
    } finally {
      await log.close();
    }
  }

  #path(name: string): string {
    return path.join(this.#folder, name);
  }
}

function isRunning(pid: number): boolean {
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process: it runs, but may not be signalled.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
