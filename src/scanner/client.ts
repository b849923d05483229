import { Worker } from 'node:worker_threads';
import type { Disposable } from '../util/disposable';
import type { Logger } from '../util/logger';
import { type Problem, problemText } from '../util/problem';
import type { Change, FileResult, FromWorker, ToWorker, WorkerData } from './messages';
import type { GrammarFolder } from './syntax';

export type { Change, FileResult } from './messages';

/** How long a request may take, in milliseconds: this, and the time that parsing its files may take. */
const patience = 30_000;
const patienceForFile = 1500;

/** Why a request got no answer. */
export class ScanError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problemText(problem));
    this.problem = problem;
  }
}

interface Request {
  readonly changes: readonly Change[];
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
  /** What a new worker must be told to know what the old one knew: the files that matter. */
  readonly #matters = new Map<string, Change>();
  #worker: Worker | undefined;
  #nextId = 1;
  #disposed = false;

  constructor(options: { workerFile: string; grammarFolder: GrammarFolder; logger: Logger }) {
    this.#options = options;
  }

  /**
   * Tells the scanner of changes. Resolves to all files whose facts are new, others than the changed ones included;
   * rejects with a `ScanError`. Requests are answered in order.
   */
  apply(changes: readonly Change[], signal?: AbortSignal): Promise<readonly FileResult[]> {
    return new Promise((resolve, reject) => {
      if (this.#disposed) {
        reject(new ScanError({ what: 'The scanner is closed' }));
        return;
      }
      const id = this.#nextId++;
      const request: Request = { changes, resolve, reject, timer: undefined, crashes: 0 };
      this.#requests.set(id, request);
      signal?.addEventListener('abort', () => {
        if (this.#requests.has(id)) this.#worker?.postMessage({ kind: 'cancel', id } satisfies ToWorker);
      });
      this.#send(id, request);
    });
  }

  dispose(): void {
    this.#disposed = true;
    this.#failAll({ what: 'The scanner was closed' });
    void this.#worker?.terminate();
    this.#worker = undefined;
  }

  #send(id: number, request: Request): void {
    const { changes } = request;
    request.timer = setTimeout(
      () => {
        this.#options.logger.error(`The scanner takes too long with ${changes.length} files`);
        this.#settle(id)?.reject(
          new ScanError({ what: 'The scanner takes too long', remedy: 'Rescan the workspace' }),
        );
        void this.#worker?.terminate();
      },
      patience + patienceForFile * changes.length,
    );
    this.#running().postMessage({ kind: 'apply', id, changes } satisfies ToWorker);
  }

  #running(): Worker {
    if (this.#worker) return this.#worker;
    const { workerFile, grammarFolder, logger } = this.#options;
    const worker = new Worker(workerFile, { workerData: { grammarFolder } satisfies WorkerData });
    this.#worker = worker;
    // Nothing of the editor waits for this thread to end.
    worker.unref();
    worker.on('message', (message: FromWorker) => {
      this.#receive(message);
    });
    worker.on('error', (error) => {
      logger.error(`The scanner broke down: ${error.stack ?? error.message}`);
    });
    worker.on('exit', () => {
      if (this.#worker === worker) this.#restart();
    });
    if (this.#matters.size > 0) {
      worker.postMessage({ kind: 'apply', id: 0, changes: [...this.#matters.values()] } satisfies ToWorker);
    }
    return worker;
  }

  #receive(message: FromWorker): void {
    const request = this.#settle(message.id);
    switch (message.kind) {
      case 'applied':
        if (request) this.#remember(request.changes, message.results);
        request?.resolve(message.results);
        break;
      case 'failed':
        this.#options.logger.error(`The scanner failed: ${message.why}`);
        request?.reject(
          new ScanError({ what: 'The scanner failed', why: message.why.split('\n', 1)[0] ?? '' }),
        );
        break;
    }
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
    const problem: Problem = {
      what: 'The scanner stopped',
      remedy: 'Rescan the workspace, and see the log for the reason',
    };
    for (const [id, request] of [...this.#requests]) {
      clearTimeout(request.timer);
      if (++request.crashes > 1) this.#settle(id)?.reject(new ScanError(problem));
      else this.#send(id, request);
    }
  }

  #failAll(problem: Problem): void {
    for (const id of [...this.#requests.keys()]) this.#settle(id)?.reject(new ScanError(problem));
  }

  #settle(id: number): Request | undefined {
    const request = this.#requests.get(id);
    clearTimeout(request?.timer);
    this.#requests.delete(id);
    return request;
  }
}
