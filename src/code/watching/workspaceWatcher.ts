import path from 'node:path';
import type { Disposable } from '../../util/disposable';
import { Emitter } from '../../util/emitter';
import type { WorkspaceIndex } from '../index/workspaceIndex';
import type { Change, ScannerClient } from '../scanner/client/client';
import type { Reading } from '../scanner/files/sources';
import type { Fact } from '../scanner/facts/fact';
import { isIgnoreFile } from '../scanner/files/ignoreFiles';
import { IndexFeed } from './indexFeed';
import { KnownFiles, type OpenDocument } from './knownFiles';
import { findAt, WorkspaceScan, type ScanPorts } from './workspaceScan';

/** How long edits and file events are gathered, in milliseconds. */
const gatherMs = 50;

/** What the watcher is built on. */
interface WatcherPorts extends Pick<ScanPorts, 'files' | 'logger' | 'cacheFile' | 'showProgress'> {
  readonly scanner: Pick<ScannerClient, 'scan' | 'apply' | 'setReading'>;
  readonly index: Pick<WorkspaceIndex, 'update' | 'factsOf' | 'files' | 'setAside'>;
  /** The endings of source files, without the dot. */
  readonly extensions: readonly string[];
  /** All documents that are open, of other schemes too. */
  readonly documents: () => readonly OpenDocument[];
  /** Those of them that a person looks at. */
  readonly visible: () => readonly OpenDocument[];
  /** How files on disk are read now. */
  readonly reading: () => Reading;
}

/** Keeps the index current: all files at the start, then whatever is edited, created, deleted or renamed. */
export class WorkspaceWatcher implements Disposable {
  readonly #ports: WatcherPorts;
  readonly #known: KnownFiles;
  readonly #feed: IndexFeed;
  readonly #scan: WorkspaceScan;
  readonly #edited = new Map<string, OpenDocument>();
  /** The files that changed on disk since the last gathering; true for a file that is there, false for a deleted one. */
  readonly #touched = new Map<string, boolean>();
  #timer: NodeJS.Timeout | undefined;
  #isWhole = false;
  readonly #whole = new Emitter<void>();
  readonly onDidBecomeWhole = this.#whole.event;

