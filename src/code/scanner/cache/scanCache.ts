import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deflateSync, inflateSync } from 'node:zlib';
import type { Fact } from '../facts/fact';
import type { LanguageDefinition } from '../languages/language';
import type { Class, Outline, Scope } from '../outline/outline';

/** By which it is told that a file has not changed. */
export interface Stamp {
  readonly size: number;
  /** When it was written, in milliseconds. */
  readonly time: number;
}

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

/** Changes with the form of what is kept. */
const format = 4;

/** Short texts say little, and keeping their outlines does not pay. */
const minText = 200;

/** By folder: name, size and time of each file, one after the other. */
type Folders = Record<string, (string | number)[]>;

/**
 * Keeps on disk what scans of a workspace found: in a file the facts and the stamps of its files, beside it their outlines,
 * by the texts that they are of: a text that was read once need not be parsed again.
 */
export class ScanCache {
  readonly file: string;
  readonly #folder: string;
  readonly #version: string;
  readonly #prefix: string;
  /** Outlines that are not on disk yet, by the names that their files will have. */
  readonly #unsaved = new Map<string, Outline>();
  readonly #used = new Set<string>();
  #isTidy = false;

  /** What was kept by another `version` of the program is not used. */
  constructor(file: string, version: string) {
    this.file = file;
    this.#folder = `${file}.outlines`;
    this.#version = `${format} ${version}`;
    this.#prefix = `${hashOf(this.#version, 8)}-`;
  }

  /** What a scan of the same files, in the same way, found. None if there is nothing, or it is damaged. */
  scan(of: string): CachedScan | undefined {
    const [version, speaking = '', others = ''] = textIn(this.file)?.split('\n') ?? [];
    if (version !== `${this.#version} ${of}`) return undefined;
    return {
      speaking: new Map(JSON.parse(speaking) as [string, CachedFile][]),
      others: () => stampsOf(JSON.parse(others) as Folders),
    };
  }

  /** Keeps what a scan found. Throws if it can't be written. */
  keepScan(of: string, { speaking, others }: CachedScan): void {
    mkdirSync(path.dirname(this.file), { recursive: true });
    const lines = [
      `${this.#version} ${of}`,
      JSON.stringify([...speaking]),
      JSON.stringify(foldersOf(others())),
    ];
    keep(this.file, lines.join('\n'));
  }

  /** The outline of a text: what is kept of it, or else what `read` finds; undefined if that is nothing. */
  outlineOf(
    text: string,
    { grammar }: LanguageDefinition,
    read: () => Outline | undefined,
  ): Outline | undefined {
    if (text.length < minText) return read();
    const name = this.#prefix + hashOf(`${grammar.name}\n${text}`, 40);
    this.#used.add(name);
    const known = this.#unsaved.get(name) ?? outlineIn(textIn(path.join(this.#folder, name)));
    if (known) return known;
    const outline = read();
    if (outline) this.#unsaved.set(name, outline);
    return outline;
  }

  /**
   * Writes the outlines that are not kept yet, for as long as `mayGoOn` says so; whether there is more to be done. Throws
   * if they can't be written. In the end it removes those that were of no use since the program was started.
   */
  saveOutlines(mayGoOn: () => boolean): boolean {
    if (this.#unsaved.size > 0) mkdirSync(this.#folder, { recursive: true });
    for (const [name, outline] of this.#unsaved) {
      if (!mayGoOn()) return true;
      this.#unsaved.delete(name);
      keep(path.join(this.#folder, name), JSON.stringify(outline));
    }
    this.#tidy();
    return false;
  }

  forgetOutlines(): void {
    this.#unsaved.clear();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #tidy(): void {
    if (this.#isTidy) return;
    this.#isTidy = true;
    let names: string[];
    try {
      names = readdirSync(this.#folder);
    } catch {
      return;
    }
    for (const name of names) {
      const file = path.join(this.#folder, name);
      if (!this.#used.has(name) && !isBeingWritten(file)) rmSync(file, { force: true });
    }
  }
}

/** The file is always whole: the old one, or the new one. Two windows can be at the same workspace. */
function keep(file: string, text: string): void {
  const partial = `${file}.${randomUUID()}`;
  try {
    writeFileSync(partial, deflateSync(text, { level: 1 }));
    renameSync(partial, file);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

/** Whether it is a file that another window has not written to its end; one that is a day old was given up. */
function isBeingWritten(file: string): boolean {
  const found = path.extname(file) === '' ? undefined : statSync(file, { throwIfNoEntry: false });
  return found !== undefined && Date.now() - found.mtimeMs < 86_400_000;
}

/** Nothing if there is none, or if it is damaged: the compressed form has a checksum, and ends where the file does. */
function textIn(file: string): string | undefined {
  try {
    const content = readFileSync(file);
    const found: unknown = inflateSync(content, { info: true });
    const { buffer, engine } = found as { buffer: Buffer; engine: { bytesWritten: number } };
    return engine.bytesWritten === content.length ? buffer.toString() : undefined;
  } catch {
    return undefined;
  }
}

function outlineIn(text: string | undefined): Outline | undefined {
  if (text === undefined) return undefined;
  const outline = JSON.parse(text) as Outline;
  return {
    ...outline,
    scopes: outline.scopes.map((scope): Scope => ({ ...scope, names: bare(scope.names) })),
    classes: outline.classes.map((cls): Class => ({
      ...cls,
      fields: bare(cls.fields),
      methods: bare(cls.methods),
    })),
    exports: bare(outline.exports),
  };
}

/** Names of code can be those of an object's own: `constructor`, `toString`. */
function bare<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.assign(Object.create(null) as Record<string, T>, record);
}

function hashOf(text: string, length: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length);
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

/** A file's stamp, if all that was written before `moment` (in milliseconds) must show in it; none for what isn't there. */
export function stampOf(file: string, moment: number): Stamp | undefined {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) return undefined;
  const { size, mtimeMs: time } = found;
  // Some file systems tell times in steps of two seconds: what was written twice in one step looks the same.
  const step = time % 1000 === 0 ? 2000 : 20;
  return time < moment - step ? { size, time } : undefined;
}

/** Whether the file still has the stamp. */
export function hasStamp(file: string, { size, time }: Stamp): boolean {
  const found = statSync(file, { throwIfNoEntry: false });
  return found?.size === size && found.mtimeMs === time;
}
