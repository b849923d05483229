import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ignoreFileNames as fileNames, type FileScope, type IgnoreFiles } from './ignoreFiles';
import { globPattern, type IgnorePattern, ignorePatterns } from './ignorePatterns';

interface Folder {
  readonly at: string;
  readonly outer: Folder | undefined;
  readonly isIgnored: boolean;
  /** By the name of the file in which they stand. */
  readonly patterns: readonly (readonly IgnorePattern[])[];
}

/**
 * Which files of a scope are left out, for those that ripgrep does not list: the answers are its own. What was read stays as it
 * was: to read it again takes new rules.
 */
export class IgnoreRules {
  readonly #root: string;
  readonly #files: IgnoreFiles;
  readonly #excludes: readonly RegExp[];
  readonly #folders = new Map<string, Folder>();
  #ofUser: readonly IgnorePattern[] | undefined;

  constructor({ folder, excludes, ignoreFiles }: FileScope) {
    this.#root = path.resolve(folder);
    this.#files = ignoreFiles;
    this.#excludes = excludes.map(globPattern);
  }

  /** Whether the file is below the folder. */
  isAbout(file: string): boolean {
    return file.startsWith(startOf(this.#root));
  }

  /** Whether the file is below the folder, and left out. */
  ignores(file: string): boolean {
    if (!this.isAbout(file)) return false;
    const folder = this.#folder(path.dirname(file));
    return folder.isIgnored || this.#says(folder, file, false);
  }

  /** The ignore files that count, outside of the folder, whether they are there or not. */
  outerFiles(): string[] {
    const { inFolder, inParents, ofUser } = this.#files;
    const folders: string[] = [];
    for (let at = this.#root; inFolder && inParents && path.dirname(at) !== at; at = path.dirname(at))
      folders.push(path.dirname(at));
    const around = folders.flatMap((folder) => fileNames.map((name) => path.join(folder, name)));
    return [...around, ...(inFolder && ofUser ? [globalIgnoreFile()] : [])];
  }

  #folder(at: string): Folder {
    const known = this.#folders.get(at);
    if (known) return known;
    const outer = this.#outer(at);
    // Whoever searches a folder wants it, whatever those around it say.
    const isIgnored =
      outer !== undefined && this.isAbout(at) && (outer.isIgnored || this.#says(outer, at, true));
    const patterns =
      isIgnored || !this.#files.inFolder ? [] : fileNames.map((name) => patternsIn(path.join(at, name)));
    const folder = { at, outer, isIgnored, patterns };
    this.#folders.set(at, folder);
    return folder;
  }

  #outer(at: string): Folder | undefined {
    const outer = path.dirname(at);
    return outer === at || (at === this.#root && !this.#files.inParents) ? undefined : this.#folder(outer);
  }

  #says(inside: Folder, file: string, isFolder: boolean): boolean {
    const name = relative(this.#root, file);
    if (this.#excludes.some((glob) => glob.test(name))) return true;
    for (const index of fileNames.keys()) {
      for (let folder: Folder | undefined = inside; folder; folder = folder.outer) {
        const said = verdict(folder.patterns[index] ?? [], folder.at, file, isFolder);
        if (said !== undefined) return said;
      }
    }
    const { inFolder, ofUser } = this.#files;
    return inFolder && ofUser && verdict(this.#userPatterns(), this.#root, file, isFolder) === true;
  }

  #userPatterns(): readonly IgnorePattern[] {
    return (this.#ofUser ??= patternsIn(globalIgnoreFile()));
  }
}

/** What the last pattern says that matches; nothing if none does. */
function verdict(
  patterns: readonly IgnorePattern[],
  from: string,
  file: string,
  isFolder: boolean,
): boolean | undefined {
  if (patterns.length === 0) return undefined;
  const name = relative(from, file);
  const found = patterns.findLast(
    ({ matches, onlyFolders }) => (isFolder || !onlyFolders) && matches.test(name),
  );
  return found && !found.isException;
}

/** The path from a folder that it is in, as patterns have it. */
function relative(from: string, file: string): string {
  return file.slice(startOf(from).length).replaceAll(path.sep, '/');
}

/** What the paths of all that is in a folder begin with. */
function startOf(folder: string): string {
  return folder.endsWith(path.sep) ? folder : folder + path.sep;
}

/** The ignore file for all folders of the user, as git's settings have it. */
function globalIgnoreFile(): string {
  const home = os.homedir();
  const settings = process.env['XDG_CONFIG_HOME'] || path.join(home, '.config');
  for (const file of [path.join(home, '.gitconfig'), path.join(settings, 'git/config')]) {
    const named = /^\s*excludesfile\s*=\s*"?\s*(\S+?)\s*"?\s*$/im.exec(textOf(file))?.[1];
    if (named !== undefined) return named.replace(/^~/, home);
  }
  return path.join(settings, 'git/ignore');
}

function patternsIn(file: string): IgnorePattern[] {
  return ignorePatterns(textOf(file));
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
