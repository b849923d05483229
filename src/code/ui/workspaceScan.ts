import path from 'node:path';
import { Uri, commands, workspace, type TextDocument } from 'vscode';
import type { WorkspaceIndex } from '../index/workspaceIndex';
import type { Change, FileResult, ScanRequest, ScannerClient } from '../scanner/client/client';
import type { Fact } from '../scanner/facts/fact';
import { DisposableStore, type Disposable } from '../../util/disposable';
import * as l10n from '../../util/l10n';
import type { Logger } from '../../util/logger';
import type { CurrentFacts } from './codeLenses';
import { commands as ids } from '../../shell/ids';
import { progressAfter } from '../../shell/progressAfter';
import { maxFileSize } from '../../shell/settings';
import { WorkspaceFiles } from './workspaceFiles';

/** How long edits and file events are gathered, in milliseconds. */
const gatherTime = 50;
/** More new files than this are looked for all together. */
const mostLooks = 8;

/** Keeps the index current: all files at the start, then whatever is edited, created, deleted or renamed. */
export class WorkspaceScan implements CurrentFacts, Disposable {
  readonly extensions: readonly string[];
  readonly #files: WorkspaceFiles;
  readonly #scanner: ScannerClient;
  readonly #index: WorkspaceIndex;
  readonly #logger: Logger;
  readonly #store = new DisposableStore();
  /** What is on disk and was found there. */
  readonly #onDisk = new Set<string>();
  /** Files that the file system told of since the last scan began and that it has not listed. */
  readonly #told = new Set<string>();
  /** Open documents with a text that the scanner has or is about to get, by the version it has. */
  readonly #open = new Map<string, number>();
  /** Open documents whose file was deleted under them: they count again once somebody edits them. */
  readonly #orphans = new Set<string>();
  readonly #edited = new Map<string, TextDocument>();
  /** What the file system reported since the last gathering; true for what is there, false for what was deleted. */
  readonly #touched = new Map<string, { uri: Uri; exists: boolean }>();
  #timer: NodeJS.Timeout | undefined;
  /** Ends the scan that is under way. */
  #scan = new AbortController();
  readonly #cacheFile: string | undefined;
  #work: Promise<void> = Promise.resolve();

  constructor(deps: {
    scanner: ScannerClient;
    index: WorkspaceIndex;
    logger: Logger;
    extensions: readonly string[];
    /** Where what a scan found is kept for the next start. */
    cacheFile?: string | undefined;
  }) {
    this.#scanner = deps.scanner;
    this.#index = deps.index;
    this.#logger = deps.logger;
    this.#cacheFile = deps.cacheFile;
    this.extensions = deps.extensions;
    this.#files = new WorkspaceFiles(deps.extensions);
    this.#store.add(commands.registerCommand(ids.rescanWorkspace, () => this.scanAll({ isFresh: true })));
    this.#scanner.setMaxFileSize(maxFileSize());
    this.#listen();
  }

