import path from 'node:path';
import { FileType, RelativePattern, Uri, env, workspace, type WorkspaceFolder } from 'vscode';
import type { ScanRequest } from '../scanner/client/client';
import type { FileScope } from '../scanner/files/ignoreFiles';
import type { IgnoreRules } from '../scanner/files/ignoreRules';
import type { FileFinder } from '../watching/workspaceScan';
import { ripgrepIn } from '../scanner/files/ripgrep';
import { editorLanguages } from '../scanner/languages/data';
import type { Reading } from '../scanner/files/sources';
import { DisposableStore, type Disposable } from '../../util/disposable';
import { readIgnoreFiles, settings } from '../../shell/settings';

/** Finds the files that may be scanned: by ending, in folders on disk, without those that settings or ignore files leave out. */
export class WorkspaceFiles implements FileFinder {
  readonly #include: string;
  readonly #extensions: readonly string[];
  readonly #ripgrep = ripgrepIn(env.appRoot);
  #rulesOf: ((scope: FileScope) => IgnoreRules) | undefined;
  #rules: readonly IgnoreRules[] | undefined;

  constructor(extensions: readonly string[]) {
    this.#extensions = extensions;
    this.#include = `**/*.{${extensions.join(',')}}`;
  }

  /** With the editor's ripgrep the scanner's thread finds the files by itself. */
  async request(): Promise<ScanRequest> {
    const ripgrep = this.#ripgrep;
    if (ripgrep === undefined) return { files: await this.all() };
    const searches = diskFolders().map(({ uri }) => ({
      ...scopeOf(uri),
      endings: this.#extensions,
      followLinks: workspace.getConfiguration('search', uri).get<boolean>('followSymlinks') ?? true,
    }));
    return { searches, ripgrep };
  }

  /** How the settings have files on disk read. */
  reading(): Reading {
    const encodings = diskFolders().map(({ uri }) => ({ folder: uri.fsPath, byEnding: encodingsIn(uri) }));
    return {
      maxFileSize: settings.maxFileSize.get() * 1024,
      encodings: encodings.filter(({ byEnding }) => Object.keys(byEnding).length > 0),
    };
  }

  async ready(): Promise<void> {
    const { IgnoreRules } = await import('../scanner/files/ignoreRules');
    this.#rulesOf = (scope) => new IgnoreRules(scope);
  }

  /** They are read when they are needed next. */
  forgetRules(): void {
    this.#rules = undefined;
  }

  isLeftOut(file: string): boolean {
    const rules = this.#rulesNow().filter((each) => each.isAbout(file));
    return rules.length > 0 && rules.every((each) => each.ignores(file));
  }

  /** Calls when an ignore file changes that counts and is in no folder of the workspace. */
  watchOuterRules(changed: () => void): Disposable {
    const store = new DisposableStore();
    for (const file of new Set(this.#rulesNow().flatMap((rules) => rules.outerFiles()))) {
      const pattern = new RelativePattern(Uri.file(path.dirname(file)), path.basename(file));
      const watcher = store.add(workspace.createFileSystemWatcher(pattern));
      for (const event of [watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete])
        store.add(event(changed));
    }
    return store;
  }

  #rulesNow(): readonly IgnoreRules[] {
    const rulesOf = this.#rulesOf;
    if (!rulesOf) return [];
    return (this.#rules ??= diskFolders().map(({ uri }) => rulesOf(scopeOf(uri))));
  }

  async all(): Promise<string[]> {
    const found = await Promise.all(
      diskFolders().map((folder) => this.#find(folder, new RelativePattern(folder, this.#include))),
    );
    return found.flat();
  }

  async exists(file: string): Promise<boolean> {
    return (await isDirectory(Uri.file(file))) !== undefined;
  }

  async at(file: string): Promise<string[]> {
    const uri = Uri.file(file);
    const folder = workspace.getWorkspaceFolder(uri);
    if (!folder) return [];
    const isFolder = await isDirectory(uri);
    if (isFolder === undefined) return [];
    const relative = escapeGlob(uri.path.slice(folder.uri.path.length).replace(/^\//, ''));
    if (isFolder) return this.#find(folder, new RelativePattern(folder, `${relative}/${this.#include}`));
    return this.#find(folder, new RelativePattern(folder, relative));
  }

  async #find({ uri }: WorkspaceFolder, include: RelativePattern): Promise<string[]> {
    const found = await workspace.findFiles(include, excludeGlob(uri));
    return found.map(({ fsPath }) => fsPath).filter((file) => !this.isLeftOut(file));
  }
}

function diskFolders(): WorkspaceFolder[] {
  return (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
}

function scopeOf(folder: Uri): FileScope {
  return { folder: folder.fsPath, excludes: excludeGlobs(folder), ignoreFiles: readIgnoreFiles(folder) };
}

/** `files.encoding` by what files' names end in, where it is not UTF-8. */
function encodingsIn(folder: Uri): Record<string, string> {
  const byEnding: Record<string, string> = {};
  for (const [ending, languageId] of Object.entries(editorLanguages)) {
    const scope = { uri: folder, languageId };
    const encoding = workspace.getConfiguration('files', scope).get<unknown>('encoding');
    if (typeof encoding === 'string' && !encoding.startsWith('utf8')) byEnding[ending] = encoding;
  }
  return byEnding;
}

/** One glob for `files.exclude` and `search.exclude`: `findFiles` honours only the former by itself. */
function excludeGlob(scope: Uri): string | undefined {
  const globs = excludeGlobs(scope);
  return globs.length === 0 ? undefined : `{${globs.join(',')}}`;
}

function excludeGlobs(scope: Uri): string[] {
  const globs = ['files', 'search'].flatMap((section) => {
    const exclude = workspace.getConfiguration(section, scope).get<Record<string, unknown>>('exclude') ?? {};
    return Object.entries(exclude).flatMap(([glob, isOn]) => (isOn === true ? [glob] : []));
  });
  return [...new Set(globs)];
}

async function isDirectory(uri: Uri): Promise<boolean | undefined> {
  try {
    return ((await workspace.fs.stat(uri)).type & FileType.Directory) !== 0;
  } catch {
    return undefined;
  }
}

function escapeGlob(text: string): string {
  return text.replace(/[[\]{}*?]/g, (character) => `[${character}]`);
}
