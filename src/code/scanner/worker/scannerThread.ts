import type { MessagePort } from 'node:worker_threads';
import type { FromWorker, ScanRequest, ToWorker } from '../client/messages';
import type { WorkspaceScanner } from './workspaceScanner';

/** How long nothing has to happen before what is known is cached, in milliseconds. */
const restTime = 3000;

/** Answers the requests to a scanner, one step after the other; cancellations come at any time. */
export class ScannerThread {
  readonly #port: MessagePort;
  readonly #scanner: WorkspaceScanner;
  readonly #cancelled = new Set<number>();
  /** How the scans go on whose last part was not taken in yet. */
  readonly #waiting = new Map<number, () => void>();
  #last: Promise<void> = Promise.resolve();
  #rest: NodeJS.Timeout | undefined;

  constructor(port: MessagePort, scanner: WorkspaceScanner) {
    this.#port = port;
    this.#scanner = scanner;
    port.on('message', (message: ToWorker) => {
      this.#receive(message);
    });
  }

  #receive(message: ToWorker): void {
    switch (message.kind) {
      case 'cancel':
        this.#cancelled.add(message.id);
        break;
      case 'more': {
        const goOn = this.#waiting.get(message.id);
        this.#waiting.delete(message.id);
        goOn?.();
        break;
      }
      case 'reading':
        this.#last = this.#last.then(() => {
          this.#scanner.reading = message.reading;
        });
        break;
      case 'apply':
        this.#enqueue(message.id, async () => {
          const isCancelled = (): boolean => this.#cancelled.has(message.id);
          const results = await this.#scanner.apply(message.changes, isCancelled);
          this.#answer({ kind: 'applied', id: message.id, results });
        });
        break;
      case 'scan':
        this.#scan(message.id, message.request);
        break;
    }
  }

  #scan(id: number, request: ScanRequest): void {
    const steps = this.#scanner.scan(request, () => this.#cancelled.has(id));
    const goOn = (): void => {
      this.#enqueue(id, async () => {
        const next = await steps.next();
        if (next.done) {
          this.#answer({ kind: 'applied', id, results: [] });
          return;
        }
        const { until, ...part } = next.value;
        if (until) {
          // What came of it, the next step says.
          until.then(goOn, goOn);
          return;
        }
        this.#post({ kind: 'part', id, part });
        // The host says when it wants more: it must not drown in answers.
        this.#waiting.set(id, goOn);
      });
    };
    goOn();
  }

  /** Runs a step of a request when all before it are done. */
  #enqueue(id: number, step: () => Promise<void>): void {
    clearTimeout(this.#rest);
    this.#last = this.#last.then(async () => {
      try {
        await step();
      } catch (error) {
        const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
        this.#answer({ kind: 'failed', id, why });
      }
      this.#rest = setTimeout(() => {
        this.#keep(() => {
          this.#scanner.save();
          return true;
        });
      }, restTime);
    });
  }

  #answer(message: FromWorker): void {
    this.#cancelled.delete(message.id);
    this.#post(message);
  }

  #post(message: FromWorker): void {
    this.#port.postMessage(message);
  }

  /** Keeps a part of what is known, and goes on as long as there is more, and nothing else to do. */
  #keep(save: () => boolean): void {
    this.#last = this.#last.then(() => {
      try {
        if (!save()) return;
      } catch {
        // A full disk costs time at the next start, and nothing else.
        return;
      }
      this.#rest = setTimeout(() => {
        this.#keep(() => this.#scanner.saveOutlines());
      });
    });
  }
}
