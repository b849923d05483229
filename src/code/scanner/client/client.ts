import { Worker } from 'node:worker_threads';
import type { Disposable } from '../../../util/disposable';
import type { Logger } from '../../../util/logger';
import type { Change, FileResult, FromWorker, ScanPart, ScanRequest, ToWorker, WorkerData } from './messages';
import type { Reading } from '../files/sources';
import type { GrammarFolder } from '../outline/syntax';

export type { Change, FileResult, ScanPart, ScanRequest } from './messages';

/** How long a request may take, in milliseconds: this, and the time that parsing its files may take. */
const patience = 30_000;
const patienceForFile = 1500;
/** How long a scan may report nothing: finding files can take long. */
const patienceForScan = 300_000;

/** Why a request got no answer. */
export class ScanError extends Error {}

/** What is asked: to take changes in, or to scan and report by and by what is found. */
type Task =
  | { readonly kind: 'apply'; readonly changes: readonly Change[] }
  | { readonly kind: 'scan'; readonly request: ScanRequest; readonly onPart: (part: ScanPart) => void };

interface Request {
  task: Task;
  readonly resolve: (results: readonly FileResult[]) => void;
  readonly reject: (error: ScanError) => void;
  timer: NodeJS.Timeout | undefined;
  crashes: number;
}

