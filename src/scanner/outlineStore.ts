import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deflateSync, inflateSync } from 'node:zlib';
import type { LanguageDefinition } from './languages/language';
import type { Class, Outline, Scope } from './outline';

/** Changes with the form of what is kept. */
const format = 1;

/** Short texts say little, and keeping it does not pay. */
const leastText = 200;

/** Keeps outlines on disk by the texts that they are of: a text that was read once need not be parsed again. */
export class OutlineStore {
  readonly folder: string;
  readonly #version: string;
  /** Outlines that are not on disk yet, by the names that their files will have. */
  readonly #unsaved = new Map<string, Outline>();
  readonly #used = new Set<string>();
  #isTidy = false;

  /** What was kept by another `version` of the program is not used. */
  constructor(folder: string, version: string) {
    this.folder = folder;
    this.#version = version;
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
    const unsaved = this.#unsaved.get(name);
    const known = unsaved ?? readOutline(path.join(this.folder, name));
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
      writeFileSync(partial, deflateSync(JSON.stringify(outline), { level: 1 }));
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

  #nameOf(text: string, { grammar }: LanguageDefinition): string {
    return createHash('sha256')
      .update(`${format} ${this.#version} ${grammar}\n`)
      .update(text)
      .digest('hex')
      .slice(0, 40);
  }
}

/** Nothing if there is none, or if it is damaged: the compressed form has a checksum. */
function readOutline(file: string): Outline | undefined {
  let json: string;
  try {
    json = inflateSync(readFileSync(file)).toString();
  } catch {
    return undefined;
  }
  return withoutPrototypes(JSON.parse(json) as Outline);
}

/** Names of code can be those of an object's own: `constructor`, `toString`. */
function withoutPrototypes(outline: Outline): Outline {
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

function bare<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.assign(Object.create(null) as Record<string, T>, record);
}