  /** Scans every folder; a later call makes an earlier one stop. A fresh scan uses nothing that was kept. */
  async scanAll({ isFresh = false } = {}): Promise<void> {
    this.#scan.abort();
    const { signal } = (this.#scan = new AbortController());
    const isCurrent = (): boolean => !signal.aborted;
    const progress = progressAfter(2000, l10n.t('RES: Scanning the workspace'));
    try {
      const request = await this.#files.request();
      if (!isCurrent()) return;
      try {
        await this.#scanAs(request, isFresh, signal, progress.report);
      } catch (error) {
        if ('files' in request || !isCurrent()) throw error;
        this.#failed(error);
        this.#logger.info("The workspace is scanned without the editor's ripgrep");
        await this.#scanAs({ files: await this.#files.all() }, isFresh, signal, progress.report);
      }
    } catch (error) {
      this.#failed(error);
    } finally {
      progress.end();
    }
  }

  async #scanAs(
    request: ScanRequest,
    isFresh: boolean,
    signal: AbortSignal,
    report: (share: number) => void,
  ): Promise<void> {
    const gone = new Set(this.#onDisk);
    this.#told.clear();
    await this.#scanner.scan(
      { ...request, cacheFile: this.#cacheFile, isFresh },
      ({ listed = [], results, share }) => {
        // Those of a scan that was called off count too: the scanner tells of each change once.
        this.#takeResults(results);
        if (signal.aborted) return;
        for (const file of listed) {
          gone.delete(file);
          this.#told.delete(file);
          this.#onDisk.add(file);
        }
        report(share);
      },
      signal,
    );
    if (signal.aborted) return;
    for (const file of gone) if (!this.#told.has(file)) this.#onDisk.delete(file);
    await this.#lookAgain([...this.#told]);
  }

  /** Forgets files that were told of while a scan went on that did not list them, unless they are to be scanned. */
  async #lookAgain(files: readonly string[]): Promise<void> {
    const all = files.length > mostLooks ? await this.#files.all() : undefined;
    const found = all ?? (await Promise.all(files.map((file) => this.#files.at(Uri.file(file))))).flat();
    const isFound = new Set(found);
    const lost = files.filter((file) => !isFound.has(file));
    for (const file of lost) this.#onDisk.delete(file);
    const changes = lost
      .filter((file) => !this.#open.has(file))
      .map((file) => ({ file, removed: true as const }));
    if (changes.length > 0) await this.#apply(changes);
  }

  async factsOf(document: TextDocument): Promise<readonly Fact[]> {
    const file = document.uri.fsPath;
    if (this.#orphans.has(file) && !document.isDirty && !(await this.#files.exists(file))) return [];
    if (this.#open.get(file) !== document.version) this.#takeText(document);
    await this.#work;
    return this.#index.factsOf(file);
  }

  dispose(): void {
    this.#scan.abort();
    clearTimeout(this.#timer);
    this.#store.dispose();
  }

  #listen(): void {
    const watcher = this.#store.add(workspace.createFileSystemWatcher('**/*'));
    const touch = (uri: Uri, exists: boolean): void => {
      this.#touched.set(uri.fsPath, { uri, exists });
      this.#gather();
    };
    this.#store.add(
      watcher.onDidCreate((uri) => {
        touch(uri, true);
      }),
    );
    this.#store.add(
      watcher.onDidChange((uri) => {
        touch(uri, true);
      }),
    );
    this.#store.add(
      watcher.onDidDelete((uri) => {
        touch(uri, false);
      }),
    );
    this.#store.add(
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length === 0 || !this.#canScan(document)) return;
        this.#edited.set(document.uri.fsPath, document);
        this.#gather();
      }),
    );
    this.#store.add(
      workspace.onDidCloseTextDocument((document) => {
        const file = document.uri.fsPath;
        this.#orphans.delete(file);
        if (!this.#open.delete(file)) return;
        void this.#apply([this.#onDisk.has(file) ? { file, fromDisk: true } : { file, removed: true }]);
      }),
    );
    this.#store.add(workspace.onDidChangeWorkspaceFolders(() => void this.scanAll()));
    this.#store.add(
      workspace.onDidChangeConfiguration((event) => {
        const isOurs = ['files.exclude', 'search.exclude', 'res.scan'].some((name) =>
          event.affectsConfiguration(name),
        );
        if (!isOurs) return;
        this.#scanner.setMaxFileSize(maxFileSize());
        for (const document of workspace.textDocuments)
          if (this.#open.has(document.uri.fsPath)) this.#takeText(document);
        void this.scanAll();
      }),
    );
  }

  #canScan({ uri }: TextDocument): boolean {
    return uri.scheme === 'file' && this.#isSource(uri.fsPath);
  }