/** The scanner in its worker thread, which is started when it is first needed. Every request settles. */
export class ScannerClient implements Disposable {
  readonly #options: {
    readonly workerFile: string;
    readonly grammarFolder: GrammarFolder;
    readonly logger: Logger;
  };
  readonly #requests = new Map<number, Request>();
  /** What a new worker is sent to know what the old one knew: the files that matter. */
  readonly #matters = new Map<string, Change>();
  #reading: Reading | undefined;
  #worker: Worker | undefined;
  #nextId = 1;
  #disposed = false;

  constructor(options: { workerFile: string; grammarFolder: GrammarFolder; logger: Logger }) {
    this.#options = options;
  }

  /**
   * Sends changes to the scanner. Resolves to all files whose facts are new, others than the changed ones included;
   * rejects with a `ScanError`. Requests are answered in order.
   */
  apply(changes: readonly Change[], signal?: AbortSignal): Promise<readonly FileResult[]> {
    return this.#ask({ kind: 'apply', changes }, signal);
  }

  /**
   * Scans a workspace; `onPart` gets what is found. Resolves when all is; rejects with a `ScanError`. Files that
   * changed or are open in an editor are to be sent with `apply`, which can be called meanwhile.
   */
  async scan(request: ScanRequest, onPart: (part: ScanPart) => void, signal?: AbortSignal): Promise<void> {
    await this.#ask({ kind: 'scan', request, onPart }, signal);
  }

  #ask(task: Task, signal?: AbortSignal): Promise<readonly FileResult[]> {
    return new Promise((resolve, reject) => {
      if (this.#disposed) {
        reject(new ScanError('The scanner is closed.'));
        return;
      }
      const id = this.#nextId++;
      const request: Request = { task, resolve, reject, timer: undefined, crashes: 0 };
      this.#requests.set(id, request);
      signal?.addEventListener('abort', () => {
        if (this.#requests.has(id)) this.#worker?.postMessage({ kind: 'cancel', id } satisfies ToWorker);
      });
      this.#send(id, request);
    });
  }

  /** Sets how files on disk are read, from the next request on. */
  setReading(reading: Reading): void {
    this.#reading = reading;
    if (this.#worker) this.#tellReading(this.#worker);
  }

  dispose(): void {
    this.#disposed = true;
    this.#failAll('The scanner was closed.');
    void this.#worker?.terminate();
    this.#worker = undefined;
  }

  #send(id: number, request: Request): void {
    const { task } = request;
    this.#await(id, request);
    const message: ToWorker =
      task.kind === 'apply'
        ? { kind: 'apply', id, changes: task.changes }
        : { kind: 'scan', id, request: task.request };
    this.#running().postMessage(message);
  }

  /** Gives up after a while, if the worker reports nothing: of this request, or of a scan that comes before it. */
  #await(id: number, request: Request): void {
    const scans = [...this.#requests.values()].some(({ task }) => task.kind === 'scan');
    const files = request.task.kind === 'apply' ? request.task.changes.length : 0;
    const limit = scans ? patienceForScan : patience + patienceForFile * files;
    clearTimeout(request.timer);
    request.timer = setTimeout(() => {
      this.#options.logger.error(`No report from the scanner for ${Math.round(limit / 1000)} seconds`);
      this.#settle(id)?.reject(new ScanError('The scanner takes too long. Rescan the workspace.'));
      void this.#worker?.terminate();
    }, limit);
  }

  #running(): Worker {
    if (this.#worker) return this.#worker;
    const { workerFile, grammarFolder, logger } = this.#options;
    const worker = new Worker(workerFile, {
      workerData: { grammarFolder } satisfies WorkerData,
      // What the host was started with, such as hooks that load code, is none of its business and takes time.
      execArgv: [],
    });
    this.#worker = worker;
    // Nothing of the editor waits for this thread to end.
    worker.unref();
    worker.on('message', (message: FromWorker) => {
      this.#receive(message);
    });
    worker.on('error', (error) => {
      logger.error(`The scanner crashed: ${error.stack ?? error.message}`);
    });
    worker.on('exit', () => {
      if (this.#worker === worker) this.#restart();
    });
    this.#tellReading(worker);
    if (this.#matters.size > 0) {
      worker.postMessage({ kind: 'apply', id: 0, changes: [...this.#matters.values()] } satisfies ToWorker);
    }
    return worker;
  }

  #tellReading(worker: Worker): void {
    if (this.#reading) worker.postMessage({ kind: 'reading', reading: this.#reading } satisfies ToWorker);
  }

  #receive(message: FromWorker): void {
    for (const [id, request] of this.#requests) this.#await(id, request);
    if (message.kind === 'part') {
      this.#takePart(message.id, message.part);
      return;
    }
    const request = this.#settle(message.id);
    switch (message.kind) {
      case 'applied':
        if (request?.task.kind === 'apply') this.#remember(request.task.changes, message.results);
        request?.resolve(message.results);
        break;
      case 'failed':
        this.#options.logger.error(`The scanner failed: ${message.why}`);
        request?.reject(new ScanError(`The scanner failed: ${message.why.split('\n', 1)[0] ?? ''}.`));
        break;
    }
  }

  #takePart(id: number, part: ScanPart): void {
    const request = this.#requests.get(id);
    if (request?.task.kind !== 'scan') return;
    const { onPart, request: asked } = request.task;
    this.#remember(asked.open ?? [], part.results);
    // After a crash, what was typed since then counts.
    request.task = { kind: 'scan', request: { ...asked, open: [] }, onPart };
    onPart(part);
    // Whatever else is due comes first.
    setImmediate(() => this.#worker?.postMessage({ kind: 'more', id } satisfies ToWorker));
  }

  #remember(changes: readonly Change[], results: readonly FileResult[]): void {
    for (const { file, facts } of results) {
      if (facts.length > 0 && !this.#matters.has(file)) this.#matters.set(file, { file, fromDisk: true });
    }
    for (const change of changes) {
      if ('text' in change) this.#matters.set(change.file, change);
      else if ('removed' in change) this.#matters.delete(change.file);
      else if (this.#matters.has(change.file)) this.#matters.set(change.file, change);
    }
  }

  /** After the worker's end: what was under way is tried once more, but not a second time. */
  #restart(): void {
    this.#worker = undefined;
    for (const [id, request] of [...this.#requests]) {
      clearTimeout(request.timer);
      if (++request.crashes > 1)
        this.#settle(id)?.reject(new ScanError('The scanner stopped. Rescan the workspace.'));
      else this.#send(id, request);
    }
  }

  #failAll(why: string): void {
    for (const id of [...this.#requests.keys()]) this.#settle(id)?.reject(new ScanError(why));
  }

  #settle(id: number): Request | undefined {
    const request = this.#requests.get(id);
    clearTimeout(request?.timer);
    this.#requests.delete(id);
    return request;
  }
}
