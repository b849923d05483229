import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Fact } from '../facts/fact';
import type { Stamp } from './stamps';

/** What a scan found, to start with the next time. */
export interface CachedScan {
  /** Each file that speaks RES, or that others need for it, and what is shown of it. */
  readonly speaking: ReadonlyMap<string, CachedFile>;
  /** When all the other files that were looked at were written; read when it is asked for. */
  readonly others: () => ReadonlyMap<string, Stamp>;
}

/** A file of which something is known. */
export interface CachedFile {
  /** None if what is known of it does not rest on what is on disk. */
  readonly stamp?: Stamp | undefined;
  readonly facts: readonly Fact[];
}

/** Changes with the form of the cache. */
const format = 2;

/** By folder: name, size and time of each file, one after the other. */
type Folders = Record<string, (string | number)[]>;

/**
 * Reads what was kept. None if there is nothing, if it is damaged, or if it was made by another version: it is then as
 * if the workspace had never been scanned.
 */
export function readCache(file: string, version: string): CachedScan | undefined {
  let content: Buffer;
  try {
    content = readFileSync(file);
  } catch {
    return undefined;
  }
  const end = content.indexOf('\n');
  const body = content.subarray(end + 1);
  // Whatever has this checksum was written below.
  if (end < 0 || content.toString('latin1', 0, end) !== headerOf(body, version)) return undefined;
  const middle = body.indexOf('\n');
  const speaking = JSON.parse(body.toString('utf8', 0, middle)) as [string, CachedFile][];
  return {
    speaking: new Map(speaking),
    others: () => stampsOf(JSON.parse(body.toString('utf8', middle + 1)) as Folders),
  };
}

/** Keeps what a scan found. The file is always whole: the old one, or the new one. */
export function writeCache(file: string, version: string, { speaking, others }: CachedScan): void {
  const lines = [JSON.stringify([...speaking]), JSON.stringify(foldersOf(others()))];
  const body = Buffer.from(lines.join('\n'));
  const partial = `${file}.${randomUUID()}`;
  mkdirSync(path.dirname(file), { recursive: true });
  try {
    writeFileSync(partial, Buffer.concat([Buffer.from(`${headerOf(body, version)}\n`), body]));
    renameSync(partial, file);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

function stampsOf(folders: Folders): Map<string, Stamp> {
  const stamps = new Map<string, Stamp>();
  for (const [folder, entries] of Object.entries(folders)) {
    for (let at = 0; at < entries.length; at += 3) {
      stamps.set(`${folder}${entries[at]}`, { size: Number(entries[at + 1]), time: Number(entries[at + 2]) });
    }
  }
  return stamps;
}

function foldersOf(stamps: ReadonlyMap<string, Stamp>): Folders {
  const folders = new Map<string, (string | number)[]>();
  for (const [file, { size, time }] of stamps) {
    const start = file.lastIndexOf(path.sep) + 1;
    const folder = file.slice(0, start);
    let entries = folders.get(folder);
    if (!entries) folders.set(folder, (entries = []));
    entries.push(file.slice(start), size, time);
  }
  return Object.fromEntries(folders);
}

function headerOf(body: Buffer, version: string): string {
  const hash = createHash('sha256').update(`${format} ${version}\n`).update(body).digest('hex');
  return `res-facts ${hash}`;
}
