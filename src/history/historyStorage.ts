import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** One log of the history: only the window that owns it appends to it. */
export interface StoredLog {
  readonly name: string;
  readonly text: string;
}

/** Where the history is kept: a log for each window, so that two windows can't overwrite each other. */
export interface HistoryStorage {
  /** What the other windows' logs hold that was not read before, in whole lines. */
  readOthers(): Promise<readonly string[]>;
  /** Appends to this window's log; resolves when it is on the disk. */
  append(text: string): Promise<void>;
  /** Replaces this window's log at once, wholly or not at all. */
  replace(text: string): Promise<void>;
  /** Takes over the logs of windows that are gone; they stay until `discard`. */
  claimOrphans(): Promise<readonly StoredLog[]>;
  discard(log: StoredLog): Promise<void>;
  /** Keeps a damaged log out of the way; resolves to where it is now. */
  setAside(log: StoredLog): Promise<string>;
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

  async readOthers(): Promise<readonly string[]> {
    const names = (await this.#names()).filter((name) => name !== this.#own);
    for (const name of this.#readUpTo.keys()) if (!names.includes(name)) this.#readUpTo.delete(name);
    const texts = await Promise.all(names.map((name) => this.#readNew(name)));
    return texts.filter((text) => text !== '');
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

  async replace(text: string): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const next = this.#path(`${this.#own}.next`);
    await writeFile(next, text, { flush: true });
    await rename(next, this.#path(this.#own));
  }

  async claimOrphans(): Promise<readonly StoredLog[]> {
    const claimed: StoredLog[] = [];
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
      const log = await this.#read(mine);
      if (log) claimed.push(log);
    }
    return claimed;
  }

  async discard({ name }: StoredLog): Promise<void> {
    await rm(this.#path(name), { force: true });
  }

  async setAside({ name }: StoredLog): Promise<string> {
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
  async #readNew(name: string): Promise<string> {
    try {
      const log = await open(this.#path(name), 'r');
      try {
        const { ino, birthtimeMs, size } = await log.stat();
        const file = `${ino} ${birthtimeMs}`;
        const known = this.#readUpTo.get(name);
        const from = known?.file === file && known.bytes <= size ? known.bytes : 0;
        if (from === size) return '';
        const { buffer, bytesRead } = await log.read(Buffer.alloc(size - from), 0, size - from, from);
        const end = buffer.lastIndexOf(0x0a, bytesRead - 1) + 1;
        this.#readUpTo.set(name, { file, bytes: from + end });
        return buffer.toString('utf8', 0, end);
      } finally {
        await log.close();
      }
    } catch {
      return '';
    }
  }

  async #read(name: string): Promise<StoredLog | undefined> {
    try {
      return { name, text: await readFile(this.#path(name), 'utf8') };
    } catch {
      return undefined;
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