  constructor(ports: WatcherPorts) {
    const { scanner, index, logger } = ports;
    this.#ports = ports;
    this.#known = new KnownFiles(index);
    this.#feed = new IndexFeed(scanner, index, logger);
    this.#scan = new WorkspaceScan({
      ...ports,
      known: this.#known,
      feed: this.#feed,
      takeVisible: () => this.#takeVisible(),
      onWhole: () => {
        if (this.#isWhole) return;
        this.#isWhole = true;
        this.#whole.fire();
      },
    });
    scanner.setReading(ports.reading());
  }

  /** Scans every folder; a later call makes an earlier one stop. A fresh scan uses nothing that was kept. */
  async scanAll(how?: { readonly isFresh: boolean }): Promise<void> {
    const { files, index } = this.#ports;
    files.forgetRules();
    await files.ready();
    index.setAside((file) => files.isLeftOut(file));
    await this.#scan.run(how);
  }

  /** Whether all of the workspace is known: what resets a service follows from all of its handlers. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  /** Resolves to the facts of the document's newest text, as far as no file that is not known yet can change them. */
  async factsOf(document: OpenDocument): Promise<readonly Fact[]> {
    const file = document.uri.fsPath;
    const { orphans } = this.#known;
    if (orphans.has(file) && !document.isDirty && !(await this.#ports.files.exists(file))) return [];
    await this.#takeText(document);
    return this.#ports.index.factsOf(file);
  }

  /** A file or folder was created, changed or deleted. */
  touched(file: string, exists: boolean): void {
    this.#touched.set(file, exists);
    this.#gather();
  }

  edited(document: OpenDocument): void {
    if (!this.#canScan(document)) return;
    this.#edited.set(document.uri.fsPath, document);
    this.#gather();
  }

  /** A document was closed: what stands on disk counts again. */
  closed({ uri: { fsPath: file, scheme } }: OpenDocument): void {
    const { open, orphans, onDisk } = this.#known;
    // The older text of a file, beside which it is compared, has the same path.
    if (scheme !== 'file') return;
    orphans.delete(file);
    if (!open.delete(file)) return;
    void this.#feed.apply([onDisk.has(file) ? { file, fromDisk: true } : { file, removed: true }]);
  }

  /** Which files are scanned, or how, is another matter now. */
  settingsChanged(): void {
    const { scanner, reading } = this.#ports;
    scanner.setReading(reading());
    for (const file of this.#known.open.keys()) {
      const document = this.#documentOf(file);
      if (document) void this.#sendText(document);
    }
    void this.scanAll();
  }

  dispose(): void {
    this.#scan.stop();
    clearTimeout(this.#timer);
  }

  #gather(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      for (const document of this.#edited.values()) if (!document.isClosed) void this.#takeText(document);
      this.#edited.clear();
      const touched = [...this.#touched];
      this.#touched.clear();
      // What may be a folder can hold ignore files.
      if (touched.some(([file]) => !this.#isSource(file))) this.#ports.files.forgetRules();
      if (touched.length > 0) void this.#takeTouched(touched);
      if (touched.some(([file]) => isIgnoreFile(file))) void this.scanAll();
    }, gatherMs);
  }

  /** Resolves when the index knows the text as it is now. */
  #takeText(document: OpenDocument): Promise<void> {
    const isKnown = this.#known.open.get(document.uri.fsPath) === document.version;
    return isKnown ? this.#feed.apply([]) : this.#sendText(document);
  }

  #sendText(document: OpenDocument): Promise<void> {
    return this.#feed.apply([this.#textOf(document)]);
  }

  #takeVisible(): Change[] {
    const { open } = this.#known;
    return [...new Set(this.#ports.visible())]
      .filter((document) => this.#canScan(document) && open.get(document.uri.fsPath) !== document.version)
      .map((document) => this.#textOf(document));
  }

  /** The text as the scanner gets it. */
  #textOf(document: OpenDocument): Change {
    const { logger, reading } = this.#ports;
    const { open, orphans } = this.#known;
    const file = document.uri.fsPath;
    const isNew = !open.has(file);
    orphans.delete(file);
    open.set(file, document.version);
    const text = document.getText();
    const maxLength = reading().maxFileSize;
    if (text.length <= maxLength) return { file, text };
    // It is forgotten, as the file on disk would be; sending it to the scanner would take long.
    if (isNew) logger.info(`${file}: ${text.length} characters are more than the ${maxLength} that are read`);
    return { file, removed: true };
  }

  async #takeTouched(touched: readonly (readonly [file: string, exists: boolean])[]): Promise<void> {
    const { files } = this.#ports;
    const { onDisk, reported, open, orphans } = this.#known;
    const there = touched.flatMap(([file, exists]) => (exists ? [file] : []));
    const gone = this.#known.at(touched.flatMap(([file, exists]) => (exists ? [] : [file])));
    for (const file of gone) onDisk.delete(file);
    await Promise.all(gone.map((file) => this.#lose(file)));
    for (const file of there) orphans.delete(file);
    const known = there.filter((file) => onDisk.has(file));
    const fresh = there.filter((file) => !onDisk.has(file) && this.#mayHold(file) && !files.isLeftOut(file));
    const found = await findAt(files, fresh);
    const added = [...new Set(found)].filter((file) => !onDisk.has(file));
    for (const file of added) onDisk.add(file);
    for (const file of [...known, ...added]) reported.add(file);
    const isClosed = (file: string): boolean => !open.has(file);
    await this.#feed.apply([
      ...gone.filter(isClosed).map((file) => ({ file, removed: true as const })),
      ...[...known, ...added].filter(isClosed).map((file) => ({ file, fromDisk: true as const })),
    ]);
  }

  /** A file was deleted: its text in an editor still counts if somebody has changed it there. */
  async #lose(file: string): Promise<void> {
    const { open, orphans } = this.#known;
    // What is reported may be history: another file can be there by now.
    if (!open.has(file) || (await this.#ports.files.exists(file))) return;
    const document = this.#documentOf(file);
    if (document?.isDirty === true) return;
    open.delete(file);
    if (document) orphans.add(file);
  }

  #documentOf(file: string): OpenDocument | undefined {
    return this.#ports.documents().find(({ uri }) => uri.scheme === 'file' && uri.fsPath === file);
  }

  /** Whether a path can be a source file, or a folder that holds some. */
  #mayHold(file: string): boolean {
    return this.#isSource(file) || path.extname(file) === '';
  }

  #canScan({ uri: { fsPath, scheme } }: OpenDocument): boolean {
    return scheme === 'file' && this.#isSource(fsPath);
  }

  #isSource(file: string): boolean {
    return this.#ports.extensions.includes(path.extname(file).slice(1).toLowerCase());
  }
}