  #gather(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      for (const document of this.#edited.values()) {
        if (!document.isClosed && this.#open.get(document.uri.fsPath) !== document.version)
          this.#takeText(document);
      }
      this.#edited.clear();
      const touched = [...this.#touched.values()];
      this.#touched.clear();
      if (touched.length > 0) void this.#takeTouched(touched);
    }, gatherTime);
  }

  #takeText(document: TextDocument): void {
    const file = document.uri.fsPath;
    const isNew = !this.#open.has(file);
    this.#orphans.delete(file);
    this.#open.set(file, document.version);
    const text = document.getText();
    const most = maxFileSize();
    if (text.length <= most) {
      void this.#apply([{ file, text }]);
      return;
    }
    // It is forgotten, as the file on disk would be; sending it to the scanner would take long.
    if (isNew)
      this.#logger.info(`${file}: ${text.length} characters are more than the ${most} that are read`);
    void this.#apply([{ file, removed: true }]);
  }

  async #takeTouched(touched: readonly { uri: Uri; exists: boolean }[]): Promise<void> {
    const gone = this.#knownAt(touched.filter(({ exists }) => !exists).map(({ uri }) => uri.fsPath));
    for (const file of gone) this.#onDisk.delete(file);
    await Promise.all(gone.map((file) => this.#lose(file)));
    const kept = touched.filter(({ exists }) => exists);
    for (const { uri } of kept) this.#orphans.delete(uri.fsPath);
    const known = kept.map(({ uri }) => uri.fsPath).filter((file) => this.#onDisk.has(file));
    const fresh = kept.filter(({ uri }) => !this.#onDisk.has(uri.fsPath) && this.#mayHold(uri.fsPath));
    // Each look costs a search: many new files are cheaper found together.
    const lookAtAll = fresh.length > mostLooks;
    const found = lookAtAll
      ? await this.#files.all()
      : await Promise.all(fresh.map(({ uri }) => this.#files.at(uri)));
    const added = [...new Set(found.flat())].filter((file) => !this.#onDisk.has(file));
    for (const file of added) this.#onDisk.add(file);
    for (const file of [...known, ...added]) this.#told.add(file);
    const isClosed = (file: string): boolean => !this.#open.has(file);
    const changes: Change[] = [
      ...gone.filter(isClosed).map((file) => ({ file, removed: true as const })),
      ...[...known, ...added].filter(isClosed).map((file) => ({ file, fromDisk: true as const })),
    ];
    if (changes.length > 0) await this.#apply(changes);
  }

  /** What is known of paths that were files or folders. */
  #knownAt(paths: readonly string[]): string[] {
    const isKnown = (file: string): boolean =>
      this.#onDisk.has(file) || this.#open.has(file) || this.#index.factsOf(file).length > 0;
    const files = paths.filter(isKnown);
    const folders = paths.filter((file) => !isKnown(file)).map((folder) => folder + path.sep);
    if (folders.length === 0) return files;
    const all = new Set([...this.#onDisk, ...this.#open.keys(), ...this.#index.files()]);
    const below = [...all].filter((known) => folders.some((folder) => known.startsWith(folder)));
    return [...new Set([...files, ...below])];
  }

  /** A file was deleted: what somebody has typed into it still counts, what was only shown does not. */
  async #lose(file: string): Promise<void> {
    // What is told may be history: another file can be there by now.
    if (!this.#open.has(file) || (await this.#files.exists(file))) return;
    const document = workspace.textDocuments.find(({ uri }) => uri.fsPath === file);
    if (document?.isDirty === true) return;
    this.#open.delete(file);
    if (document) this.#orphans.add(file);
  }

  /** Whether a path can be a source file, or a folder that holds some. */
  #mayHold(file: string): boolean {
    return this.#isSource(file) || path.extname(file) === '';
  }

  #isSource(file: string): boolean {
    return this.extensions.includes(path.extname(file).slice(1).toLowerCase());
  }

  /** Hands changes to the scanner, one request after the other, and its answers to the index. */
  #apply(changes: readonly Change[]): Promise<void> {
    this.#work = this.#work.then(async () => {
      try {
        this.#takeResults(await this.#scanner.apply(changes));
      } catch (error) {
        this.#failed(error);
      }
    });
    return this.#work;
  }

  #takeResults(results: readonly FileResult[]): void {
    for (const { file, notes } of results)
      for (const note of notes ?? []) this.#logger.info(`${file}: ${note}`);
    this.#index.update(results);
  }

  #failed(error: unknown): void {
    this.#logger.error(`Scanning failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}
