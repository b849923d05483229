import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { Disposable } from '../../util/disposable';
import { reasonOf } from '../../util/problem';
import { formatLine } from './historyLog';
import type { HistoryStorage, Orphan, OthersPiece } from './historyStorage';
import {
  claimedName,
  damagedName,
  newLogName,
  newMark,
  ownerIn,
  rewriteName,
  rewrittenLog,
} from './logNames';
import { clearDoor, OwnerDoor } from './ownerDoor';
import { isOwnerGone } from './ownerGone';
import { wholeLines } from './wholeLines';

/** Keeps the history in a folder, in files named for the window that writes them. */
export class FileHistoryStorage implements HistoryStorage, Disposable {
  readonly #folder: string;
  readonly #id = newMark();
  readonly #door = OwnerDoor.open(this.#id);
  /** The log that is appended to. */
  #current: Promise<string> | undefined;
  /** This window's logs that may hold something. */
  readonly #own = new Set<string>();
  readonly #unsynced = new Set<string>();
  /** How many bytes of each log were read, and of which file: another may have taken its place. */
  readonly #readUpTo = new Map<string, { readonly file: string; readonly bytes: number }>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Says to other windows that this one is gone. */
  dispose(): void {
    void this.#door.then((door) => {
      door?.close();
    });
  }

  async *readOthers(): AsyncGenerator<OthersPiece> {
    let names: readonly string[];
    try {
      names = await this.#logs();
    } catch (error) {
      yield unreadable(this.#folder, error);
      return;
    }
    for (const name of this.#readUpTo.keys()) if (!names.includes(name)) this.#readUpTo.delete(name);
    for (const name of names) {
      try {
        yield* this.#readNew(name);
      } catch (error) {
        // Its window is gone, or has just taken another file in its place.
        if (!isAbsent(error)) yield unreadable(this.#path(name), error);
      }
    }
  }

  async append(text: string): Promise<void> {
    for (;;) {
      const name = await (this.#current ??= this.#newName());
      this.#own.add(name);
      const file = await this.#openToAppend(name);
      try {
        const { size, ino } = await file.stat({ bigint: true });
        try {
          await file.writeFile(size === 0n ? formatLine + text : text);
        } catch (error) {
          // Or the rest of it would stand in the midst of the log, and be taken for damage.
          await file.truncate(Number(size)).catch(() => undefined);
          throw error;
        }
        this.#unsynced.add(name);
        // If another window took the file for an orphan's, it may have been read already.
        if ((await this.#inode(name)) === ino) return;
      } finally {
        await file.close();
      }
    }
  }

  async sync(): Promise<void> {
    for (const name of this.#unsynced) {
      this.#unsynced.delete(name);
      let file: FileHandle;
      try {
        file = await open(this.#path(name), 'r+');
      } catch (error) {
        // Whoever has taken it over keeps what it holds.
        if (isAbsent(error)) continue;
        throw error;
      }
      try {
        await file.datasync();
      } finally {
        await file.close();
      }
    }
  }

  async replace(pieces: Iterable<string>): Promise<void> {
    const before = [...this.#own];
    this.#current = undefined;
    const name = await this.#newName();
    const next = this.#path(rewriteName(name));
    try {
      await mkdir(this.#folder, { recursive: true });
      const file = await open(next, 'w');
      try {
        await file.writeFile(formatLine);
        for (const piece of pieces) await file.writeFile(piece);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(next, this.#path(name));
    } catch (error) {
      await rm(next, { force: true }).catch(() => undefined);
      throw error;
    }
    this.#own.add(name);
    for (const old of before) {
      // One that can't go stays: it says nothing else.
      await rm(this.#path(old), { force: true }).then(
        () => this.#own.delete(old),
        () => undefined,
      );
    }
  }

  async takeOver(): Promise<readonly Orphan[]> {
    const orphans: Orphan[] = [];
    let names: string[];
    try {
      names = await this.#names();
    } catch {
      // Reading says why.
      return [];
    }
    for (const name of names) {
      const log = rewrittenLog(name) ?? name;
      const owner = ownerIn(log);
      if (!owner || owner.id === this.#id || !(await isOwnerGone(owner, this.#path(name)))) continue;
      if (owner.id !== undefined) await clearDoor(owner.id);
      // All that a rewriting holds is in the logs that it was to replace.
      if (log !== name) await rm(this.#path(name), { force: true }).catch(() => undefined);
      else orphans.push(...(await this.#claim(name)));
    }
    return orphans;
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
    const aside = this.#path(damagedName());
    await rename(this.#path(name), aside);
    return aside;
  }

  async #claim(name: string): Promise<Orphan[]> {
    const mine = claimedName(await this.#ownName());
    try {
      // Of two windows that try, one succeeds; the other finds nothing to rename.
      await rename(this.#path(name), this.#path(mine));
      return [{ name: mine }];
    } catch (error) {
      return isAbsent(error) ? [] : [{ name, kept: reasonOf(error) }];
    }
  }

  /** The names of the other windows' logs. */
  async #logs(): Promise<string[]> {
    const isOthers = (name: string): boolean => {
      const owner = ownerIn(name);
      return owner !== undefined && owner.id !== this.#id;
    };
    return (await this.#names()).filter(isOthers);
  }

  async #names(): Promise<string[]> {
    try {
      return (await readdir(this.#folder)).sort();
    } catch (error) {
      if (isAbsent(error)) return [];
      throw error;
    }
  }

  /** What was appended since it was read last, up to the end of its last whole line. */
  async *#readNew(name: string): AsyncGenerator<OthersPiece> {
    const log = await open(this.#path(name), 'r');
    try {
      const { ino, birthtimeMs, size } = await log.stat();
      const file = `${ino} ${birthtimeMs}`;
      const known = this.#readUpTo.get(name);
      let bytes = known?.file === file && known.bytes <= size ? known.bytes : 0;
      for await (const piece of wholeLines(log, bytes, size)) {
        // What its window is just writing comes the next time.
        if (piece.at(-1) !== 0x0a) break;
        yield { kind: 'text', name: this.#path(name), isStart: bytes === 0, text: piece.toString() };
        bytes += piece.length;
        this.#readUpTo.set(name, { file, bytes });
      }
    } finally {
      await log.close();
    }
  }

  async #newName(): Promise<string> {
    return newLogName(await this.#ownName());
  }

  async #ownName(): Promise<{ id: string; hasDoor: boolean }> {
    return { id: this.#id, hasDoor: (await this.#door) !== undefined };
  }

  async #openToAppend(name: string): Promise<FileHandle> {
    try {
      return await open(this.#path(name), 'a');
    } catch (error) {
      if (!isAbsent(error)) throw error;
      await mkdir(this.#folder, { recursive: true });
      return open(this.#path(name), 'a');
    }
  }

  /** Which file has the name now; none where there is none. */
  async #inode(name: string): Promise<bigint | undefined> {
    try {
      return (await stat(this.#path(name), { bigint: true })).ino;
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  }

  #path(name: string): string {
    return path.join(this.#folder, name);
  }
}

function unreadable(name: string, error: unknown): OthersPiece {
  return { kind: 'unreadable', name, why: reasonOf(error) };
}

function isAbsent(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}
