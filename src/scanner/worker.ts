import { statSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { FromWorker, ToWorker, WorkerData } from './messages';
import { WorkspaceScanner } from './workspaceScanner';

/** How long nothing has to happen before what is known is kept, in milliseconds. */
const restTime = 3000;

/** The scanner's thread: takes requests one after the other, and cancellations at any time. */
const port = parentPort;
if (!port) throw new Error('This program runs as a worker thread only');

const { size, mtimeMs } = statSync(__filename);
// Another build may see other facts in the same code.
const scanner = new WorkspaceScanner((workerData as WorkerData).grammarFolder, `${size} ${mtimeMs}`);
const cancelled = new Set<number>();
/** How the scans go on whose last part was not taken in yet. */
const waiting = new Map<number, () => Promise<void>>();
let last: Promise<void> = Promise.resolve();
let rest: NodeJS.Timeout | undefined;

port.on('message', (message: ToWorker) => {
  switch (message.kind) {
    case 'cancel':
      cancelled.add(message.id);
      break;
    case 'more': {
      const goOn = waiting.get(message.id);
      waiting.delete(message.id);
      if (goOn) enqueue(message.id, goOn);
      break;
    }
    case 'limit':
      last = last.then(() => {
        scanner.maxFileSize = message.maxFileSize;
      });
      break;
    case 'apply':
      enqueue(message.id, async () => {
        const results = await scanner.apply(message.changes, () => cancelled.has(message.id));
        answer({ kind: 'applied', id: message.id, results });
      });
      break;
    case 'scan': {
      const { id, request } = message;
      const parts = scanner.scan(request, () => cancelled.has(id));
      const goOn = async (): Promise<void> => {
        const next = await parts.next();
        if (next.done) {
          answer({ kind: 'applied', id, results: [] });
          return;
        }
        post({ kind: 'part', id, part: next.value });
        // The host says when it wants more: it must not drown in answers.
        waiting.set(id, goOn);
      };
      enqueue(id, goOn);
      break;
    }
  }
});

/** Runs a step of a request when all before it are done. */
function enqueue(id: number, step: () => Promise<void>): void {
  clearTimeout(rest);
  last = last.then(async () => {
    try {
      await step();
    } catch (error) {
      const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
      answer({ kind: 'failed', id, why });
    }
    rest = setTimeout(keep, restTime);
  });
}

function answer(message: FromWorker): void {
  cancelled.delete(message.id);
  post(message);
}

function post(message: FromWorker): void {
  port?.postMessage(message);
}

function keep(): void {
  last = last.then(() => {
    try {
      scanner.save();
      keepMore();
    } catch {
      // A full disk costs time at the next start, and nothing else.
    }
  });
}

/** Goes on with it as long as there is nothing else to do. */
function keepMore(): void {
  if (!scanner.saveOutlines()) return;
  rest = setTimeout(() => {
    last = last.then(() => {
      try {
        keepMore();
      } catch {
        // As above.
      }
    });
  });
}
