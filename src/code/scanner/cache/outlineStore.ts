import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deflateSync, inflateSync } from 'node:zlib';
import type { LanguageDefinition } from '../languages/language';
import type { Outline } from '../outline/outline';
import { outlineOf, outlineText, textKey } from '../outline/outlineText';

/** Changes with the form of what is kept. */
const format = 2;

/** Short texts say little, and keeping it does not pay. */
const leastText = 200;

/** Keeps outlines on disk by the texts that they are of: a text that was read once need not be parsed again. */
export class OutlineStore {
  readonly folder: string;
  readonly #prefix: string;
  /** Outlines that are not on disk yet, by the names that their files will have. */
  readonly #unsaved = new Map<string, Outline>();
  readonly #used = new Set<string>();
  #isTidy = false;

  /** What was kept by another `version` of the program is not used. */
  constructor(folder: string, version: string) {
    this.folder = folder;
    const hash = createHash('sha256').update(`${format} ${version}`).digest('hex');
    this.#prefix = `${hash.slice(0, 8)}-`;
  }

  /** Forgets all that is kept. */
  clear(): void {
    this.#unsaved.clear();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The outline of a text: what is kept of it, or else what `read` finds; undefined if that is nothing. */
  of(text: string, language: LanguageDefinition, read: () => Outline | undefined): Outline | undefined {
    if (text.length < leastText) return read();
    const name = this.#nameOf(text, language);
    this.#used.add(name);
    const known = this.#unsaved.get(name) ?? readOutline(path.join(this.folder, name));
    if (known) return known;
    const outline = read();
    if (outline) this.#unsaved.set(name, outline);
    return outline;
  }

  /**
   * Writes what is not kept yet, for as long as `mayGoOn` says so; whether there is more to be done. Throws if it can't be
   * written. In the end it removes what was of no use since the program was started.
   */
  save(mayGoOn: () => boolean): boolean {
    if (this.#unsaved.size > 0) mkdirSync(this.folder, { recursive: true });
    for (const [name, outline] of this.#unsaved) {
      if (!mayGoOn()) return true;
      this.#unsaved.delete(name);
      const file = path.join(this.folder, name);
      // Two windows can be at the same workspace.
      const partial = `${file}.${process.pid}`;
      writeFileSync(partial, deflateSync(outlineText(outline), { level: 1 }));
      renameSync(partial, file);
    }
    this.#tidy();
    return false;
  }

  #tidy(): void {
    if (this.#isTidy) return;
    this.#isTidy = true;
    let names: string[];
    try {
      names = readdirSync(this.folder);
    } catch {
      return;
    }
    for (const name of names)
      if (!this.#used.has(name)) rmSync(path.join(this.folder, name), { force: true });
  }

  #nameOf(text: string, language: LanguageDefinition): string {
    return `${this.#prefix}${textKey(text, language)}`;
  }
}

/** Nothing if there is none, or if it is damaged: the compressed form has a checksum. */
function readOutline(file: string): Outline | undefined {
  let text: string;
  try {
    text = inflateSync(readFileSync(file)).toString();
  } catch {
    return undefined;
  }
  return outlineOf(text);
}
